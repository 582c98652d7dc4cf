import type { SqlDialect } from '../../../src/sql/sql-dialect.ts';
import type { SqlContext } from '../../../src/table/sql-context.ts';
import {
  completenessSelect,
  type SampleNames,
  sampleSelect,
} from '../../shared/measures/sample-measures.ts';
import { gameWindows, playerGames } from '../../shared/windows/game-windows-sql.ts';
import { teamCompletenessCtes } from '../../shared/windows/team-completeness-sql.ts';
import { latestBefore } from '../../shared/windows/team-games-sql.ts';
import { playerZones } from './measures.ts';

const sample: SampleNames = {
  expected: 'expected_games',
  actual: 'actual_games',
  sample: 'games_10',
  played: 'games_played',
};

const sourceOf = { paint: 'paint', mid_range: 'mid_range', three_pt: 'zone_three_pt' } as const;

/** One row per player with enough active games, whether or not he plays on the date. */
export function rowsSql(context: SqlContext): string {
  const { sql, input, option } = context;
  return `
WITH player_games AS (
  SELECT
    *,
    CASE WHEN has_shot_zones THEN 1 ELSE 0 END AS zone_game,
    CASE WHEN assisted_fg_makes IS NOT NULL THEN 1 ELSE 0 END AS assist_game
  FROM ${input('player_game_summary')} AS game
  WHERE is_active
),
rolled AS (
  SELECT
    universal_player_id,
    player_lookup,
    player_full_name,
    season_year,
    team_abbr,
    game_date,
    LEAD(game_date) OVER season AS next_game_date,
    ROW_NUMBER() OVER season AS games_played,
    COUNT(*) OVER last_10 AS games_10,
    COUNT(*) OVER last_20 AS games_20,
    ${rolledSums(sql).join(',\n    ')}
  FROM player_games
  ${gameWindows(playerGames, [10, 20])}
),
${teamCompletenessCtes(context)},
known AS (
  SELECT
    target_dates.analysis_date,
    rolled.*,
    zone_games_10 > 0 AND 2 * zone_games_10 >= games_10 AS covered,
    games_20 >= 15 AND zone_games_20 > 0 AND 2 * zone_games_20 >= games_20 AS covered_20,
    paint_attempts + mid_range_attempts + three_pt_attempts AS total_shots,
    CASE WHEN 2 * assist_games >= games_10 THEN assisted + unassisted END AS told_makes
  FROM target_dates
  INNER JOIN rolled
    ON ${latestBefore('rolled')}
),
rated AS (
  SELECT
    *,
    ${playerZones.map((zone) => `${whenCovered(sql.ratio(`100 * ${zone}_attempts`, 'total_shots', 2))} AS ${zone}_rate`).join(',\n    ')}
  FROM known
)
SELECT
  universal_player_id,
  player_lookup,
  player_full_name,
  rated.analysis_date,
  season_year,
  rated.team_abbr,
  games_10 AS games_in_sample_10,
  games_20 AS games_in_sample_20,
  zone_games_10 AS games_with_shot_zones,
  zone_games_20 AS games_with_shot_zones_20,
  ${playerZones.map((zone) => `${zone}_rate AS ${zone}_rate_last_10`).join(',\n  ')},
  ${whenCovered('total_shots')} AS total_shots_last_10,
  ${playerZones.map((zone) => `${whenCovered(sql.ratio(`${zone}_makes`, `${zone}_attempts`, 3))} AS ${zone}_pct_last_10`).join(',\n  ')},
  ${playerZones.map((zone) => `${whenCovered(sql.ratio(`${zone}_attempts`, 'zone_games_10', 1))} AS ${zone}_attempts_per_game`).join(',\n  ')},
  CASE WHEN covered_20 THEN ${sql.ratio('100 * paint_attempts_20', 'all_attempts_20', 2)} END AS paint_rate_last_20,
  CASE WHEN covered_20 THEN ${sql.ratio('paint_makes_20', 'paint_attempts_20', 3)} END AS paint_pct_last_20,
  ${sql.ratio('100 * assisted', 'told_makes', 2)} AS assisted_rate_last_10,
  ${sql.ratio('100 * unassisted', 'told_makes', 2)} AS unassisted_rate_last_10,
  CASE
    WHEN paint_rate IS NULL THEN NULL
    WHEN paint_rate >= 40 THEN 'paint'
    WHEN three_pt_rate >= 40 THEN 'perimeter'
    WHEN mid_range_rate >= 35 THEN 'mid_range'
    ELSE 'balanced'
  END AS primary_scoring_zone,
  ${sampleQuality('games_10', [10, 7, 5])} AS sample_quality_10,
  ${sampleQuality('games_20', [20, 14, 10])} AS sample_quality_20,
  ${completenessSelect(sql, sample)},
  ${sampleSelect(sql, sample, { window: 10, high: 10, medium: 7 })},
  ${sql.issues([
    { code: 'missing_upstream_games', when: 'expected_games > actual_games' },
    { code: 'no_shot_zones', when: 'NOT covered' },
    { code: 'partial_shot_zones', when: 'covered AND zone_games_10 < games_10' },
    { code: 'thin_window', when: 'games_10 < 10' },
    ...playerZones.map((zone) => ({
      code: `zero_attempts_${zone}`,
      when: `covered AND ${zone}_attempts = 0`,
    })),
  ])} AS data_quality_issues,
  CASE
    WHEN games_played < ${option('min_games')} THEN 'INSUFFICIENT_DATA'
    WHEN 10 * games_10 < ${option('quality_threshold')} THEN 'BELOW_QUALITY_THRESHOLD'
  END AS exclusion_reason
FROM rated
LEFT JOIN team_known
  ON team_known.analysis_date = rated.analysis_date
  AND team_known.team_abbr = rated.team_abbr`;
}

function rolledSums(sql: SqlDialect): readonly string[] {
  const over = (window: string) => (expression: string, name: string) =>
    `${sql.sumOver(expression, window)} AS ${name}`;
  const over10 = over('last_10');
  const over20 = over('last_20');
  return [
    over10('zone_game', 'zone_games_10'),
    over20('zone_game', 'zone_games_20'),
    ...playerZones.flatMap((zone) => [
      over10(`${sourceOf[zone]}_makes`, `${zone}_makes`),
      over10(`${sourceOf[zone]}_attempts`, `${zone}_attempts`),
    ]),
    over20('paint_makes', 'paint_makes_20'),
    over20('paint_attempts', 'paint_attempts_20'),
    over20('paint_attempts + mid_range_attempts + zone_three_pt_attempts', 'all_attempts_20'),
    over10('assist_game', 'assist_games'),
    over10('assisted_fg_makes', 'assisted'),
    over10('unassisted_fg_makes', 'unassisted'),
  ];
}

function whenCovered(expression: string): string {
  return `CASE WHEN covered THEN ${expression} END`;
}

function sampleQuality(
  games: string,
  [excellent, good, limited]: readonly [number, number, number],
): string {
  return `CASE
    WHEN ${games} >= ${excellent} THEN 'excellent'
    WHEN ${games} >= ${good} THEN 'good'
    WHEN ${games} >= ${limited} THEN 'limited'
    ELSE 'insufficient'
  END`;
}
