import type { GameDate } from '../../calendar/game-date.ts';
import { leagueDays } from '../../calendar/known-seasons.ts';
import { onDates, recordStatements } from '../../ledger/ledger-statements.ts';
import type { PartitionRecord } from '../../ledger/partition-record.ts';
import type { TableRegistry } from '../../table/table-registry.ts';
import { undatedPartition } from '../../window/window.ts';
import { isDated } from '../files/collect-refused-dates.ts';
import type { RefusedDate, RefusedRows } from '../files/ingest-report.ts';
import type { ReadSource } from '../files/source-content.ts';
import { quoteList } from '../files/source-values.ts';
import { futureRows } from './future-rows.ts';
import {
  emptyRecord,
  forgetStatements,
  type RawReplacement,
  type RawWriter,
} from './replace-raw-dates.ts';

/** Tables whose rows name a game. */
const gameTables: ReadonlySet<string> = new Set(['player_box', 'shots', 'schedule_entries']);

const refusedGame = 'refused game ';

export interface Refusals {
  readonly sources: readonly ReadSource[];
  /** What the files have for the dates that may be written. */
  readonly loaded: readonly RawReplacement[];
  readonly refused: readonly RefusedRows[];
  /** What is about to be written. */
  readonly replacements: readonly RawReplacement[];
}

/**
 * Statements that keep the records of refused dates right. A refused date without older rows is
 * recorded, so that nobody takes it for a day without games. It is known again, and its record goes,
 * as soon as every game of its refused rows is known to stand elsewhere or called off, or a schedule file reaches
 * beyond it without a game on it.
 */
export async function refusalStatements(
  writer: RawWriter,
  tables: TableRegistry,
  refusals: Refusals,
): Promise<readonly string[]> {
  const open = unknownDates(writer, refusals.refused);
  const games = await gamesOfDates(writer, refusals.sources, open);
  const gamesOf = ({ table, date }: RefusedDate) => games.get(`${table} ${date}`) ?? [];
  const old = oldRefusals(writer, tables);
  const standing = await standingDates(writer, tables, refusals.replacements, [
    ...open.flatMap(gamesOf),
    ...old.flatMap(recordedGames),
  ]);
  // On the date itself a game is still without its box score, but no longer without a schedule.
  const areKnown = (table: string, date: GameDate, ids: readonly string[]) =>
    ids.length > 0 &&
    ids.every((game) => {
      const dates = standing.get(game);
      return dates !== undefined && (table === 'schedule_entries' || !dates.has(date));
    });

  const unknown = open.filter(
    (refusal) => !areKnown(refusal.table, refusal.date, gamesOf(refusal)),
  );
  const recorded = new Set(unknown.map(({ table, date }) => `${table} ${date}`));
  const isFree = freeByFile(refusals);
  const calledOff = await calledOffGames(writer, refusals.sources, old);
  const outdated = old.filter(
    (record) =>
      !recorded.has(`${record.table} ${record.date}`) &&
      (!isLeagueDate(record.date) ||
        isFree(record.date) ||
        isCalledOff(calledOff, record) ||
        areKnown(record.table, record.date, recordedGames(record))),
  );
  return [
    ...[...Map.groupBy(outdated, ({ table }) => table)].flatMap(([table, records]) =>
      forgetStatements(
        writer,
        table,
        records.map(({ date }) => date),
      ),
    ),
    ...[...Map.groupBy(unknown, ({ table }) => table)].flatMap(([table, entries]) =>
      recordStatements(
        writer.warehouse.dialect,
        writer.ledger,
        entries.map((entry) => ({
          ...emptyRecord(writer, table, entry.date),
          failure: { kind: 'bad_data', text: firstViolation(entry) },
          warnings: gamesOf(entry).map((game) => `${refusedGame}${game}`),
        })),
        { runId: writer.runId, now: writer.now },
      ),
    ),
  ];
}

/** Finds the refused dates of which nothing stands, each once. */
function unknownDates(
  { ledger }: RawWriter,
  refused: readonly RefusedRows[],
): readonly RefusedDate[] {
  const unknown = new Map<string, RefusedDate>();
  for (const refusal of refused.filter(isDated)) {
    const { table, date } = refusal;
    if (!isLeagueDate(date)) continue;
    if ((ledger.get(table, date)?.rows ?? 0) > 0 || unknown.has(`${table} ${date}`)) continue;
    unknown.set(`${table} ${date}`, refusal);
  }
  return [...unknown.values()];
}

