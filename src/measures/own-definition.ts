import { arrayOf, type Column, date, int64, string } from '../sql/column.ts';
import { constantColumn, emptyColumn, fullSlateRows, fullTeamSlateRows } from '../table/alarms.ts';
import type { SqlContext } from '../table/sql-context.ts';
import { type ComputedTable, defineTable, type TableInput } from '../table/table-definition.ts';
import { sameDay } from '../window/window.ts';
import { spineTables } from './measure-sql.ts';

/** Where a table of one's own is written, and where its rows go. */
export interface Place {
  /** As seen from where the command was called. */
  readonly file: string;
  readonly dataset: string;
}

/** Whom a row is of, and what it has of the game. */
const spines = {
  player: {
    table: spineTables.player,
    entity: 'universal_player_id',
    columns: [
      string('universal_player_id', 'NBA player id as a decimal string'),
      string('player_lookup', 'name without marks, as in upcoming_player_game_context'),
    ],
    fullSlate: fullSlateRows,
  },
  team: {
    table: spineTables.team,
    entity: 'team_abbr',
    columns: [],
    fullSlate: fullTeamSlateRows,
  },
} as const;

const gameColumns: readonly Column[] = [
  date('game_date', 'the row holds what was known before the first game of this date'),
  int64('season_year', 'first year of the season'),
  string('game_id', 'YYYYMMDD_AWAY_HOME, taken from the schedule'),
  string('team_abbr', 'tricode of the team'),
  string('opponent_team_abbr', 'tricode of the opponent'),
];

/** Days that a table of one's own looks back on before a date is worked in daily mode. */
const lookbackDays = 30;

/** The table whose rows those of an own table stand beside, and its key but for the date. */
export function spineOf(each: 'player' | 'team'): {
  readonly table: string;
  readonly entity: string;
} {
  return spines[each];
}

/** What an own table has besides what all of them have. */
export interface OwnRows {
  readonly each: 'player' | 'team';
  readonly measured: readonly Column[];
  /** Without the spine's own. */
  readonly inputs: readonly TableInput[];
  /** Numbers that may well be the same for everybody: at any time, or when they are 0. */
  readonly oftenEqual?: ReadonlyMap<string, 'always' | 'at zero'>;
  /** Columns that may be NULL for everybody at any time, or are so because another one is. */
  readonly oftenNull?: ReadonlySet<string>;
  /** Tables of games that are read. */
  readonly lookback: readonly string[];
  /** @param ofSpine names of the columns that are taken from the spine as they are. */
  rowsSql(context: SqlContext, ofSpine: readonly string[]): string;
}

/**
 * A definition with a row for each row of the spine, known before the date.
 * @throws BadDefinition when a name is there twice.
 */
export function ownTable(
  { name, purpose }: { readonly name: string; readonly purpose: string },
  { file, dataset }: Place,
  { each, measured, inputs, oftenEqual, oftenNull, lookback, rowsSql }: OwnRows,
): ComputedTable {
  const spine = spines[each];
  const identity = [...spine.columns, ...gameColumns];
  const issues = arrayOf('STRING', 'data_quality_issues', `codes, sorted, as in ${spine.table}`);
  const ofSpine = [...identity, issues].map((column) => column.name);
  const read = { table: spine.table, windows: [sameDay], columns: ofSpine, required: true };
  return defineTable({
    kind: 'computed',
    phase: 'own',
    name,
    definedIn: file,
    dataset,
    purpose,
    partition: 'game_date',
    key: [spine.entity, 'game_date'],
    cluster: [spine.entity],
    columns: [...identity, ...measured, issues],
    inputs: merged([read, ...inputs]),
    options: [],
    bootstrap: false,
    lookback:
      lookback.length === 0 ? undefined : { days: lookbackDays, tables: [...new Set(lookback)] },
    excludes: false,
    checks: [
      ...measured
        .filter(({ type }) => type.kind === 'NUMERIC' || type.kind === 'INT64')
        .flatMap(({ name: column }) => {
          const equal = oftenEqual?.get(column);
          const when = equal === 'at zero' ? `${column} <> 0` : undefined;
          return equal === 'always' ? [] : [constantColumn(column, when, spine.fullSlate)];
        }),
      ...measured
        .filter(({ name: column, nullWhen }) => nullWhen !== undefined && !oftenNull?.has(column))
        .map(({ name: column }) => emptyColumn(column, 'game_date', spine.fullSlate)),
    ],
    expectedRows: ({ inputRows }) => {
      const rows = inputRows(spine.table) ?? 0;
      return { min: rows, max: rows, candidates: rows, why: `${rows} rows of ${spine.table}` };
    },
    rowsSql: (context) => rowsSql(context, ofSpine),
  });
}

/** A table is one input, with all windows and columns in which it is read. */
function merged(inputs: readonly TableInput[]): readonly TableInput[] {
  return [...Map.groupBy(inputs, ({ table }) => table)].map(([table, own]) => {
    const windows = own.flatMap((input) => input.windows);
    return {
      table,
      windows: [...new Map(windows.map((window) => [JSON.stringify(window), window])).values()],
      columns: [...new Set(own.flatMap(({ columns = [] }) => columns))],
      required: true,
    };
  });
}
