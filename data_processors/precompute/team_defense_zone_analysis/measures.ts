import { type Column, date, int64, numeric, string } from '../../../src/sql/column.ts';
import { completenessColumns, sampleColumns } from '../../shared/measures/sample-measures.ts';
import { type DefenseZone, defenseZones } from './zones.ts';

const coverage = 'fewer than half of the games have shot data';

type Bounds = readonly [min: number, max: number];

const bounds: Readonly<
  Record<DefenseZone['name'], readonly [pct: Bounds, attempts: Bounds, vs: Bounds]>
> = {
  paint: [
    [0.45, 0.74],
    [25, 55],
    [-15, 15],
  ],
  mid_range: [
    [0.22, 0.6],
    [7, 30],
    [-18, 18],
  ],
  three_pt: [
    [0.22, 0.48],
    [22, 48],
    [-12, 12],
  ],
};

const within = ([min, max]: Bounds) => ({ min, max, severity: 'warn' }) as const;

function zoneColumns({ name, points }: DefenseZone): readonly Column[] {
  const [pct, attempts, vsLeague] = bounds[name];
  return [
    numeric(`${name}_pct_allowed_last_15`, [5, 3], 'R(Σ makes/Σ attempts, 3)', {
      unit: 'ratio',
      nullWhen: `${coverage}, or no attempts`,
      range: within(pct),
    }),
    numeric(`${name}_attempts_allowed_per_game`, [5, 1], 'R(Σ attempts/z, 1)', {
      unit: 'attempts per game',
      nullWhen: coverage,
      range: within(attempts),
    }),
    numeric(`${name}_points_allowed_per_game`, [5, 1], `R(${points}·Σ makes/z, 1)`, {
      unit: 'points per game',
      nullWhen: coverage,
    }),
    numeric(
      `${name}_defense_vs_league_avg`,
      [5, 2],
      'R(100·(team ratio − league ratio), 2) from unrounded ratios; positive = worse defence',
      {
        unit: 'percentage points',
        nullWhen: `${coverage}, or no attempts`,
        range: within(vsLeague),
      },
    ),
  ];
}

export const columns: readonly Column[] = [
  string('team_abbr', 'tricode of the defending team'),
  date('analysis_date', 'the row holds what was known before the first game of this date'),
  int64('season_year', 'first year of the season'),
  int64('games_in_sample', 'n: rows of team_defense_game_summary among the last 15 final games'),
  int64('games_with_shot_zones', 'z: those of the sample with usable shot data'),
  ...defenseZones.flatMap(zoneColumns),
  numeric('league_paint_pct', [5, 3], 'league ratio used', { unit: 'ratio' }),
  numeric('league_mid_range_pct', [5, 3], 'league ratio used', { unit: 'ratio' }),
  numeric('league_three_pt_pct', [5, 3], 'league ratio used', { unit: 'ratio' }),
  string(
    'league_avg_source',
    'last_30_days, else season_to_date (each needs 10 teams with 5 games with shot data), else default',
  ),
  int64('league_teams_in_sample', 'teams in the league average'),
  numeric('defensive_rating_last_15', [6, 2], 'R(mean of the n game ratings, 2)', {
    unit: 'points per 100 possessions',
    range: { min: 88, max: 130, severity: 'warn' },
  }),
  numeric('opponent_points_per_game', [5, 1], 'R(Σ points_allowed/n, 1)', {
    unit: 'points per game',
    range: { min: 90, max: 135, severity: 'warn' },
  }),
  numeric('opponent_pace', [5, 1], 'R(mean opponent_pace, 1)', {
    unit: 'possessions per 48 minutes',
    range: { min: 90, max: 114, severity: 'warn' },
  }),
  string('strongest_zone', 'paint, mid_range or perimeter: smallest *_defense_vs_league_avg', {
    nullWhen: 'all three are NULL',
  }),
  string('weakest_zone', 'paint, mid_range or perimeter: largest *_defense_vs_league_avg', {
    nullWhen: 'all three are NULL',
  }),
  ...completenessColumns,
  ...sampleColumns(15, [
    'league_average_default',
    'league_average_season_to_date',
    'missing_upstream_games',
    'no_shot_zones',
    'partial_shot_zones',
    'thin_window',
    'zero_attempts_mid_range',
    'zero_attempts_paint',
    'zero_attempts_three_pt',
  ]),
];