function isLeagueDate(date: GameDate): boolean {
  return (leagueDays.first <= date && date <= leagueDays.last) || date === undatedPartition;
}

function firstViolation({ violations: [first] }: RefusedDate): string {
  return first ? `${first.file} row ${first.row}: ${first.rule}` : 'refused';
}

/** `table date` → games of all rows that the files have for a refused date. */
async function gamesOfDates(
  { warehouse }: RawWriter,
  sources: readonly ReadSource[],
  refused: readonly RefusedDate[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const games = new Map<string, readonly string[]>();
  for (const [table, entries] of Map.groupBy(refused, (entry) => entry.table)) {
    const source = sources.find((source) => source.table === table);
    if (!source || !gameTables.has(table)) continue;
    const dates = entries.map(({ date }) => date);
    const rows = await warehouse.query(`
SELECT DISTINCT CAST(game_date AS STRING) AS game_date, nba_game_id
FROM ${source.relation} AS source
WHERE game_type IS NOT NULL AND ${onDates(warehouse.dialect, 'game_date', dates)}
ORDER BY game_date, nba_game_id`);
    for (const [date, own] of Map.groupBy(rows, (row) => String(row['game_date']))) {
      games.set(
        `${table} ${date}`,
        own.map((row) => String(row['nba_game_id'])),
      );
    }
  }
  return games;
}

/** `date game` of the games that a schedule file of this load calls off, on the dates of some records. */
async function calledOffGames(
  { warehouse }: RawWriter,
  sources: readonly ReadSource[],
  records: readonly PartitionRecord[],
): Promise<ReadonlySet<string>> {
  const file = sources.find(({ table }) => table === 'schedule_entries');
  if (!file || records.length === 0) return new Set();
  const dates = records.map(({ date }) => date);
  const rows = await warehouse.query(`
SELECT DISTINCT CAST(game_date AS STRING) AS game_date, nba_game_id
FROM ${file.relation} AS source
WHERE drop_reason = 'called_off' AND ${onDates(warehouse.dialect, 'game_date', dates)}`);
  return new Set(rows.map((row) => `${row['game_date']} ${row['nba_game_id']}`));
}

function isCalledOff(calledOff: ReadonlySet<string>, record: PartitionRecord): boolean {
  const games = recordedGames(record);
  return games.length > 0 && games.every((game) => calledOff.has(`${record.date} ${game}`));
}

/** Records of dates that were refused and have no rows. */
function oldRefusals({ ledger }: RawWriter, tables: TableRegistry): readonly PartitionRecord[] {
  return tables.all
    .filter(({ dataset }) => dataset === 'nba_raw')
    .flatMap(({ name }) =>
      [...ledger.of(name).values()].filter(({ state, rows }) => state === 'failed' && rows === 0),
    );
}

function recordedGames({ warnings }: PartitionRecord): readonly string[] {
  return warnings.flatMap((warning) =>
    warning.startsWith(refusedGame) ? [warning.slice(refusedGame.length)] : [],
  );
}

/** The dates on which games stand by the schedule as it will be. */
async function standingDates(
  { warehouse }: RawWriter,
  tables: TableRegistry,
  replacements: readonly RawReplacement[],
  games: readonly string[],
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const schedule = tables.table('schedule');
  if (games.length === 0) return new Map();
  const rows = await warehouse.query(`
SELECT nba_game_id, CAST(game_date AS STRING) AS game_date
FROM ${futureRows(warehouse.dialect, schedule, replacements)} AS standing
WHERE nba_game_id IN (${quoteList([...new Set(games)])})`);
  return new Map(
    [...Map.groupBy(rows, (row) => String(row['nba_game_id']))].map(([game, own]) => [
      game,
      new Set(own.map((row) => String(row['game_date']))),
    ]),
  );
}

/** Whether a schedule file of this load reaches beyond a date on both sides and has nothing on it. */
function freeByFile({ loaded, refused }: Refusals): (date: GameDate) => boolean {
  const file = loaded.find(({ table }) => table.name === 'schedule_entries');
  const dates = (file?.contents ?? []).map(({ date }) => date);
  const [first, last] = [dates[0], dates.at(-1)];
  if (first === undefined || last === undefined) return () => false;
  const told = new Set([...dates, ...refused.map(({ date }) => date)]);
  return (date) => first < date && date < last && !told.has(date);
}
