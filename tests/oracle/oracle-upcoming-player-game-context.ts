import type { Row } from './canonical-row.ts';
import { cell, listItems, listText, NULL_TEXT, text, whole } from './canonical-row.ts';
import type { PointsLine } from './choose-points-line.ts';
import { choosePointsLine } from './choose-points-line.ts';
import { daysBefore } from './days.ts';
import { decimalText, quotientText } from './exact.ts';
import { groupBy } from './group-by.ts';
import { latestStatuses } from './injury-reports.ts';
import { LONG_BREAK_DAYS, longBreakSince } from './long-break.ts';
import { lookupsOnDate } from './lookups-on-date.ts';
import { oncePerInput } from './once-per-input.ts';
import type { GameFigures, PlayerGame } from './player-games.ts';
import {
  figuresOfGame,
  gamesBefore,
  gamesOfSeason,
  meanPointsText,
  sumOfFigure,
} from './player-games.ts';
import { workloadColumns } from './player-workload.ts';
import type { PlayerPropRow, PlayerRow, RawRows, ScheduleRow } from './raw-rows.ts';
import { rowsOnDate } from './rows-on-date.ts';
import { rowOfTeam } from './same-day-rows.ts';
import { lastMissingDate, playerRowsOfTeamGames } from './team-completeness.ts';
import type { TeamGameRows } from './team-form.ts';
import { formColumns } from './team-form.ts';
import type { LineOptions } from './tip-off-cut-off.ts';
import { isUsableLine } from './tip-off-cut-off.ts';

const CANDIDATE_DAYS = 30;
const WINDOW = 10;
const MIN_USAGE_GAMES = 3;
const STAR_MIN_GAMES = 10;
const STAR_POINTS = 18;
const STAR_MINUTES = 28;
const STAR_POINTS_OF_LONG_PLAYER = 12;

/** What is known about the players before a date; the game summaries are of any dates. */
export interface PlayerContextInputs extends TeamGameRows {
  readonly raw: RawRows;
  /** `upcoming_team_game_context` of the date. */
  readonly teamContexts: readonly Row[];
  /** `player_game_summary` of any dates; only those before the date count. */
  readonly playerRows: readonly Row[];
}

interface Candidate {
  readonly player: string;
  readonly lookup: string;
  readonly team: string;
  readonly game: ScheduleRow;
  /** The row of his team in `upcoming_team_game_context`. */
  readonly context: Row;
  /** His games of the season before the date, newest first. */
  readonly before: readonly PlayerGame[];
  readonly figures: readonly GameFigures[];
  /** His latest status; null when no injuries are loaded. */
  readonly status: string | null;
}

const birthDates = oncePerInput(
  (players: readonly PlayerRow[]) =>
    new Map(players.map((player) => [String(player.player_id), player.birth_date])),
);

/** `upcoming_player_game_context` of one date, ordered by player id as text. */
export function oracleUpcomingPlayerGameContext(
  inputs: PlayerContextInputs,
  date: string,
  options: LineOptions,
): readonly Row[] {
  const candidates = candidatesOf(inputs, date);
  const ofTeam = groupBy(candidates, ({ team }) => team);
  const forms = new Map(
    inputs.teamContexts.map((context) => {
      const team = cell(context, 'team_abbr');
      const opponent = cell(context, 'opponent_team_abbr');
      const season = whole(context, 'season_year');
      return [team, formColumns(inputs.raw, inputs, team, opponent, season, date)] as const;
    }),
  );
  const propsOfPlayer = groupBy(
    rowsOnDate(inputs.raw.player_props, date),
    (prop) => prop.player_lookup,
  );
  return candidates.map((candidate) => {
    const { lookup, game } = candidate;
    const form = forms.get(candidate.team);
    if (!form) throw new Error(`no form of "${candidate.team}"`);
    return playerRow(
      candidate,
      date,
      form,
      knownLine(propsOfPlayer.get(lookup) ?? [], game, options),
      ofTeam.get(candidate.team) ?? [],
      inputs,
    );
  });
}

