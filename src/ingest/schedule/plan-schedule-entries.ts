import { type GameDate, gameDate } from '../../calendar/game-date.ts';
import { onDates } from '../../ledger/ledger-statements.ts';
import type { StoredTable } from '../../table/table-definition.ts';
import type { TableRegistry } from '../../table/table-registry.ts';
import type { Row, Warehouse } from '../../warehouse/warehouse.ts';
import { isDated } from '../files/collect-refused-dates.ts';
import type { MovedGame, ShrinkRefusal } from '../files/ingest-report.ts';
import type { ReadSource } from '../files/source-content.ts';
import { quoteList } from '../files/source-values.ts';
import { textMap } from '../names/text-map.ts';
import { futureRows } from '../raw/future-rows.ts';
import {
  planRawReplacement,
  type RawReplacement,
  type RawWriter,
} from '../raw/replace-raw-dates.ts';
import { type EntryMoves, type GameDates, moveEntries } from './move-entries.ts';
import { silentDates } from './silent-dates.ts';

export interface PlannedEntries {
  /** `undefined` when neither a file nor a played game touches the entries. */
  readonly replacement: RawReplacement | undefined;
  readonly moved: readonly MovedGame[];
  readonly shrinkRefused: readonly ShrinkRefusal[];
}

const staged = 'staged_schedule_entries';
const nothing: PlannedEntries = { replacement: undefined, moved: [], shrinkRefused: [] };

/**
 * Plans `schedule_entries` so that every game stands on one date: a file moves games that were not
 * played yet, a box score moves the entry of its game. The date that is left is rewritten too, and so is one
 * that a file passes over in silence.
 * @param sources the files as read.
 * @param loaded what else is about to change; the file's own rows are in it if there is a file.
 * @param excluded dates that must stay as they are.
 * @param calledOff games that the file withdraws from a date.
 */
export async function planScheduleEntries(
  writer: RawWriter,
  tables: TableRegistry,
  sources: readonly ReadSource[],
  loaded: readonly RawReplacement[],
  excluded: ReadonlySet<GameDate>,
  calledOff: GameDates,
): Promise<PlannedEntries> {
  const { warehouse } = writer;
  const table = tables.table('schedule_entries');
  const boxes = tables.table('player_box');
  const file = loaded.find((replacement) => replacement.table.name === table.name);
  const stored = await gameDates(warehouse, 'nba_raw.schedule_entries');
  if (!file && stored.size === 0) return nothing;
  const given = file ? await givenDates(warehouse, file, excluded) : new Map();
  const futureBoxes = futureRows(warehouse.dialect, boxes, loaded);
  const played = await playedElsewhere(warehouse, futureBoxes);
  const source = sources.find((source) => source.table === table.name);
  // A load of some dates alone says nothing about others.
  const passedOver =
    file && source && !writer.rewrite?.dates
      ? await silentDates(warehouse, source, futureBoxes)
      : [];
  const silent = passedOver.filter((date) => !excluded.has(date));
  const moves = moveEntries(
    { stored, given, silent, calledOff: withoutDates(calledOff, excluded), played },
    writer.allowShrink,
  );
  if (!file && moves.moved.length === 0) return nothing;
  const dates = [
    ...new Set([...moves.accepted, ...moves.moved.flatMap(({ from, to }) => [from, to ?? from])]),
  ].sort();
  await warehouse.stage(staged, entryRows(writer, table, file, moves, dates));
  // A shrinking date is allowed here, for what it may lose was decided above, game by game.
  const replacement = await planRawReplacement({ ...writer, allowShrink: true }, table, staged, {
    dates,
  });
  return { replacement, moved: moves.moved, shrinkRefused: moves.shrinkRefused };
}

