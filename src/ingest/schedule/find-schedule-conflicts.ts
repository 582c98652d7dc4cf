import type { GameDate } from '../../calendar/game-date.ts';
import { onDates } from '../../ledger/ledger-statements.ts';
import type { StoredTable } from '../../table/table-definition.ts';
import { collectRefusedDates } from '../files/collect-refused-dates.ts';
import type { RefusedDate } from '../files/ingest-report.ts';
import type { ReadSource } from '../files/source-content.ts';
import { futureRows } from '../raw/future-rows.ts';
import type { RawReplacement, RawWriter } from '../raw/replace-raw-dates.ts';

/**
 * Dates on which what is loaded and what will stand do not agree about who played, or when.
 * @param played the tables `player_box` and `shots`.
 * @param keeping dates that are not written anyway.
 */
export async function findScheduleConflicts(
  writer: RawWriter,
  played: { readonly boxes: StoredTable; readonly shots: StoredTable },
  sources: readonly ReadSource[],
  loaded: readonly RawReplacement[],
  keeping: ReadonlySet<GameDate>,
): Promise<readonly RefusedDate[]> {
  const entries = sources.find(({ table }) => table === 'schedule_entries');
  const logs = sources.find(({ table }) => table === 'player_box');
  const future = (table: StoredTable) => futureRows(writer.warehouse.dialect, table, loaded);
  return [
    ...(entries
      ? await conflictsWithBoxScores(writer, entries, future(played.boxes), keeping)
      : []),
    ...(entries ? await calledOffWithShots(writer, entries, played, future, keeping) : []),
    ...(logs ? await conflictsWithEntries(writer, logs, loaded) : []),
  ];
}

/** A box score is proof of who played on which date; a schedule file is a plan. */
async function conflictsWithBoxScores(
  { warehouse }: RawWriter,
  { relation, keep, files }: ReadSource,
  boxes: string,
  keeping: ReadonlySet<GameDate>,
): Promise<readonly RefusedDate[]> {
  const rows = await warehouse.query(`
WITH given AS (
  SELECT *, drop_reason IS NOT NULL AS is_called_off
  FROM ${relation}
  WHERE ((${keep}) OR drop_reason = 'called_off')
    AND NOT (${onDates(warehouse.dialect, 'game_date', [...keeping])})
)
SELECT
  CAST(given.game_date AS VARCHAR) AS refused_date,
  file_index,
  CAST(file_row AS BIGINT) AS file_row,
  CASE
    WHEN is_called_off THEN 'game ' || given.nba_game_id || ' is ' || status
      || ', but has box scores; --allow-shrink removes them'
    WHEN box.game_date <> given.game_date
      THEN 'game ' || given.nba_game_id || ' has box scores on ' || box.game_date
        || '; where that is wrong, list it there as postponed, with --allow-shrink'
    ELSE 'game ' || given.nba_game_id || ' has box scores of ' || team_a || ' and ' || team_b
  END AS broken_rule
FROM given
INNER JOIN (
  SELECT nba_game_id, game_date, MIN(team_abbr) AS team_a, MAX(team_abbr) AS team_b
  FROM ${boxes} AS future
  GROUP BY nba_game_id, game_date
) AS box
  ON box.nba_game_id = given.nba_game_id
WHERE is_called_off = (box.game_date = given.game_date)
  OR (
    NOT is_called_off
    AND (
      team_a <> least(home_team_abbr, away_team_abbr)
      OR team_b <> greatest(home_team_abbr, away_team_abbr)
    )
  )
ORDER BY refused_date, file_index, file_row`);
  return collectRefusedDates('schedule_entries', files, rows);
}

/** Shots of a game without box scores, which nothing else would ever tell of. */
async function calledOffWithShots(
  { warehouse }: RawWriter,
  { relation, files }: ReadSource,
  { boxes, shots }: { readonly boxes: StoredTable; readonly shots: StoredTable },
  future: (table: StoredTable) => string,
  keeping: ReadonlySet<GameDate>,
): Promise<readonly RefusedDate[]> {
  const games = (table: StoredTable) =>
    `(SELECT DISTINCT nba_game_id, game_date FROM ${future(table)} AS future)`;
  const rows = await warehouse.query(`
SELECT
  CAST(given.game_date AS VARCHAR) AS refused_date,
  file_index,
  CAST(file_row AS BIGINT) AS file_row,
  'game ' || given.nba_game_id || ' is ' || status || ', but has shots; --allow-shrink removes them'
    AS broken_rule
FROM ${relation} AS given
INNER JOIN ${games(shots)} AS shot
  ON shot.nba_game_id = given.nba_game_id AND shot.game_date = given.game_date
LEFT JOIN ${games(boxes)} AS box
  ON box.nba_game_id = given.nba_game_id AND box.game_date = given.game_date
WHERE drop_reason = 'called_off'
  AND box.nba_game_id IS NULL
  AND NOT (${onDates(warehouse.dialect, 'given.game_date', [...keeping])})
ORDER BY refused_date, file_index, file_row`);
  return collectRefusedDates('schedule_entries', files, rows);
}

async function conflictsWithEntries(
  { warehouse }: RawWriter,
  { relation, keep, files }: ReadSource,
  loaded: readonly RawReplacement[],
): Promise<readonly RefusedDate[]> {
  const changed = loaded.find(({ table }) => table.name === 'player_box')?.changed ?? [];
  const dates = changed.map(({ date }) => date);
  const rows = await warehouse.query(`
WITH given AS (
  SELECT
    nba_game_id,
    game_date,
    MIN(team_abbr) AS team_a,
    MAX(team_abbr) AS team_b,
    MIN(file_index) AS file_index,
    arg_min(file_row, (file_index, file_row)) AS file_row
  FROM ${relation} AS source
  WHERE ${keep} AND ${onDates(warehouse.dialect, 'game_date', dates)}
  GROUP BY nba_game_id, game_date
)
SELECT
  CAST(given.game_date AS VARCHAR) AS refused_date,
  file_index,
  CAST(file_row AS BIGINT) AS file_row,
  'game ' || given.nba_game_id || ' is of ' || team_a || ' and ' || team_b || ' here, but of '
    || least(home_team_abbr, away_team_abbr) || ' and ' || greatest(home_team_abbr, away_team_abbr)
    || ' in the schedule file' AS broken_rule
FROM given
INNER JOIN nba_raw.schedule_entries AS entry
  ON entry.nba_game_id = given.nba_game_id
WHERE team_a <> least(home_team_abbr, away_team_abbr)
  OR team_b <> greatest(home_team_abbr, away_team_abbr)
ORDER BY refused_date, file_index, file_row`);
  return collectRefusedDates('player_box', files, rows);
}
