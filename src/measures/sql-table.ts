import type { ColumnType } from '../sql/column.ts';
import { BadDefinition } from '../table/bad-definition.ts';
import { editDistance } from '../table/nearest-name.ts';
import type { Games } from './measure-words.ts';

/** Which rows of a table a query may see: those of the date itself, or of games before it. */
export type Reading = Games | { readonly kind: 'onTheDay' };

/** A column that a query yields. */
export interface SqlColumn {
  readonly name: string;
  readonly type: ColumnType;
  readonly unit: string | undefined;
  readonly meaning: string;
}

/** A table of one's own in plain SQL: a query under a header that says what it reads and yields. */
export interface SqlTable {
  readonly name: string;
  readonly purpose: string;
  readonly each: 'player' | 'team';
  readonly reads: readonly { readonly table: string; readonly reading: Reading }[];
  readonly columns: readonly SqlColumn[];
  readonly query: string;
  /** The line of the file in which the query begins. */
  readonly line: number;
}

const keywords = ['each', 'reads', 'column'] as const;

/** Lines that lack the colon behind their keyword, and are no sentence either. */
const withoutColon =
  /^(each\s+(player|team)$|reads?\s+\w+\s+(on the day|season to date|last \d)|columns?\s+\w+\s+(INT64|NUMERIC|BOOL|STRING|DATE)\b)/i;

/**
 * Reads `<name>.sql`: comment lines, of which those that begin with a keyword are the header and the others say what it
 * is for, and the query.
 * @throws BadDefinition with the line that cannot be read.
 */
export function readSqlTable(
  text: string,
  at: { readonly name: string; readonly definedIn: string },
): SqlTable {
  const lines = text.split('\n');
  const end = lines.findIndex((line) => line.trim() !== '' && !line.trim().startsWith('--'));
  const head = lines.slice(0, end < 0 ? lines.length : end);
  const said = head.map((line, index) => ({
    text: line.trim().replace(/^--\s*/, ''),
    line: index + 1,
  }));
  const fail = (line: number, what: string) => new BadDefinition(at, `line ${line}: ${what}`);
  for (const { text: one, line } of said) {
    const [, word = ''] = /^(\w+)\s*:/.exec(one) ?? [];
    const meant = withoutColon.test(one) ? one.split(/\s/, 1)[0] : word;
    const keyword = keywords.find((each) => isMisspelt(meant ?? '', each));
    if (keyword !== undefined && !one.startsWith(`${keyword}:`))
      throw fail(line, `"${meant}": the keyword is "${keyword}:", in lower case`);
  }
  const of = (keyword: (typeof keywords)[number]) =>
    said.flatMap(({ text: one, line }) => {
      const [, rest] = new RegExp(`^${keyword}:\\s*(.*)$`).exec(one) ?? [];
      return rest === undefined ? [] : [{ rest: rest.trim(), line }];
    });
  const purpose = said
    .filter(({ text: one }) => !keywords.some((keyword) => one.startsWith(`${keyword}:`)))
    .map(({ text: one }) => one.trim())
    .filter((one) => one !== '')
    .join(' ');
  if (purpose === '') throw fail(1, 'the first comment says in a sentence what the table is for');
  const [each, another] = of('each');
  if (!each || another) throw fail(another?.line ?? 1, 'one "-- each: player", or team');
  if (each.rest !== 'player' && each.rest !== 'team')
    throw fail(each.line, `each "${each.rest}": player or team`);
  const query = lines.slice(head.length).join('\n').trim().replace(/;\s*$/, '');
  if (query === '') throw fail(lines.length, 'there is no query under the header');
  const below = lines.findIndex(
    (line, index) =>
      index >= head.length && keywords.some((each) => line.trim().startsWith(`-- ${each}:`)),
  );
  if (below >= 0) throw fail(below + 1, 'the header ends where the query begins, above this line');
  const reads = of('reads').map(({ rest, line }) => {
    const [, table = '', window = ''] = /^(\w+)\s+(.*)$/.exec(rest) ?? [];
    const reading = readWindow(window);
    if (!reading)
      throw fail(
        line,
        `reads "${rest}": <table> on the day, season to date, last <n> games or last <n> days`,
      );
    return { table, reading };
  });
  const columns = of('column').map(({ rest, line }) => {
    const [, name = '', type = '', more = ''] =
      /^(\w+)\s+(\w+(?:\(\s*\d+\s*,\s*\d+\s*\))?)\s*(.*)$/.exec(rest) ?? [];
    const read = readType(type);
    const [, unit = '', meaning = ''] = /^([^:]*)(?::\s*(.*))?$/.exec(more) ?? [];
    if (!read || !/^[a-z][a-z0-9_]*$/.test(name))
      throw fail(
        line,
        `column "${rest}": <name> INT64, NUMERIC(p,s), BOOL, STRING or DATE, then its unit, a colon and what it is`,
      );
    return {
      name,
      type: read,
      unit: unit.trim() || undefined,
      meaning: meaning || name.replaceAll('_', ' '),
    };
  });
  if (reads.length === 0)
    throw fail(1, 'nothing is read: "-- reads: player_game_summary season to date"');
  if (columns.length === 0)
    throw fail(1, 'nothing is yielded: "-- column: <name> <type> <unit>: <what it is>"');
  return { name: at.name, purpose, each: each.rest, reads, columns, query, line: head.length + 1 };
}

/** Whether a word is meant for a keyword: in capitals, with a letter more, less or wrong, or with letters exchanged. */
function isMisspelt(word: string, keyword: string): boolean {
  const letters = (text: string) => [...text].sort().join('');
  const given = word.toLowerCase();
  return editDistance(given, keyword) <= 1 || letters(given) === letters(keyword);
}

function readWindow(text: string): Reading | undefined {
  if (text === 'on the day') return { kind: 'onTheDay' };
  if (text === 'season to date') return { kind: 'seasonToDate' };
  const [, count = '', unit] = /^last (\d{1,3}) (games|days)$/.exec(text) ?? [];
  const n = Number(count);
  if (unit === 'games' && n >= 1 && n <= 82) return { kind: 'lastGames', games: n };
  return unit === 'days' && n >= 1 && n <= 365 ? { kind: 'lastDays', days: n } : undefined;
}

function readType(text: string): ColumnType | undefined {
  switch (text) {
    case 'INT64':
    case 'BOOL':
    case 'STRING':
    case 'DATE':
      return { kind: text };
  }
  const [, digits = '', decimals = ''] = /^NUMERIC\(\s*(\d+)\s*,\s*(\d+)\s*\)$/.exec(text) ?? [];
  const [precision, scale] = [Number(digits), Number(decimals)];
  return digits !== '' && precision <= 18 && scale <= precision && precision > 0
    ? { kind: 'NUMERIC', precision, scale }
    : undefined;
}
