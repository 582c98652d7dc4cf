import {
  bool,
  type Column,
  int64,
  type Measure,
  numeric,
  string,
} from '../../../src/sql/column.ts';
import { taken } from '../../../src/table/measure.ts';
import { allowedForm, teamForm } from './team-features.ts';
import { atLeastZero, share } from './words.ts';

/** How much of his team's last games he was in. */
export const presence: readonly Measure[] = [
  ...taken(int64('games_played_season', 'his games of the season before d', { unit: 'games' })),
  numeric('played_share_last_10', [4, 3], 'share of the last 10 games of his team that he played', {
    from: {
      num: 'played_of_last_ten',
      den: 'CASE WHEN team_games < 10 THEN team_games ELSE 10 END',
      when: 'games_missed IS NOT NULL',
    },
    nullWhen: 'the team has no summary of his latest game',
    ...share,
  }),
  int64('games_missed_in_a_row', 'games of his team since his latest one', {
    from: 'games_missed',
    unit: 'games',
    nullWhen: 'the team has no summary of his latest game',
    ...atLeastZero,
  }),
  int64(
    'injury_risk',
    'his latest report before tip-off: 0 available, 1 probable, 2 questionable, 3 doubtful or out',
    {
      from: `CASE
    WHEN LOWER(player_status) IN ('doubtful', 'out') THEN 3
    WHEN LOWER(player_status) = 'questionable' THEN 2
    WHEN LOWER(player_status) = 'probable' THEN 1
    WHEN player_status IS NOT NULL THEN 0
  END`,
      nullWhen: 'no injury reports are loaded for the date',
      range: { min: 0, max: 3, severity: 'error' },
    },
  ),
];

const zones = ['paint', 'mid_range', 'three_pt'] as const;

/** Where he shoots from, and how the opponent defends there. */
export const shotZones: readonly Measure[] = [
  ...zones.map((zone) =>
    numeric(`${zone}_rate_last_10`, [5, 2], 'share of his shots from the zone, 10 games', {
      from: `${zone}_rate_last_10`,
      unit: '% of his shots',
      nullWhen: 'he has no row of player_shot_zone_analysis, or it is NULL there',
      range: { min: 0, max: 100, severity: 'error' },
    }),
  ),
  ...zones.map((zone) =>
    numeric(
      `opponent_${zone}_defense_vs_league`,
      [5, 2],
      'what the opponent allows there less the league, 15 games',
      {
        from: `${zone}_defense_vs_league_avg`,
        unit: 'percentage points',
        nullWhen: 'the opponent has no row of team_defense_zone_analysis, or it is NULL there',
      },
    ),
  ),
];

const asOpponent = (column: Column): Measure => ({
  ...column,
  name: `opponent_${column.name}`,
  meaning: `opponent: ${column.meaning}`,
  from: `opponent_${column.name}`,
});

/** What the opponent has let others do. */
export const opponentDefense: readonly Measure[] = allowedForm.map(asOpponent);

/** The game itself. */
export const situation: readonly Measure[] = [
  ...taken(
    int64('days_rest', 'd − his last game (1 = played yesterday)', { unit: 'days' }),
    int64('opponent_days_rest', 'd − last game of the opponent', {
      unit: 'days',
      nullWhen: 'its first game of the season',
    }),
    bool('back_to_back', 'he played yesterday'),
    int64('games_in_last_7_days', 'his games in [d − 7, d)', { unit: 'games' }),
    int64('games_in_last_14_days', 'his games in [d − 14, d)', { unit: 'games' }),
    numeric('minutes_in_last_7_days', [5, 1], 'his minutes in [d − 7, d)', { unit: 'minutes' }),
    numeric('minutes_in_last_14_days', [5, 1], 'his minutes in [d − 14, d)', { unit: 'minutes' }),
    int64('travel_miles', 'from the venue of the last game of his team to this one', {
      unit: 'miles',
      nullWhen: 'one of the two venues is unknown',
    }),
    int64('time_zone_change_hours', 'UTC offset here − at that venue', {
      unit: 'hours',
      nullWhen: 'they differ, and the time zone of one is unknown',
    }),
  ),
  bool('is_home', 'home by the schedule (nominal at a neutral site)', {
    from: 'home_game',
    nullWhen: 'the home side is unknown',
  }),
  ...taken(string('season_phase', 'playoffs, play_in, else early, mid or late in the season')),
  bool('is_playoffs', 'a game of the playoffs', { from: "season_phase = 'playoffs'" }),
  ...teamForm.map(
    (column): Measure => ({
      ...column,
      name: `team_${column.name}`,
      meaning: `his team: ${column.meaning}`,
      from: `team_${column.name}`,
    }),
  ),
  ...teamForm.map(asOpponent),
  ...taken(
    numeric('game_spread', [4, 1], 'handicap of his team; negative = favourite', {
      unit: 'points',
      nullWhen: 'no usable line is loaded',
    }),
    numeric('game_total', [5, 1], 'points line of the game, both teams', {
      unit: 'points',
      nullWhen: 'no usable line is loaded',
    }),
  ),
  numeric('implied_team_total', [6, 2], '(game_total − game_spread)/2', {
    from: (sql) =>
      sql.decimal(`5 * (${sql.units('game_total', 1)} - ${sql.units('game_spread', 1)})`, 2),
    unit: 'points',
    nullWhen: 'the spread or the total is NULL',
  }),
];
