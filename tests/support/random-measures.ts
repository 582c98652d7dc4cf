import { compileTable } from '../../src/measures/compile-table.ts';
import type { Games, OwnMeasure, Where } from '../../src/measures/measure-words.ts';
import * as m from '../../src/measures/measure-words.ts';
import { type OwnTable, playerTable, teamTable } from '../../src/measures/own-table.ts';
import type { ComputedTable } from '../../src/table/table-definition.ts';
import type { TableRegistry } from '../../src/table/table-registry.ts';

const playerGames = 'player_game_summary';
const offense = 'team_offense_game_summary';
const defense = 'team_defense_game_summary';
/** INT64 and NUMERIC, NULL or not, below zero too, and TRUE or FALSE. */
const playerColumns = [
  'points',
  'steals',
  'usage_rate',
  'seconds_played',
  'plus_minus',
  'win_flag',
  'home_game',
  'ts_pct',
];
const offenseColumns = [
  'points_scored',
  'pace',
  'offensive_rating',
  'margin_of_victory',
  'win_flag',
];
const defenseColumns = ['points_allowed', 'defensive_rating', 'opp_fg_attempts'];

/** Two own tables of random measures of every kind. */
export function randomTables(
  tables: TableRegistry,
  random: () => number,
): {
  readonly players: OwnTable;
  readonly teams: OwnTable;
  readonly own: readonly ComputedTable[];
} {
  const place = { file: 'own.ts', dataset: 'my_tables' };
  const purpose = 'Made up.';
  const measures = (each: 'player' | 'team') => randomMeasures(each, random);
  const players = playerTable({ name: 'own_players', purpose, measures: measures('player') });
  const teams = teamTable({ name: 'own_teams', purpose, measures: measures('team') });
  return { players, teams, own: [players, teams].map((each) => compileTable(tables, each, place)) };
}

function randomMeasures(each: 'player' | 'team', random: () => number): readonly OwnMeasure[] {
  const pick = <T>(items: readonly [T, ...T[]] | readonly T[]): T =>
    items[Math.floor(random() * items.length)] as T;
  const chance = (share: number) => random() < share;
  const over = (): Games =>
    pick([
      m.lastGames(1),
      m.lastGames(3),
      m.lastGames(10),
      m.lastDays(1),
      m.lastDays(14),
      m.seasonToDate,
    ]);
  const table = () => (each === 'player' && chance(0.6) ? playerGames : pick([offense, defense]));
  const columnsOf = (name: string) =>
    name === playerGames ? playerColumns : name === offense ? offenseColumns : defenseColumns;
  const where = (name: string): { readonly where?: Where } =>
    chance(0.6) ? {} : { where: name === playerGames ? playerWhere() : { win_flag: chance(0.5) } };
  const playerWhere = (): Where =>
    pick<Where>([
      { home_game: true },
      { home_game: false, points: { atLeast: 8 } },
      { usage_rate: { atLeast: 10.5, atMost: 25 } },
      { points: 4 },
    ]);
  const whose = (name: string) =>
    name !== playerGames && chance(0.4) ? ({ whose: 'opponent' } as const) : {};
  const least = () => (chance(0.3) ? { minGames: 3 } : {});
  const names = (prefix: string, count: number) =>
    Array.from({ length: count }, (_, index) => `${prefix}_${index}`);
  const ofGames = (name: string) => ({ over: over(), ...where(name), ...whose(name), ...least() });
  const column = (name: string): m.ColumnName =>
    name === playerGames && chance(0.2)
      ? pick([
          `${name}.points + ${name}.usage_rate`,
          `3 * ${name}.points + 2 * ts_pct`,
          `${name}.points - turnovers`,
          `0.5 * ${name}.points - 1.25 * usage_rate + assists`,
        ] as const)
      : `${name}.${pick(columnsOf(name))}`;
  const decimals = () => Math.floor(random() * 4);
  const missing = () => (chance(0.3) ? ({ missing: 'zero' } as const) : {});
  const units = () => (chance(0.3) ? { dividedBy: 60 } : {});

  const first: OwnMeasure[] = [
    ...names('avg', 10).map((name) => {
      const of = table();
      const more = { ...units(), ...missing() };
      return m.average(name, { of: column(of), ...ofGames(of), decimals: decimals(), ...more });
    }),
    ...names('dev', 4).map((name) => {
      const of = table();
      const more = { ...ofGames(of), ...missing(), decimals: decimals() };
      return m.deviation(name, { of: column(of), ...more });
    }),
    ...names('sum', 4).map((name) => {
      const of = table();
      return pick([m.total, m.highest, m.lowest])(name, { of: column(of), ...ofGames(of) });
    }),
    ...names('rate', 4).map((name) => {
      const of = table();
      const [one = '', other = ''] = [pick(columnsOf(of)), pick(columnsOf(of))];
      const per = chance(0.6) ? one : `${one} + ${pick(['44', '0.44'])} * ${other}`;
      return m.rate(name, {
        of: column(of),
        per,
        times: pick([1, 36, 100]),
        ...missing(),
        ...ofGames(of),
        decimals: decimals(),
      });
    }),
    ...names('n', 3).map((name) => {
      const of = table();
      return m.games(name, { of, ...ofGames(of) });
    }),
    ...names('trend', 3).map((name) => {
      const of = table();
      const windows = { short: m.lastGames(2), long: pick([m.lastGames(8), m.seasonToDate]) };
      return m.trend(name, {
        of: column(of),
        ...windows,
        ...where(of),
        ...whose(of),
        ...least(),
        ...missing(),
        decimals: decimals(),
        ...units(),
      });
    }),
    ...names('last', 3).map((name) => {
      const of = table();
      return m.last(name, { of: column(of), ...whose(of) });
    }),
    ...names('streak', 2).map((name) => {
      const of = each === 'player' ? playerGames : offense;
      const condition = of === playerGames ? playerWhere() : { win_flag: chance(0.5) };
      return m.streak(name, { of, where: condition });
    }),
    m.value('rest', {
      of:
        each === 'player'
          ? 'upcoming_player_game_context.days_rest'
          : 'upcoming_team_game_context.team_days_rest',
    }),
    m.value('their_number', {
      of: 'upcoming_team_game_context.game_number_in_season',
      whose: 'opponent',
    }),
    m.value('zone_games', { of: 'team_defense_zone_analysis.games_in_sample', whose: 'opponent' }),
  ];
  const numbers = first.map(({ name }) => name).filter((name) => /^(avg|sum|n|rate)_/.test(name));
  const derived: OwnMeasure[] = [
    ...names('rank', 3).map((name) =>
      m.rank(name, {
        of: pick(numbers),
        among: pick(['date', 'team', 'game'] as const),
        first: pick(['highest', 'lowest'] as const),
      }),
    ),
    ...names('diff', 2).map((name) =>
      m.difference(name, { of: pick(numbers), minus: pick(numbers) }),
    ),
    ...(each === 'team'
      ? []
      : [
          m.teammatesTotal('mates_total', { of: pick(numbers) }),
          m.teammatesAverage('mates_average', { of: pick(numbers), decimals: 2 }),
        ]),
  ];
  return [...first, ...derived];
}
