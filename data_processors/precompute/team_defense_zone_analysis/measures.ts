import { gamesWhere } from '../../../src/games/game-sums.ts';
import { inWords } from '../../../src/measures/in-words.ts';
import { average, lastGames, rate } from '../../../src/measures/measure-words.ts';
import { date, int64, type Measure, numeric, string } from '../../../src/sql/column.ts';
import { taken } from '../../../src/table/measure.ts';
import { processor as games } from '../../analytics/team_defense_game_summary/team_defense_game_summary_processor.ts';
import { dataQualityIssues } from '../../shared/measures/data-quality-issues.ts';
import {
  completeness,
  type SampleNames,
  sampleQuality,
} from '../../shared/measures/sample-measures.ts';
import { zoneCalled } from '../../shared/shots/zone-counts.ts';
import { type Bounds, type DefenseZone, defenseZones } from './zones.ts';

const coverage = 'fewer than half of the games have shot data';
/** What the last 15 games have of a column, as a decimal. */
const lately = (column: string, digits: number, decimals: number) => ({
  ...{ of: `${games.name}.${column}` as const, over: lastGames(15), digits, decimals },
});
const within = ([min, max]: Bounds) => ({ min, max, severity: 'warn' }) as const;

/** Games of a team that have usable shot data. */
export const zoneGames = gamesWhere('has_shot_zones');

const sample: SampleNames = {
  expected: 'expected_games',
  actual: 'actual_games',
  sample: 'games_in_sample',
  played: 'games_played',
  overBreak: 'over_break',
};

/** What a team allows in each zone against the league, from which the strongest and weakest are told. */
export const versusLeague: readonly Measure[] = defenseZones.map(againstLeague);

export const measures: readonly Measure[] = [
  ...taken(
    string('team_abbr', 'tricode of the defending team'),
    date('analysis_date', 'the row holds what was known before the first game of this date'),
    int64('season_year', 'first year of the season'),
    int64('games_in_sample', 'n: rows of team_defense_game_summary among the last 15 final games'),
    int64('games_with_shot_zones', 'z: those of the sample with usable shot data'),
  ),
  ...defenseZones.flatMap((zone) => [...allowed(zone), ...taken(againstLeague(zone))]),
  ...defenseZones.map(({ name }) =>
    numeric(`league_${name}_pct`, [5, 3], 'league ratio used', {
      from: { num: `league_${name}_makes`, den: `league_${name}_attempts` },
      unit: 'ratio',
    }),
  ),
  ...taken(
    string(
      'league_avg_source',
      'last_30_days, else season_to_date (each needs 10 teams with 5 games with shot data), else default',
    ),
    int64('league_teams_in_sample', 'teams in the league average'),
  ),
  ...inWords(
    games,
    [
      average('defensive_rating_last_15', {
        ...lately('defensive_rating', 6, 2),
        range: within([88, 130]),
      }),
      average('opponent_points_per_game', {
        ...lately('points_allowed', 5, 1),
        unit: 'points per game',
        range: within([90, 135]),
      }),
      average('opponent_pace', { ...lately('opponent_pace', 5, 1), range: within([90, 114]) }),
    ],
    { at: (name) => (name === 'games_15' ? sample.sample : name), neverNull: true },
  ),
  string('strongest_zone', 'paint, mid_range or perimeter: smallest *_defense_vs_league_avg', {
    from: extremeZone('<='),
    nullWhen: 'all three are NULL',
  }),
  string('weakest_zone', 'paint, mid_range or perimeter: largest *_defense_vs_league_avg', {
    from: extremeZone('>='),
    nullWhen: 'all three are NULL',
  }),
  ...completeness(sample),
  ...sampleQuality(sample, { window: 15, high: 15, medium: 10 }),
  dataQualityIssues([
    {
      code: 'league_average_after_break',
      when: "league_avg_source = 'last_30_days' AND league_after_break",
    },
    { code: 'league_average_default', when: "league_avg_source = 'default'" },
    { code: 'league_average_season_to_date', when: "league_avg_source = 'season_to_date'" },
    { code: 'long_break_in_window', when: 'over_break' },
    { code: 'missing_upstream_games', when: 'expected_games > actual_games' },
    { code: 'no_shot_zones', when: 'NOT covered' },
    { code: 'partial_shot_zones', when: 'covered AND games_with_shot_zones < games_in_sample' },
    { code: 'thin_window', when: 'games_in_sample < 15' },
    { code: 'zero_attempts_mid_range', when: 'covered AND mid_range_attempts_15 = 0' },
    { code: 'zero_attempts_paint', when: 'covered AND paint_attempts_15 = 0' },
    { code: 'zero_attempts_three_pt', when: 'covered AND three_pt_attempts_15 = 0' },
  ]),
];

/** What the opponents made of a zone. */
function allowed({ name, points, makes, attempts, plausible }: DefenseZone): readonly Measure[] {
  const perGame = { per: 'has_shot_zones', nullWhen: coverage };
  return inWords(
    games,
    [
      rate(`${name}_pct_allowed_last_15`, {
        ...{ ...lately(makes, 5, 3), per: attempts, unit: 'ratio' },
        nullWhen: `${coverage}, or no attempts`,
        range: within(plausible.ratio),
      }),
      rate(`${name}_attempts_allowed_per_game`, {
        ...{ ...lately(attempts, 5, 1), ...perGame, unit: 'attempts per game' },
        range: within(plausible.attempts),
      }),
      rate(`${name}_points_allowed_per_game`, {
        ...{ ...lately(makes, 5, 1), ...perGame, times: points, unit: 'points per game' },
      }),
    ],
    { called: zoneCalled, when: 'covered', together: true },
  );
}

/** What a team allows in a zone against the league. */
function againstLeague({ name, plausible }: DefenseZone): Measure {
  const [makes, attempts] = [`${name}_makes_15`, `${name}_attempts_15`];
  return numeric(
    versusLeagueName(name),
    [5, 2],
    'R(100·(team ratio − league ratio), 2) from unrounded ratios; positive = worse defence',
    {
      from: {
        num: `100 * (${makes} * league_${name}_attempts - league_${name}_makes * ${attempts})`,
        den: `${attempts} * league_${name}_attempts`,
        when: 'covered',
        kind: 'signed',
      },
      unit: 'percentage points',
      nullWhen: `${coverage}, or no attempts`,
      range: within(plausible.versusLeague),
    },
  );
}

function versusLeagueName(zone: DefenseZone['name']): string {
  return `${zone}_defense_vs_league_avg`;
}

/** The zone that wins every comparison; NULL takes no part, ties go to the first in order. */
function extremeZone(better: '<=' | '>='): string {
  const zones = defenseZones.map(({ name, label }) => ({ label, versus: versusLeagueName(name) }));
  const cases = zones.map(({ versus, label }, index) => {
    const rivals = zones
      .slice(index + 1)
      .map((rival) => `(${rival.versus} IS NULL OR ${versus} ${better} ${rival.versus})`);
    return `WHEN ${[`${versus} IS NOT NULL`, ...rivals].join(' AND ')} THEN '${label}'`;
  });
  return `CASE ${cases.join('\n    ')} END`;
}
