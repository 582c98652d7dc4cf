import { sumOf } from '../../../src/games/game-sums.ts';
import { sumsOf } from '../../../src/games/games-measures.ts';
import { historyInput, playerHistoryCtes } from '../../../src/games/player-history-sql.ts';
import { teamCompletenessCtes } from '../../../src/games/team-completeness-sql.ts';
import { selectList } from '../../../src/table/measure.ts';
import type { SqlContext } from '../../../src/table/sql-context.ts';
import { lastGames } from '../../../src/window/window.ts';
import { lookupOnDate } from '../../shared/roster/lookup-on-date-sql.ts';
import { assistGames, measures, zoneGames, zoneRates } from './measures.ts';

const coverage = [10, 20].map((games) => sumOf(zoneGames, lastGames(games, 'player')));
const sums = [...sumsOf([...zoneRates, ...measures], coverage), assistGames];
const ofLatestGame = ['player_lookup', 'player_full_name', 'team_abbr'];

/** What the SQL reads of player_game_summary. */
export const summaryColumns = historyInput(sums, ofLatestGame);

/**
 * One row per player with enough active games, whether or not he plays on the date. Names are told apart beside
 * the rows, and not in them: an engine that orders rows carries all their columns along.
 */
export function rowsSql(context: SqlContext): string {
  const { sql, option } = context;
  return `
WITH ${playerHistoryCtes(context, sums, ofLatestGame, 10)},
${teamCompletenessCtes(context)},
named AS (
  SELECT
    analysis_date,
    universal_player_id,
    ${lookupOnDate('history', 'analysis_date')} AS player_lookup
  FROM history
),
known AS (
  SELECT
    *,
    ${isCovered(10)} AS covered,
    games_20 >= 15 AND ${isCovered(20)} AS covered_20
  FROM history
),
rated AS (
  SELECT
    *,
    ${selectList(zoneRates, sql, 4)}
  FROM known
)
SELECT
  ${selectList(measures, sql)},
  CASE
    WHEN games_season < ${option('min_games')} THEN 'INSUFFICIENT_DATA'
    WHEN 10 * games_10 < ${option('quality_threshold')} THEN 'BELOW_QUALITY_THRESHOLD'
  END AS exclusion_reason
FROM rated
INNER JOIN named
  ON named.analysis_date = rated.analysis_date
  AND named.universal_player_id = rated.universal_player_id
LEFT JOIN team_known
  ON team_known.analysis_date = rated.analysis_date
  AND team_known.team_abbr = rated.team_abbr`;
}

/** Half of the games, and at least one, have shot data. */
function isCovered(window: number): string {
  const withZones = `games_with_shot_zones_${window}`;
  return `${withZones} > 0 AND 2 * ${withZones} >= games_${window}`;
}
