import { arenaOfTeam } from './arenas.ts';
import type {
  GameLineRow,
  GameResultRow,
  InjuryRow,
  PlayerBoxRow,
  PlayerPropRow,
  RawRows,
  ScheduleRow,
  ShotRow,
} from './raw-rows.ts';

/** Raw rows with the given tables; the others are empty. */
export function rawRows(tables: Partial<RawRows>): RawRows {
  return {
    player_box: [],
    shots: [],
    schedule: [],
    game_results: [],
    player_props: [],
    game_lines: [],
    injuries: [],
    players: [],
    venue_distances: [],
    ...tables,
  };
}

/** A made-up game; its id carries the season. */
export interface MadeUpGame {
  readonly id: string;
  readonly date: string;
  readonly away: string;
  readonly home: string;
}

/** A schedule row with known sides. */
export function scheduleRow({ id, date, away, home }: MadeUpGame): ScheduleRow {
  const [first = away, second = home] = [away, home].sort();
  const season = 2000 + Number(id.slice(3, 5));
  return {
    nba_game_id: id,
    game_id: `${date.replaceAll('-', '')}_${away}_${home}`,
    game_date: date,
    season_year: season,
    game_type: 'regular_season',
    home_team_abbr: home,
    away_team_abbr: away,
    team_a_abbr: first,
    team_b_abbr: second,
    neutral_site: null,
    tipoff_at: null,
    venue_lat: null,
    venue_lon: null,
    venue: arenaOfTeam(home, season),
  };
}

/** The result row of a game that is over. */
export function finalResult({ id, date }: MadeUpGame): GameResultRow {
  return {
    nba_game_id: id,
    game_date: date,
    status: 'final',
    home_points: null,
    away_points: null,
  };
}

/** A box row of zeros but for the given values. */
export function boxRow(
  game: MadeUpGame,
  team: string,
  playerId: number,
  values: Partial<PlayerBoxRow> = {},
): PlayerBoxRow {
  return {
    nba_game_id: game.id,
    game_date: game.date,
    season_year: 2000 + Number(game.id.slice(3, 5)),
    game_type: 'regular_season',
    team_abbr: team,
    player_id: playerId,
    player_name: `Player ${playerId}`,
    player_lookup: `player${playerId}`,
    marks_home: team === game.home,
    seconds_played: 0,
    fgm: 0,
    fga: 0,
    fg3m: 0,
    fg3a: 0,
    ftm: 0,
    fta: 0,
    oreb: 0,
    dreb: 0,
    ast: 0,
    tov: 0,
    stl: 0,
    blk: 0,
    pf: 0,
    pts: 0,
    plus_minus: 0,
    starter: null,
    ...values,
  };
}

/** Makes and attempts as `makes/attempts`. */
export type MadeOfTaken = `${number}/${number}`;

/** Shots of one player: paint, mid-range, three, each as `makes/attempts`. */
export function shotRows(
  game: MadeUpGame,
  team: string,
  playerId: number,
  zones: readonly [paint: MadeOfTaken, midRange: MadeOfTaken, three: MadeOfTaken],
): readonly ShotRow[] {
  const kinds = [
    ['2PT Field Goal', 3],
    ['2PT Field Goal', 15],
    ['3PT Field Goal', 24],
  ] as const;
  return kinds.flatMap(([shotType, distance], zone) => {
    const [makes = 0, attempts = 0] = (zones[zone] ?? '0/0').split('/').map(Number);
    return Array.from({ length: attempts }, (_, index) => ({
      nba_game_id: game.id,
      event_id: 1000 * playerId + 100 * zone + index,
      game_date: game.date,
      player_id: playerId,
      team_abbr: team,
      home_team_abbr: game.home,
      shot_type: shotType,
      distance_ft: distance,
      made: index < makes,
      is_assisted: null,
    }));
  });
}

/** A points prop of a player on a date. */
export function pointsProp(
  bookmaker: string,
  line: number,
  values: Partial<PlayerPropRow> = {},
): PlayerPropRow {
  return {
    event_id: 'event',
    bookmaker,
    player_lookup: 'player1',
    line,
    game_date: '2025-01-20',
    tipoff_at: '2025-01-21 00:30:00',
    captured_at: null,
    market: 'points',
    over_price: null,
    under_price: null,
    ...values,
  };
}

/** A line of a game: its home team favoured by 5, a total of 226. */
export function gameLine(game: ScheduleRow, values: Partial<GameLineRow> = {}): GameLineRow {
  return {
    event_id: 'event',
    game_date: game.game_date,
    home_team_abbr: game.home_team_abbr ?? game.team_a_abbr,
    away_team_abbr: game.away_team_abbr ?? game.team_b_abbr,
    tipoff_at: `${game.game_date} 23:30:00`,
    captured_at: null,
    home_spread: -5,
    total: 226,
    ...values,
  };
}

/** A report on player 1 of BOS, known before the day began. */
export function injuryReport(status: string, values: Partial<InjuryRow> = {}): InjuryRow {
  return {
    game_date: '2025-01-20',
    player_lookup: 'player1',
    reported_at: '2025-01-20 04:00:00',
    team_abbr: 'BOS',
    status,
    ...values,
  };
}