/** Players whose latest game, in the last 30 days, was for a team that plays on the date. */
function candidatesOf(
  { raw, teamContexts, playerRows }: PlayerContextInputs,
  date: string,
): readonly Candidate[] {
  const gamesById = new Map(rowsOnDate(raw.schedule, date).map((game) => [game.nba_game_id, game]));
  const reports = rowsOnDate(raw.injuries, date);
  const statusesOfGame = new Map(
    [...gamesById].map(([id, game]) => [id, latestStatuses(reports, game)] as const),
  );
  const firstDay = daysBefore(date, CANDIDATE_DAYS);
  const [anyContext] = teamContexts;
  if (!anyContext) return [];
  const seen: Omit<Candidate, 'status'>[] = [];
  for (const [player, games] of gamesOfSeason(playerRows, whole(anyContext, 'season_year'))) {
    const before = gamesBefore(games, date);
    const [latest] = before;
    if (!latest || latest.date < firstDay) continue;
    const team = cell(latest.row, 'team_abbr');
    const context = rowOfTeam(teamContexts, team);
    if (!context) continue;
    const id = cell(context, 'nba_game_id');
    const game = gamesById.get(id);
    if (!game) throw new Error(`game "${id}" is not scheduled on ${date}`);
    const lookup = cell(latest.row, 'player_lookup');
    seen.push({
      player,
      lookup,
      team,
      game,
      context,
      before,
      figures: before.map(({ row }) => figuresOfGame(row)),
    });
  }
  const lookups = lookupsOnDate(seen);
  return seen.map((candidate) => {
    const lookup = lookups.get(candidate.player) ?? candidate.lookup;
    const status = statusesOfGame.get(candidate.game.nba_game_id)?.get(lookup);
    return {
      ...candidate,
      lookup,
      status: reports.length === 0 ? null : status === undefined ? 'available' : status,
    };
  });
}

function playerRow(
  candidate: Candidate,
  date: string,
  form: Row,
  line: PointsLine | null,
  ofTeam: readonly Candidate[],
  { raw, teamContexts, playerRows }: PlayerContextInputs,
): Row {
  const { context, before, figures, status } = candidate;
  const latest = before[0]?.row;
  if (!latest) throw new Error(`player "${candidate.player}" has no game before ${date}`);
  const opponent = rowOfTeam(teamContexts, cell(context, 'opponent_team_abbr'));
  const opponentDaysRest = opponent ? cell(opponent, 'days_since_last_game') : NULL_TEXT;
  const usages = figures.map((game) => game.usageTenths).filter((tenths) => tenths !== null);
  const issues: string[] = [];
  if (usages.length < MIN_USAGE_GAMES) issues.push('few_usage_games');
  if (cell(context, 'home_game') === NULL_TEXT) issues.push('home_side_unknown');
  if (listItems(cell(context, 'data_quality_issues')).includes('line_implausible')) {
    issues.push('line_implausible');
  }
  if (opponentDaysRest === NULL_TEXT) issues.push('no_opponent_history');
  else if (Number(opponentDaysRest) > LONG_BREAK_DAYS) issues.push('opponent_idle_over_30_days');
  const oldest = before.slice(0, WINDOW).at(-1);
  if (oldest && longBreakSince(raw, whole(context, 'season_year'), oldest.date, date)) {
    issues.push('long_break_in_window');
  }
  if (cell(context, 'days_since_last_game') === NULL_TEXT) issues.push('no_team_history');
  const season = whole(context, 'season_year');
  const ofOpponent = playerRowsOfTeamGames(
    playerRows,
    raw,
    cell(context, 'opponent_team_abbr'),
    season,
    date,
    WINDOW,
  );
  if (
    lastMissingDate(playerRows, raw, candidate.team, season, date) !== undefined ||
    ofOpponent.expectedGames > ofOpponent.actualGames
  ) {
    issues.push('missing_upstream_games');
  }
  return {
    universal_player_id: cell(latest, 'universal_player_id'),
    player_lookup: text(candidate.lookup),
    player_full_name: cell(latest, 'player_full_name'),
    game_id: cell(context, 'game_id'),
    nba_game_id: cell(context, 'nba_game_id'),
    game_date: cell(context, 'game_date'),
    season_year: cell(context, 'season_year'),
    game_type: cell(context, 'game_type'),
    season_phase: cell(context, 'season_phase'),
    team_abbr: cell(context, 'team_abbr'),
    opponent_team_abbr: cell(context, 'opponent_team_abbr'),
    home_game: cell(context, 'home_game'),
    ...workloadColumns(before, date),
    points_avg_last_5: meanPointsText(figures.slice(0, 5)),
    points_avg_last_10: meanPointsText(figures.slice(0, 10)),
    avg_usage_rate_last_7_games: meanUsage(usages, 7),
    projected_usage_rate: meanUsage(usages, 3),
    ...form,
    opponent_days_rest: opponentDaysRest,
    ...lineColumns(line, figures),
    game_spread: cell(context, 'game_spread'),
    game_total: cell(context, 'game_total'),
    player_status: text(status),
    star_teammates_out: text(
      rowsOnDate(raw.injuries, date).length === 0
        ? null
        : ofTeam.filter((mate) => mate !== candidate && isStarOut(mate)).length,
    ),
    player_age: text(ageOn(date, birthDates(raw.players).get(candidate.player) ?? null)),
    data_quality_tier: tierOf(before.length),
    data_quality_issues: listText(issues.sort()),
  };
}

