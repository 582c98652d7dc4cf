import type { Row } from './canonical-row.ts';
import { cell, flag, NULL_TEXT, ratioText, text, whole } from './canonical-row.ts';
import type { Excluded, RowOptions, RowsOfDate } from './common-columns.ts';
import { commonColumns, zoneIssues, zonesCovered } from './common-columns.ts';
import { daysBefore } from './days.ts';
import type { Ratio } from './exact.ts';
import { decimalText, difference, quotientText, ratio, rounded } from './exact.ts';
import type { Games } from './final-games.ts';
import { finalGamesBefore, lastScheduledGames, seasonOfDate } from './final-games.ts';
import { groupBy } from './group-by.ts';
import type { LeagueAverages } from './league-averages.ts';
import { leagueAverages } from './league-averages.ts';
import { longBreakEnd } from './long-break.ts';
import { meanText } from './mean-column.ts';
import { TEAM_ABBRS } from './nba-teams.ts';
import { oncePerInput } from './once-per-input.ts';

const WINDOW = 15;
const MEDIUM_FROM = 10;
const LEAGUE_DAYS = 30;

interface ZoneSums {
  readonly makes: number;
  readonly attempts: number;
  readonly points: number;
}

const rowsOfSeason = oncePerInput((rows: readonly Row[]) =>
  groupBy(rows, (row) => cell(row, 'season_year')),
);

/**
 * `team_defense_zone_analysis` of one game date, ordered by team.
 * @param defenseRows `team_defense_game_summary` of any dates; only those before the date count.
 */
export function oracleTeamDefenseZoneAnalysis(
  defenseRows: readonly Row[],
  games: Games,
  analysisDate: string,
  options: RowOptions,
): RowsOfDate {
  const season = seasonOfDate(games, analysisDate);
  const seasonRows = (rowsOfSeason(defenseRows).get(text(season)) ?? []).filter(
    (row) => cell(row, 'game_date') < analysisDate,
  );
  const rowsOfTeam = groupBy(seasonRows, (row) => cell(row, 'team_abbr'));
  const league = leagueAverages(seasonRows, analysisDate);
  const breakEnd = longBreakEnd(games, season, analysisDate);
  const isLeagueCut = breakEnd !== null && breakEnd > daysBefore(analysisDate, LEAGUE_DAYS);
  const rows: Row[] = [];
  const excluded: Excluded[] = [];
  for (const team of TEAM_ABBRS) {
    const ofTeam = rowsOfTeam.get(team) ?? [];
    const window = finalGamesBefore(games, team, season, analysisDate)
      .slice(0, WINDOW)
      .map(({ game }) => game);
    const windowIds = window.map((game) => game.nba_game_id);
    const sample = ofTeam.filter((row) => windowIds.includes(cell(row, 'nba_game_id')));
    if (ofTeam.length < options.minGames || sample.length === 0) {
      excluded.push({ key: team, reason: 'INSUFFICIENT_DATA' });
      continue;
    }
    const due = lastScheduledGames(games, team, season, analysisDate, WINDOW);
    const row = teamRow(
      { team_abbr: team, analysis_date: analysisDate, season_year: text(season) },
      sample,
      league,
      ofTeam.length,
      {
        expectedGames: due.length,
        actualGames: ofTeam.filter((row) => due.includes(cell(row, 'nba_game_id'))).length,
      },
      breakEnd !== null && window.some((game) => game.game_date < breakEnd),
      isLeagueCut,
    );
    if (Number(cell(row, 'quality_score')) < options.qualityThreshold) {
      excluded.push({ key: team, reason: 'BELOW_QUALITY_THRESHOLD' });
    } else rows.push(row);
  }
  return { rows, excluded };
}

