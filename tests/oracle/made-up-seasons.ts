import type { Row } from './canonical-row.ts';
import { listText, NULL_TEXT, text } from './canonical-row.ts';
import { decimalText } from './exact.ts';
import type { Games } from './final-games.ts';
import { madeUpRow } from './made-up-row.ts';
import type { MadeOfTaken, MadeUpGame } from './made-up-rows.ts';
import { finalResult, scheduleRow } from './made-up-rows.ts';

/** The date the made-up seasons lead up to; every game of them is before it. */
export const ANALYSIS_DATE = '2025-01-20';

const MS_PER_DAY = 86_400_000;

/** The game a team played `daysBefore` days before {@link ANALYSIS_DATE}, at home. */
export function gameBefore(daysBefore: number, team = 'BOS'): MadeUpGame {
  const date = new Date(Date.parse(ANALYSIS_DATE) - daysBefore * MS_PER_DAY);
  return {
    id: `0022400000 ${team} ${daysBefore}`,
    date: date.toISOString().slice(0, 10),
    away: team === 'LAL' ? 'GSW' : 'LAL',
    home: team,
  };
}

/** A schedule with the given finished games and one game on the analysis date itself. */
export function gamesOf(finished: readonly MadeUpGame[]): Games {
  const today = { id: '0022499999', date: ANALYSIS_DATE, away: 'POR', home: 'UTA' };
  return {
    schedule: [...finished, today].map(scheduleRow),
    game_results: finished.map(finalResult),
  };
}

/** What one game added to a defence; zones null when the game has no shot data. */
export interface DefendedGame {
  readonly game: MadeUpGame;
  readonly team: string;
  readonly zones: readonly [paint: MadeOfTaken, midRange: MadeOfTaken, three: MadeOfTaken] | null;
  readonly allowed: number;
  readonly ratingHundredths: number;
  readonly paceTenths: number;
  readonly attempts?: readonly [fieldGoals: number, freeThrows: number];
}

/** The columns of `team_defense_game_summary` that later tables read. */
export function defenseRow(defended: DefendedGame): Row {
  const { game, zones } = defended;
  const [paint, midRange, three] = zones ?? [null, null, null];
  return madeUpRow({
    nba_game_id: text(game.id),
    game_date: text(game.date),
    season_year: text(2024),
    team_abbr: text(defended.team),
    points_allowed: text(defended.allowed),
    opp_fg_attempts: text(defended.attempts?.[0] ?? 0),
    opp_ft_attempts: text(defended.attempts?.[1] ?? 0),
    has_shot_zones: text(zones !== null),
    ...zoneColumns('opp_paint', paint),
    ...zoneColumns('opp_mid_range', midRange),
    ...zoneColumns('opp_zone_three_pt', three),
    defensive_rating: decimalText(BigInt(defended.ratingHundredths), 2),
    opponent_pace: decimalText(BigInt(defended.paceTenths), 1),
    data_quality_issues: listText([]),
  });
}

/** What a team did in one game. */
export interface AttackedGame {
  readonly game: MadeUpGame;
  readonly team: string;
  readonly paceTenths: number | null;
  readonly ratingHundredths?: number;
  readonly won?: boolean;
}

/** The columns of `team_offense_game_summary` that later tables read. */
export function offenseRow(attacked: AttackedGame): Row {
  const { game, paceTenths, ratingHundredths = 11_000 } = attacked;
  return madeUpRow({
    nba_game_id: text(game.id),
    game_date: text(game.date),
    season_year: text(2024),
    team_abbr: text(attacked.team),
    offensive_rating: decimalText(BigInt(ratingHundredths), 2),
    pace: paceTenths === null ? NULL_TEXT : decimalText(BigInt(paceTenths), 1),
    win_flag: text(attacked.won ?? true),
  });
}

/** What a player did in one game but for his shots by zone. */
export interface PlayedFigures {
  readonly points: number;
  readonly seconds: number;
  readonly usageTenths: number | null;
  readonly fieldGoalAttempts: number | null;
  readonly freeThrowMakes: number;
  readonly freeThrowAttempts: number | null;
}

/** What one game added to a player; zones null when the game has no shot data. */
export interface PlayedGame {
  readonly game: MadeUpGame;
  readonly zones: readonly [paint: MadeOfTaken, midRange: MadeOfTaken, three: MadeOfTaken] | null;
  readonly assists?: readonly [assisted: number, unassisted: number];
  readonly active?: boolean;
  readonly playerId?: string;
  readonly figures?: Partial<PlayedFigures>;
  /** Other columns, as text. */
  readonly columns?: Row;
}

/** The columns of `player_game_summary` that later tables read. */
export function playerRow(played: PlayedGame): Row {
  const { game, zones, assists, active = true, playerId = '1', figures = {} } = played;
  const { usageTenths = 200 } = figures;
  const [paint, midRange, three] = zones ?? [null, null, null];
  return madeUpRow({
    universal_player_id: text(playerId),
    player_lookup: text(`player${playerId}`),
    player_full_name: text(`Player ${playerId}`),
    nba_game_id: text(game.id),
    game_date: text(game.date),
    season_year: text(2024),
    team_abbr: text(game.home),
    is_active: text(active),
    seconds_played: text(figures.seconds ?? 1800),
    points: text(figures.points ?? 0),
    fg_attempts: text(figures.fieldGoalAttempts === undefined ? 10 : figures.fieldGoalAttempts),
    ft_makes: text(figures.freeThrowMakes ?? 0),
    ft_attempts: text(figures.freeThrowAttempts === undefined ? 0 : figures.freeThrowAttempts),
    usage_rate: usageTenths === null ? NULL_TEXT : decimalText(BigInt(usageTenths), 1),
    has_shot_zones: text(zones !== null),
    ...zoneColumns('paint', paint),
    ...zoneColumns('mid_range', midRange),
    ...zoneColumns('zone_three_pt', three),
    assisted_fg_makes: text(assists?.[0] ?? null),
    unassisted_fg_makes: text(assists?.[1] ?? null),
    ...played.columns,
  });
}

function zoneColumns(zone: string, counts: MadeOfTaken | null): Row {
  const [makes, attempts] = counts === null ? [] : counts.split('/').map(Number);
  return {
    [`${zone}_makes`]: text(makes ?? null),
    [`${zone}_attempts`]: text(attempts ?? null),
  };
}