function meanUsage(usages: readonly number[], games: number): string {
  if (usages.length < MIN_USAGE_GAMES) return NULL_TEXT;
  const newest = usages.slice(0, games);
  return quotientText(
    newest.reduce((total, tenths) => total + tenths, 0),
    10 * newest.length,
    1,
  );
}

function knownLine(
  props: readonly PlayerPropRow[],
  game: ScheduleRow,
  options: LineOptions,
): PointsLine | null {
  return choosePointsLine(props.filter((prop) => isUsableLine(prop, game, options)));
}

function lineColumns(line: PointsLine | null, figures: readonly GameFigures[]): Row {
  if (line === null) {
    return {
      current_points_line: NULL_TEXT,
      current_points_line_source: NULL_TEXT,
      prop_over_streak: NULL_TEXT,
      prop_under_streak: NULL_TEXT,
    };
  }
  // Games on the line neither count nor end a streak.
  const margins = figures.map((game) => 10 * game.points - line.tenths).filter((m) => m !== 0);
  return {
    current_points_line: decimalText(BigInt(line.tenths), 1),
    current_points_line_source: text(line.source),
    prop_over_streak: text(streak(margins, (margin) => margin > 0)),
    prop_under_streak: text(streak(margins, (margin) => margin < 0)),
  };
}

function streak(margins: readonly number[], isSuch: (margin: number) => boolean): number {
  const end = margins.findIndex((margin) => !isSuch(margin));
  return end === -1 ? margins.length : end;
}

function isStarOut({ status, figures }: Candidate): boolean {
  const games = figures.length;
  if (status !== 'out' || games < STAR_MIN_GAMES) return false;
  const points = sumOfFigure(figures, 'points');
  const seconds = sumOfFigure(figures, 'seconds');
  return (
    points >= STAR_POINTS * games ||
    (seconds >= STAR_MINUTES * 60 * games && points >= STAR_POINTS_OF_LONG_PLAYER * games)
  );
}

/** Full years on a date; who was born on 29 February completes a year on 1 March. */
function ageOn(date: string, birthDate: string | null): number | null {
  if (birthDate === null) return null;
  const years = Number(date.slice(0, 4)) - Number(birthDate.slice(0, 4));
  return date.slice(5) < birthDate.slice(5) ? years - 1 : years;
}

function tierOf(games: number): string {
  if (games >= 10) return 'high';
  return games >= 5 ? 'medium' : 'low';
}
