import type { Row } from './canonical-row.ts';
import { listText, NULL_TEXT, text } from './canonical-row.ts';
import type { GameLine } from './choose-game-line.ts';
import { chooseGameLine } from './choose-game-line.ts';
import { daysBefore, daysBetween } from './days.ts';
import { decimalText } from './exact.ts';
import type { FinalGame } from './final-games.ts';
import { finalGamesBefore, scheduledGamesBefore } from './final-games.ts';
import { latestStatuses, latestTeams } from './injury-reports.ts';
import { LONG_BREAK_DAYS } from './long-break.ts';
import type { InjuryRow, RawRows, ScheduleRow, VenueDistanceRow } from './raw-rows.ts';
import { rowsOnDate } from './rows-on-date.ts';
import { seasonPhase } from './season-phase.ts';
import type { LineOptions } from './tip-off-cut-off.ts';
import { tripTo } from './travel.ts';

const WEEK = 7;
const FORTNIGHT = 14;

/** `upcoming_team_game_context` of one date: two rows per scheduled game, over or not. */
export function oracleUpcomingTeamGameContext(
  raw: RawRows,
  date: string,
  options: LineOptions,
): readonly Row[] {
  return rowsOnDate(raw.schedule, date).flatMap((game) => {
    const line = chooseGameLine(rowsOnDate(raw.game_lines, date), game, options);
    return [
      teamRow(raw, game, game.team_a_abbr, game.team_b_abbr, line),
      teamRow(raw, game, game.team_b_abbr, game.team_a_abbr, line),
    ];
  });
}

function teamRow(
  raw: RawRows,
  game: ScheduleRow,
  team: string,
  opponent: string,
  line: GameLine | null,
): Row {
  const date = game.game_date;
  const before = finalGamesBefore(raw, team, game.season_year, date);
  const last = before[0];
  const daysSince = last ? daysBetween(last.game.game_date, date) : null;
  const lastMargin = last ? marginOf(team, last) : null;
  const trip = tripTo(raw.venue_distances, team, game, last?.game);
  const issues: string[] = [];
  if (game.home_team_abbr === null) issues.push('home_side_unknown');
  if (daysSince !== null && daysSince > LONG_BREAK_DAYS) issues.push('idle_over_30_days');
  if (line?.implausible) issues.push('line_implausible');
  if (scheduledGamesBefore(raw, team, game.season_year, date).length > before.length) {
    issues.push('missing_upstream_games');
  }
  if (game.venue === null) issues.push('venue_unknown');
  return {
    game_id: text(game.game_id),
    nba_game_id: text(game.nba_game_id),
    game_date: text(date),
    season_year: text(game.season_year),
    game_type: text(game.game_type),
    season_phase: text(seasonPhase(raw.schedule, game)),
    team_abbr: text(team),
    opponent_team_abbr: text(opponent),
    home_game: text(game.home_team_abbr === null ? null : game.home_team_abbr === team),
    neutral_site: text(game.neutral_site),
    days_since_last_game: text(daysSince),
    team_days_rest: text(daysSince === null ? null : daysSince - 1),
    team_back_to_back: text(daysSince === 1),
    game_number_in_season: text(before.length + 1),
    games_in_last_7_days: text(inLastDays(before, date, WEEK).length),
    games_in_last_14_days: text(inLastDays(before, date, FORTNIGHT).length),
    team_win_streak_entering: text(streak(before, (earlier) => (marginOf(team, earlier) ?? 0) > 0)),
    team_loss_streak_entering: text(
      streak(before, (earlier) => (marginOf(team, earlier) ?? 0) < 0),
    ),
    last_game_margin: text(lastMargin),
    last_game_result: text(resultWord(lastMargin)),
    travel_miles: text(trip.miles),
    time_zone_change_hours: text(trip.clockHours),
    miles_traveled_last_14_days: text(milesTraveled(raw.venue_distances, team, before, date)),
    consecutive_road_games: text(streak(before, (earlier) => earlier.game.away_team_abbr === team)),
    game_spread: spreadText(line, team),
    game_total: tenthsText(line?.totalTenths ?? null),
    ...injuryColumns(rowsOnDate(raw.injuries, date), game, team),
    data_quality_issues: listText(issues.sort()),
  };
}

function inLastDays(
  before: readonly FinalGame[],
  date: string,
  days: number,
): readonly FinalGame[] {
  const firstDay = daysBefore(date, days);
  return before.filter(({ game }) => game.game_date >= firstDay);
}

/** Own points minus the opponent's; null when a score or the side of the team is unknown. */
function marginOf(team: string, { game, result }: FinalGame): number | null {
  const { home_points: home, away_points: away } = result;
  if (home === null || away === null) return null;
  // Where the side is unknown the points are in the order of the tricodes, as in game_id.
  return (game.home_team_abbr ?? game.team_b_abbr) === team ? home - away : away - home;
}

function resultWord(margin: number | null): string | null {
  if (margin === null || margin === 0) return null;
  return margin > 0 ? 'W' : 'L';
}

/** How many games in a row, the newest first, are such games. */
function streak(before: readonly FinalGame[], isSuch: (game: FinalGame) => boolean): number {
  const end = before.findIndex((earlier) => !isSuch(earlier));
  return end === -1 ? before.length : end;
}

function milesTraveled(
  distances: readonly VenueDistanceRow[],
  team: string,
  before: readonly FinalGame[],
  date: string,
): number | null {
  let sum = 0;
  for (const [index, { game }] of inLastDays(before, date, FORTNIGHT).entries()) {
    const { miles } = tripTo(distances, team, game, before[index + 1]?.game);
    if (miles === null) return null;
    sum += miles;
  }
  return sum;
}

function spreadText(line: GameLine | null, team: string): string {
  if (line === null || line.spreadTenths === null) return NULL_TEXT;
  return decimalText(line.homeTeam === team ? line.spreadTenths : -line.spreadTenths, 1);
}

function tenthsText(tenths: bigint | null): string {
  return tenths === null ? NULL_TEXT : decimalText(tenths, 1);
}

function injuryColumns(reports: readonly InjuryRow[], game: ScheduleRow, team: string): Row {
  const teams = latestTeams(reports, game);
  const statuses = [...latestStatuses(reports, game)]
    .filter(([lookup]) => teams.get(lookup) === team)
    .map(([, status]) => status);
  const count = (words: readonly string[]): string =>
    text(
      reports.length === 0
        ? null
        : statuses.filter((status) => status !== null && words.includes(status)).length,
    );
  return {
    players_out_count: count(['out']),
    questionable_players_count: count(['questionable', 'doubtful']),
  };
}