/** Games that a schedule file says will not be played on the date it names. */
export async function findCalledOff(
  warehouse: Warehouse,
  sources: readonly ReadSource[],
): Promise<GameDates> {
  const source = sources.find(({ table }) => table === 'schedule_entries');
  if (!source) return new Map();
  const games = await gameDates(
    warehouse,
    `(SELECT * FROM ${source.relation} WHERE drop_reason = 'called_off')`,
  );
  return withoutDates(games, new Set(source.refused.filter(isDated).map(({ date }) => date)));
}

function withoutDates(games: GameDates, dates: ReadonlySet<GameDate>): GameDates {
  return new Map([...games].filter(([, date]) => !dates.has(date)));
}

function givenDates(
  warehouse: Warehouse,
  { relation, contents }: RawReplacement,
  excluded: ReadonlySet<GameDate>,
): Promise<GameDates> {
  const dates = contents.map(({ date }) => date).filter((date) => !excluded.has(date));
  const isGiven = onDates(warehouse.dialect, 'game_date', dates);
  return gameDates(warehouse, `(SELECT * FROM ${relation} AS given WHERE ${isGiven})`);
}

async function gameDates(warehouse: Warehouse, relation: string): Promise<GameDates> {
  const rows = await warehouse.query(
    `SELECT nba_game_id, CAST(game_date AS STRING) AS game_date FROM ${relation} AS entry
WHERE game_date IS NOT NULL`,
  );
  return dateById(rows);
}

/** Games with an entry whose box score is on another date. */
async function playedElsewhere(warehouse: Warehouse, boxes: string): Promise<GameDates> {
  const rows = await warehouse.query(`
SELECT DISTINCT box.nba_game_id, CAST(box.game_date AS STRING) AS game_date
FROM ${boxes} AS box
INNER JOIN nba_raw.schedule_entries AS entry
  ON entry.nba_game_id = box.nba_game_id
WHERE entry.game_date <> box.game_date`);
  return dateById(rows);
}

function dateById(rows: readonly Row[]): Map<string, GameDate> {
  return new Map(
    rows.map((row) => [String(row['nba_game_id']), gameDate(String(row['game_date']))]),
  );
}

/** The entries of all dates that are touched: the file's own, and stored ones less and plus what moves. */
function entryRows(
  writer: RawWriter,
  table: StoredTable,
  file: RawReplacement | undefined,
  { accepted, moved }: EntryMoves,
  dates: readonly GameDate[],
): string {
  const sql = writer.warehouse.dialect;
  const columns = table.columns.map(({ name }) => name);
  const played = moved.filter(({ because }) => because === 'player log');
  const gone = moved.filter(({ because }) => because === 'schedule file');
  const entries = played.map(({ nbaGameId, from, to }) => [nbaGameId, to ?? from] as const);
  // The tip-off goes, for it was of the day that the game is no longer on.
  const values: Readonly<Record<string, string>> = {
    game_date: 'COALESCE(CAST(played.moved_to AS DATE), entry.game_date) AS game_date',
    tipoff_at: 'CASE WHEN played.moved_to IS NULL THEN entry.tipoff_at END AS tipoff_at',
  };
  const kept = [
    onDates(sql, 'entry.game_date', dates),
    `NOT (${onDates(sql, 'entry.game_date', accepted)})`,
    ...(gone.length > 0
      ? [`entry.nba_game_id NOT IN (${quoteList(gone.map(({ nbaGameId }) => nbaGameId))})`]
      : []),
  ];
  return `SELECT ${columns.map((name) => values[name] ?? `entry.${name}`).join(', ')}
FROM nba_raw.schedule_entries AS entry
LEFT JOIN ${textMap('played', ['nba_game_id', 'moved_to'], entries)}
  ON played.nba_game_id = entry.nba_game_id
WHERE ${kept.join('\n  AND ')}${
    file
      ? `
UNION ALL
SELECT ${columns.join(', ')}
FROM ${file.relation} AS given
WHERE ${onDates(sql, 'game_date', accepted)}`
      : ''
  }`;
}
