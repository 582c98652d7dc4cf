import type { Column } from '../sql/column.ts';
import { typeText } from '../sql/type-text.ts';
import { storedColumns } from '../table/provenance.ts';
import {
  type ComputedTable,
  qualifiedName,
  type StoredTable,
  type TableDefinition,
} from '../table/table-definition.ts';
import { columnsReadText } from './words/columns-text.ts';
import { windowText } from './words/window-text.ts';

/** The documentation page of a table, in Markdown, derived from its definition alone. */
export function tablePage(table: TableDefinition): string {
  const lines = [
    `# ${table.name}`,
    '',
    table.purpose,
    '',
    `Table \`${qualifiedName(table)}\`, key (${table.key.map(code).join(', ')}), partitioned by ${code(table.partition)}, clustered by ${table.cluster.map(code).join(', ')}.`,
    '',
    ...(table.kind === 'computed'
      ? computedSections(table)
      : ['Loaded by `backcourt ingest`.', '']),
    '## Columns',
    '',
    ...columnTable(storedColumns(table)),
    '',
  ];
  return lines.join('\n');
}

/** A table that has a page. */
type PagedTable = Pick<StoredTable, 'name' | 'dataset' | 'purpose'>;

/** The index of all pages. */
export function tableIndex(tables: readonly PagedTable[]): string {
  const lines = ['# Tables', '', 'Generated from the definitions by `npm run docs`.', ''];
  for (const [dataset, own] of Map.groupBy(tables, (table) => table.dataset)) {
    lines.push(`## ${dataset}`, '');
    for (const { name, purpose } of own) lines.push(`- [${name}](${name}.md): ${purpose}`);
    lines.push('');
  }
  return lines.join('\n');
}

/** The page of a table of the ledger. */
export function ledgerPage(table: PagedTable & Pick<StoredTable, 'columns'>): string {
  return [
    `# ${table.name}`,
    '',
    table.purpose,
    '',
    `Table \`${qualifiedName(table)}\`.`,
    '',
    '## Columns',
    '',
    ...columnTable(table.columns),
    '',
  ].join('\n');
}

/** Every page of the documentation of tables: file name → Markdown. */
export function tablePages(
  tables: readonly TableDefinition[],
  ledger: readonly (PagedTable & Pick<StoredTable, 'columns'>)[],
): ReadonlyMap<string, string> {
  return new Map([
    ['README.md', tableIndex([...tables, ...ledger])],
    ...tables.map((table) => [`${table.name}.md`, tablePage(table)] as const),
    ...ledger.map((table) => [`${table.name}.md`, ledgerPage(table)] as const),
  ]);
}

function computedSections(table: ComputedTable): readonly string[] {
  const lines = ['## Inputs', ''];
  for (const { table: name, windows, columns, required } of table.inputs) {
    const read = columnsReadText(columns, code);
    lines.push(
      `- [${name}](${name}.md): ${windows.map(windowText).join('; ')}${read === undefined ? '' : `; ${read}`}${required ? '' : ' (optional)'}`,
    );
  }
  for (const name of table.after ?? []) {
    lines.push(`- after [${name}](${name}.md) of the same day, which it does not read`);
  }
  lines.push('');
  if (table.lookback) {
    const { days, tables } = table.lookback;
    lines.push(
      `Before a date is worked, the game dates of the ${days} days before it are counted in ${tables.map(code).join(' and ')}: enough is min(0.8 · ${days}, 20), or every date the schedule has.`,
      '',
    );
  }
  if (table.bootstrap) lines.push('The first 7 days of each season are skipped.', '');
  if (table.options.length > 0) {
    lines.push(
      '## Options',
      '',
      '| option | meaning | default | from | to |',
      '|---|---|---|---|---|',
    );
    for (const { name, meaning, fallback, min, max } of table.options) {
      lines.push(`| ${code(name)} | ${meaning} | ${fallback} | ${min} | ${max} |`);
    }
    lines.push('');
  }
  if (table.excludes) {
    lines.push(
      'Entities left out are in `backcourt.exclusions` with their reason; rows and entities left out together are all candidates.',
      '',
    );
  }
  return [...lines, ...checkSection(table)];
}

function checkSection(table: ComputedTable): readonly string[] {
  const ranges = table.columns.flatMap(({ name, range }) =>
    range ? [`| ${code(name)} from ${range.min} to ${range.max} | ${range.severity} |`] : [],
  );
  return [
    '## Checks',
    '',
    'An error fails the date and leaves what stood there; a warning is recorded with it.',
    '',
    '| check | severity |',
    '|---|---|',
    '| no doubled key, no NULL where a column is never NULL, as many rows as the schedule makes one expect | error |',
    ...table.checks.map(
      ({ name, severity }) => `| ${name.replaceAll('_', ' ')} does not occur | ${severity} |`,
    ),
    ...ranges,
    '',
  ];
}

function columnTable(columns: readonly Column[]): readonly string[] {
  return [
    '| column | type | unit | meaning | NULL when |',
    '|---|---|---|---|---|',
    ...columns.map(
      ({ name, type, unit, meaning, nullWhen }) =>
        `| ${code(name)} | ${typeText(type).replace('<', '&lt;').replace('>', '&gt;')} | ${unit ?? ''} | ${cell(meaning)} | ${cell(nullWhen ?? 'never')} |`,
    ),
  ];
}

function code(text: string): string {
  return `\`${text}\``;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}
