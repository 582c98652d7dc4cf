import type { Row } from './canonical-row.ts';
import { listText, text } from './canonical-row.ts';
import { decimalText } from './exact.ts';
import type { Games } from './final-games.ts';
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
}

/** The columns of `team_defense_game_summary` that later tables read. */
export function defenseRow(defended: DefendedGame): Row {
  const { game, zones } = defended;
  const [paint, midRange, three] = zones ?? [null, null, null];
  return {
    nba_game_id: text(game.id),
    game_date: text(game.date),
    season_year: text(2024),
    team_abbr: text(defended.team),
    points_allowed: text(defended.allowed),
    has_shot_zones: text(zones !== null),
    ...zoneColumns('opp_paint', paint),
    ...zoneColumns('opp_mid_range', midRange),
    ...zoneColumns('opp_zone_three_pt', three),
    defensive_rating: decimalText(BigInt(defended.ratingHundredths), 2),
    opponent_pace: decimalText(BigInt(defended.paceTenths), 1),
    data_quality_issues: listText([]),
  };
}

/** What one game added to a player; zones null when the game has no shot data. */
export interface PlayedGame {
  readonly game: MadeUpGame;
  readonly zones: readonly [paint: MadeOfTaken, midRange: MadeOfTaken, three: MadeOfTaken] | null;
  readonly assists?: readonly [assisted: number, unassisted: number];
  readonly active?: boolean;
  readonly playerId?: string;
}

/** The columns of `player_game_summary` that later tables read. */
export function playerRow(played: PlayedGame): Row {
  const { game, zones, assists, active = true, playerId = '1' } = played;
  const [paint, midRange, three] = zones ?? [null, null, null];
  return {
    universal_player_id: text(playerId),
    player_lookup: text(`player${playerId}`),
    player_full_name: text(`Player ${playerId}`),
    nba_game_id: text(game.id),
    game_date: text(game.date),
    season_year: text(2024),
    team_abbr: text(game.home),
    is_active: text(active),
    has_shot_zones: text(zones !== null),
    ...zoneColumns('paint', paint),
    ...zoneColumns('mid_range', midRange),
    ...zoneColumns('zone_three_pt', three),
    assisted_fg_makes: text(assists?.[0] ?? null),
    unassisted_fg_makes: text(assists?.[1] ?? null),
  };
}

function zoneColumns(zone: string, counts: MadeOfTaken | null): Row {
  const [makes, attempts] = counts === null ? [] : counts.split('/').map(Number);
  return {
    [`${zone}_makes`]: text(makes ?? null),
    [`${zone}_attempts`]: text(attempts ?? null),
  };
}
