import { teams } from '../../../src/league/teams.ts';
import type { SqlDialect } from '../../../src/sql/sql-dialect.ts';
import type { SqlContext } from '../../../src/table/sql-context.ts';
import {
  completenessSelect,
  type SampleNames,
  sampleSelect,
} from '../../shared/measures/sample-measures.ts';
import { gameWindows } from '../../shared/windows/game-windows-sql.ts';
import { latestBefore, scheduledGames, teamGamesSql } from '../../shared/windows/team-games-sql.ts';
import { leagueAverageCtes, seasonSums } from './league-average-sql.ts';
import { type DefenseZone, defenseZones } from './zones.ts';

const sample: SampleNames = {
  expected: 'expected_games',
  actual: 'games_in_sample',
  sample: 'games_in_sample',
  played: 'games_played',
};

/** One row per team with enough games, whether or not it plays on the date. */
export function rowsSql(context: SqlContext): string {
  const { sql, input, option } = context;
  const over15 = (expression: string, name: string) =>
    `${sql.sumOver(expression, 'last_15')} AS ${name}`;
  const zoneSums = defenseZones.flatMap(({ name, source }) => [
    over15(`summary.${source}_makes`, `${name}_makes`),
    over15(`summary.${source}_attempts`, `${name}_attempts`),
  ]);
  const zoneGame = 'CASE WHEN summary.has_shot_zones THEN 1 ELSE 0 END';
  return `
WITH team_games AS (${teamGamesSql(context)}
),
rolled AS (
  SELECT
    scheduled.team_abbr,
    scheduled.season_year,
    scheduled.game_date,
    LEAD(scheduled.game_date) OVER season AS next_game_date,
    COUNT(*) OVER last_15 AS expected_games,
    COUNT(summary.team_abbr) OVER last_15 AS games_in_sample,
    COUNT(summary.team_abbr) OVER to_date AS games_played,
    ${over15(zoneGame, 'zone_games')},
    ${sql.sumOver(zoneGame, 'to_date')} AS season_zone_games,
    ${seasonSums.map(({ column, sum }) => `${sql.sumOver(`summary.${column}`, 'to_date')} AS ${sum}`).join(',\n    ')},
    ${zoneSums.join(',\n    ')},
    ${over15('summary.points_allowed', 'points_allowed')},
    COUNT(summary.defensive_rating) OVER last_15 AS rated_games,
    ${over15(sql.units('summary.defensive_rating', 2), 'rating_hundredths')},
    COUNT(summary.opponent_pace) OVER last_15 AS paced_games,
    ${over15(sql.units('summary.opponent_pace', 1), 'pace_tenths')}
  FROM team_games AS scheduled
  LEFT JOIN ${input('team_defense_game_summary')} AS summary
    ON summary.game_date = scheduled.game_date
    AND summary.team_abbr = scheduled.team_abbr
  ${gameWindows(scheduledGames, [15])}
),
known AS (
  SELECT target_dates.analysis_date, rolled.*
  FROM target_dates
  INNER JOIN rolled
    ON ${latestBefore('rolled')}
),
${leagueAverageCtes(context)},
candidates AS (
  SELECT
    team.team_abbr,
    target_dates.analysis_date,
    target_dates.season_year,
    COALESCE(known.games_played, 0) AS games_played,
    COALESCE(known.games_in_sample, 0) AS games_in_sample,
    COALESCE(known.zone_games, 0) AS zone_games,
    known.zone_games > 0 AND 2 * known.zone_games >= known.games_in_sample AS covered,
    known.expected_games,
    known.points_allowed,
    known.rated_games,
    known.rating_hundredths,
    known.paced_games,
    known.pace_tenths,
    ${defenseZones.flatMap(({ name }) => [`known.${name}_makes`, `known.${name}_attempts`, `league.${name}_makes AS league_${name}_makes`, `league.${name}_attempts AS league_${name}_attempts`]).join(',\n    ')},
    league.source AS league_avg_source,
    league.teams AS league_teams_in_sample
  FROM target_dates
  CROSS JOIN ${sql.constants(
    'team',
    ['team_abbr'],
    teams.map(({ tricode }) => [sql.string(tricode)]),
  )}
  INNER JOIN league
    ON league.analysis_date = target_dates.analysis_date
  LEFT JOIN known
    ON known.analysis_date = target_dates.analysis_date
    AND known.team_abbr = team.team_abbr
),
compared AS (
  SELECT
    *,
    ${defenseZones.map(({ name }) => versusLeague(sql, name)).join(',\n    ')}
  FROM candidates
)
SELECT
  team_abbr,
  analysis_date,
  season_year,
  games_in_sample,
  zone_games AS games_with_shot_zones,
  ${defenseZones.flatMap((zone) => zoneSelect(sql, zone)).join(',\n  ')},
  ${defenseZones.map(({ name }) => `${sql.ratio(`league_${name}_makes`, `league_${name}_attempts`, 3)} AS league_${name}_pct`).join(',\n  ')},
  league_avg_source,
  league_teams_in_sample,
  ${sql.ratio('rating_hundredths', '100 * rated_games', 2)} AS defensive_rating_last_15,
  ${sql.ratio('points_allowed', 'games_in_sample', 1)} AS opponent_points_per_game,
  ${sql.ratio('pace_tenths', '10 * paced_games', 1)} AS opponent_pace,
  ${extremeZone('<=')} AS strongest_zone,
  ${extremeZone('>=')} AS weakest_zone,
  ${completenessSelect(sql, sample)},
  ${sampleSelect(sql, sample, { window: 15, high: 15, medium: 10 })},
  ${sql.issues([
    { code: 'league_average_default', when: "league_avg_source = 'default'" },
    { code: 'league_average_season_to_date', when: "league_avg_source = 'season_to_date'" },
    { code: 'missing_upstream_games', when: 'expected_games > games_in_sample' },
    { code: 'no_shot_zones', when: 'NOT covered' },
    { code: 'partial_shot_zones', when: 'covered AND zone_games < games_in_sample' },
    { code: 'thin_window', when: 'games_in_sample < 15' },
    ...defenseZones.map(({ name }) => ({
      code: `zero_attempts_${name}`,
      when: `covered AND ${name}_attempts = 0`,
    })),
  ])} AS data_quality_issues,
  CASE
    WHEN games_played < ${option('min_games')} OR games_in_sample = 0 THEN 'INSUFFICIENT_DATA'
    WHEN 100 * games_in_sample < 15 * ${option('quality_threshold')} THEN 'BELOW_QUALITY_THRESHOLD'
  END AS exclusion_reason
FROM compared`;
}