function teamRow(
  key: Row,
  sample: readonly Row[],
  league: LeagueAverages,
  gamesThisSeason: number,
  completeness: { readonly expectedGames: number; readonly actualGames: number },
  overBreak: boolean,
  isLeagueCut: boolean,
): Row {
  const n = sample.length;
  const withZones = sample.filter((row) => flag(row, 'has_shot_zones'));
  const z = withZones.length;
  const covered = zonesCovered(n, z);
  const paint = zoneSums(withZones, 'paint', 2);
  const midRange = zoneSums(withZones, 'mid_range', 2);
  const three = zoneSums(withZones, 'zone_three_pt', 3);
  const vsPaint = versusLeague(covered, paint, league.paint);
  const vsMidRange = versusLeague(covered, midRange, league.mid_range);
  const vsThree = versusLeague(covered, three, league.three_pt);
  const extremes = zoneExtremes(vsPaint, vsMidRange, vsThree);
  const issues = zoneIssues(n, z, {
    paint: paint.attempts,
    mid_range: midRange.attempts,
    three_pt: three.attempts,
  });
  const leagueIssue = league.source === 'last_30_days' ? [] : [`league_average_${league.source}`];
  if (league.source === 'last_30_days' && isLeagueCut)
    leagueIssue.push('league_average_after_break');
  return {
    ...key,
    games_in_sample: text(n),
    games_with_shot_zones: text(z),
    ...zoneColumns('paint', covered, paint, z, vsPaint),
    ...zoneColumns('mid_range', covered, midRange, z, vsMidRange),
    ...zoneColumns('three_pt', covered, three, z, vsThree),
    league_paint_pct: ratioText(league.paint, 3),
    league_mid_range_pct: ratioText(league.mid_range, 3),
    league_three_pt_pct: ratioText(league.three_pt, 3),
    league_avg_source: text(league.source),
    league_teams_in_sample: text(league.teams),
    defensive_rating_last_15: meanText(sample, 'defensive_rating', 2),
    opponent_points_per_game: meanText(sample, 'points_allowed', 1),
    opponent_pace: meanText(sample, 'opponent_pace', 1),
    strongest_zone: text(extremes.strongest),
    weakest_zone: text(extremes.weakest),
    ...commonColumns({
      window: WINDOW,
      gamesInSample: n,
      gamesThisSeason,
      ...completeness,
      mediumFrom: MEDIUM_FROM,
      overBreak,
      issues: [...issues, ...leagueIssue],
    }),
  };
}

function zoneSums(rows: readonly Row[], zone: string, pointsPerMake: number): ZoneSums {
  let makes = 0;
  let attempts = 0;
  for (const row of rows) {
    makes += whole(row, `opp_${zone}_makes`);
    attempts += whole(row, `opp_${zone}_attempts`);
  }
  return { makes, attempts, points: pointsPerMake * makes };
}

/** Hundredths of a percentage point above the league; positive is a worse defence. */
function versusLeague(covered: boolean, zone: ZoneSums, league: Ratio): bigint | null {
  if (!covered || zone.attempts === 0) return null;
  const above = difference(ratio(zone.makes, zone.attempts), league);
  return rounded(100n * above.num, above.den, 2);
}

function zoneColumns(
  zone: string,
  covered: boolean,
  sums: ZoneSums,
  games: number,
  versus: bigint | null,
): Row {
  const hasRatio = covered && sums.attempts > 0;
  return {
    [`${zone}_pct_allowed_last_15`]: hasRatio
      ? quotientText(sums.makes, sums.attempts, 3)
      : NULL_TEXT,
    [`${zone}_attempts_allowed_per_game`]: covered
      ? quotientText(sums.attempts, games, 1)
      : NULL_TEXT,
    [`${zone}_points_allowed_per_game`]: covered ? quotientText(sums.points, games, 1) : NULL_TEXT,
    [`${zone}_defense_vs_league_avg`]: versus === null ? NULL_TEXT : decimalText(versus, 2),
  };
}

/** The zones a team defends best and worst against the league; of equal ones the first. */
export function zoneExtremes(
  paint: bigint | null,
  midRange: bigint | null,
  perimeter: bigint | null,
): { readonly strongest: string | null; readonly weakest: string | null } {
  let strongest: { readonly zone: string; readonly value: bigint } | null = null;
  let weakest: { readonly zone: string; readonly value: bigint } | null = null;
  const zones: readonly (readonly [string, bigint | null])[] = [
    ['paint', paint],
    ['mid_range', midRange],
    ['perimeter', perimeter],
  ];
  for (const [zone, value] of zones) {
    if (value === null) continue;
    if (strongest === null || value < strongest.value) strongest = { zone, value };
    if (weakest === null || value > weakest.value) weakest = { zone, value };
  }
  return { strongest: strongest?.zone ?? null, weakest: weakest?.zone ?? null };
}
