import { stateNames, unitStates } from '../plan/unit-state.ts';

/** The columns of a table of states after the first one, by the heading that the table is found by. */
const tables = [
  { heading: '| state | meaning |', columns: ['meaning'] },
  { heading: '| state | meaning | way out |', columns: ['meaning', 'wayOut'] },
] as const;

/**
 * A page with its tables of states as the table of states in the program has them.
 * @param page Markdown; a page without such a table stays as it is.
 */
export function withStateTables(page: string): string {
  return tables.reduce((text, { heading, columns }) => {
    const rows = stateNames.map((state) =>
      ['', ` \`${state}\` `, ...columns.map((name) => ` ${unitStates[state][name]} `), ''].join(
        '|',
      ),
    );
    const rule = `|---${'|---'.repeat(columns.length)}|`;
    return replaceTable(text, [heading, rule, ...rows]);
  }, page);
}

function replaceTable(page: string, table: readonly string[]): string {
  const lines = page.split('\n');
  const start = lines.indexOf(table[0] ?? '');
  if (start === -1) return page;
  const after = lines.slice(start).findIndex((line) => !line.startsWith('|'));
  const end = after === -1 ? lines.length : start + after;
  return [...lines.slice(0, start), ...table, ...lines.slice(end)].join('\n');
}