function versusLeague(sql: SqlDialect, name: string): string {
  const difference = `${name}_makes * league_${name}_attempts - league_${name}_makes * ${name}_attempts`;
  const ratio = sql.signedRatio(
    `100 * (${difference})`,
    `${name}_attempts * league_${name}_attempts`,
    2,
  );
  return `CASE WHEN covered THEN ${ratio} END AS ${name}_vs`;
}

function zoneSelect(sql: SqlDialect, { name, points }: DefenseZone): readonly string[] {
  const covered = (expression: string) => `CASE WHEN covered THEN ${expression} END`;
  return [
    `${covered(sql.ratio(`${name}_makes`, `${name}_attempts`, 3))} AS ${name}_pct_allowed_last_15`,
    `${covered(sql.ratio(`${name}_attempts`, 'zone_games', 1))} AS ${name}_attempts_allowed_per_game`,
    `${covered(sql.ratio(`${points} * ${name}_makes`, 'zone_games', 1))} AS ${name}_points_allowed_per_game`,
    `${name}_vs AS ${name}_defense_vs_league_avg`,
  ];
}

/** The zone that wins every comparison; NULL takes no part, ties go to the first in order. */
function extremeZone(better: '<=' | '>='): string {
  const cases = defenseZones.map(({ name, label }, index) => {
    const rivals = defenseZones
      .slice(index + 1)
      .map((rival) => `(${rival.name}_vs IS NULL OR ${name}_vs ${better} ${rival.name}_vs)`);
    return `WHEN ${[`${name}_vs IS NOT NULL`, ...rivals].join(' AND ')} THEN '${label}'`;
  });
  return `CASE ${cases.join('\n    ')} END`;
}
