import type { DuckDbWarehouse } from '../../../warehouse/duckdb/duckdb-warehouse.ts';
import type { DroppedGames } from '../../files/ingest-report.ts';
import { judgeRows } from '../../files/judge-rows.ts';
import type { SourceContent } from '../../files/source-content.ts';
import { readScheduleEntries, scheduleColumns } from './schedule-entries-sql.ts';
import { scheduleShapes } from './schedule-shapes.ts';

// Checked over all files of a command: a game stands on one date, and nobody plays twice on one.
const twoGames = `SELECT kept.game_date, file_index, file_row, side.team || ' has two games on ' || kept.game_date
  FROM kept
  INNER JOIN (
    SELECT game_date, team
    FROM (
      SELECT game_date, home_team_abbr AS team FROM kept
      UNION ALL
      SELECT game_date, away_team_abbr AS team FROM kept
      WHERE away_team_abbr <> home_team_abbr
    ) AS sides
    GROUP BY game_date, team
    HAVING COUNT(*) > 1
  ) AS side
    ON side.game_date = kept.game_date
    AND side.team IN (kept.home_team_abbr, kept.away_team_abbr)`;

/** Games as a schedule file lists them, played or not. */
export const scheduleContent: SourceContent = {
  id: 'schedule',
  table: 'schedule_entries',
  source: 'schedule',
  says: 'games to come, tip-offs, neutral sites, results',
  game: { columns: ['nba_game_id'] },
  columns: scheduleColumns,
  shapes: scheduleShapes,
  read: readScheduleEntries,
  judge: async (warehouse, relation, files) => {
    const judge = {
      table: 'schedule_entries' as const,
      partition: 'game_date',
      key: ['nba_game_id'],
      also: twoGames,
    };
    const judgement = await judgeRows(warehouse, judge, relation, files);
    const used = `${judgement.kept} OR drop_reason = 'called_off'`;
    return { ...judgement, used, dropped: await findDroppedKinds(warehouse, relation) };
  },
  rows: async (_, { relation, keep }) => `
SELECT
  nba_game_id, game_date, season_year, game_type, home_team_abbr, away_team_abbr, neutral_site,
  tipoff_at, venue_lat, venue_lon, venue, status, home_points, away_points
FROM ${relation}
WHERE ${keep}`,
};

async function findDroppedKinds(
  warehouse: DuckDbWarehouse,
  relation: string,
): Promise<readonly DroppedGames[]> {
  const rows = await warehouse.query(`
SELECT nba_game_id, COUNT(*) AS row_count
FROM ${relation}
WHERE drop_reason = 'game_type'
GROUP BY nba_game_id
ORDER BY nba_game_id`);
  if (rows.length === 0) return [];
  return [
    {
      table: 'schedule_entries',
      reason: 'game_type',
      gameIds: rows.map((row) => String(row['nba_game_id'])),
      rows: rows.reduce((sum, row) => sum + Number(row['row_count']), 0),
      unknownTeams: [],
    },
  ];
}
