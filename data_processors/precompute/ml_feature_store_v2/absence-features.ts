import { int64, type Measure, numeric } from '../../../src/sql/column.ts';
import type { SqlDialect } from '../../../src/sql/sql-dialect.ts';
import { atLeastZero } from './words.ts';

/** Minutes a game from which on a player is of the rotation. */
const rotationMinutes = 10;

/** What is told of the players who are missing. */
const amounts = [
  { name: 'count', says: 'how many they are', unit: 'players', scale: 0 },
  { name: 'minutes', says: 'their minutes_avg_season together', unit: 'minutes', scale: 2 },
  { name: 'usage', says: 'their usage_rate_season together', unit: '%', scale: 2 },
  { name: 'points', says: 'their points_avg_season together', unit: 'points', scale: 2 },
] as const;

type Amount = (typeof amounts)[number];

interface Group {
  readonly name: string;
  /** SQL condition over `known_roster`. */
  readonly when: string;
  readonly says: string;
  readonly amounts: readonly Amount['name'][];
  readonly whose: 'teammates' | 'opponents';
  readonly byReport: boolean;
}

const status = 'LOWER(player_status)';
const absent = 'games_missed >= 1';
const absentWords = `rotation players, ${rotationMinutes} minutes and more a game of the season, who were absent from the latest game of`;

const groups: readonly Group[] = [
  {
    name: 'missing',
    when: absent,
    says: `${absentWords} his team`,
    amounts: ['count', 'minutes', 'usage', 'points'],
    whose: 'teammates',
    byReport: false,
  },
  {
    name: 'returned',
    when: 'games_missed = 0 AND team_game_number > 1 AND COALESCE(game_number_1, 0) < team_game_number - 1',
    says: 'rotation players who were in the latest game of his team and not in the one before',
    amounts: ['count', 'minutes'],
    whose: 'teammates',
    byReport: false,
  },
  {
    name: 'missing',
    when: absent,
    says: `${absentWords} the opponent`,
    amounts: ['count', 'minutes', 'points'],
    whose: 'opponents',
    byReport: false,
  },
  {
    name: 'out_by_report',
    when: `${status} IN ('out', 'doubtful')`,
    says: 'rotation players of his team whom the latest report before tip-off says out or doubtful',
    amounts: ['count', 'minutes', 'usage', 'points'],
    whose: 'teammates',
    byReport: true,
  },
  {
    name: 'returning_by_report',
    when: `${absent} AND ${status} IN ('available', 'probable')`,
    says: `${absentWords} his team, and whom the reports before tip-off let play`,
    amounts: ['count', 'minutes'],
    whose: 'teammates',
    byReport: true,
  },
];

/** What is added up of each group, whoever asks for it. */
const parts = [...new Set(groups.map(({ name }) => name))].map((name) => {
  const alike = groups.filter((group) => group.name === name);
  const wanted = new Set(alike.flatMap((group) => group.amounts));
  return {
    name,
    when: alike[0]?.when ?? '',
    amounts: amounts.filter((one) => wanted.has(one.name)),
  };
});

/** The INT64 of `rostered` and `absent`: what a player, or a team, adds to each group. */
export const absenceSums: readonly string[] = parts.flatMap((part) =>
  part.amounts.map((amount) => `${part.name}_${amount.name}`),
);

/** Those of them that are asked for of the opponent. */
export const opponentSums: readonly string[] = groups
  .filter(({ whose }) => whose === 'opponents')
  .flatMap((group) => group.amounts.map((amount) => `${group.name}_${amount}`));

/** Sums over a player's games of the season that the amounts are made of. */
export function amountsOf(sql: SqlDialect) {
  return [
    { name: 'season_games', sum: '1' },
    { name: 'season_seconds', sum: 'game.seconds_played' },
    { name: 'season_points', sum: 'game.points' },
    { name: 'season_usage', sum: sql.units('game.usage_rate', 1) },
    {
      name: 'season_usage_games',
      sum: 'CASE WHEN game.usage_rate IS NOT NULL THEN 1 ELSE 0 END',
    },
  ] as const;
}

/** Select list of {@link absenceSums} over `known_roster`. */
export function groupAmounts(sql: SqlDialect): readonly string[] {
  const hundredths = (num: string, den: string) => sql.units(sql.ratio(num, den, 2), 2);
  const amountSql: Readonly<Record<Amount['name'], string>> = {
    count: '1',
    minutes: hundredths('season_seconds', '60 * season_games'),
    usage: hundredths('season_usage', '10 * season_usage_games'),
    points: hundredths('season_points', 'season_games'),
  };
  const inRotation = `season_seconds >= ${60 * rotationMinutes} * season_games`;
  return parts.flatMap(({ name, when, ...part }) =>
    part.amounts.map(
      (amount) =>
        `CASE WHEN ${inRotation} AND ${when} THEN COALESCE(${amountSql[amount.name]}, 0) ELSE 0 END AS ${name}_${amount.name}`,
    ),
  );
}

/** What is missing around him, over the players of both teams. */
export const absences: readonly Measure[] = groups.flatMap((group) =>
  amounts.flatMap((amount): readonly Measure[] => {
    if (!group.amounts.includes(amount.name)) return [];
    const name = `${group.whose}_${group.name}_${amount.name}`;
    const details = {
      from: (sql: SqlDialect) => {
        const units = around(group, amount);
        const value = amount.scale === 0 ? units : sql.decimal(units, amount.scale);
        return group.byReport ? `CASE WHEN player_status IS NOT NULL THEN ${value} END` : value;
      },
      unit: amount.unit,
      ...(group.byReport && { nullWhen: 'no injury reports are loaded for the date' }),
      ...(group.whose === 'opponents' && { nullWhen: 'nobody of the opponent is on its roster' }),
      ...atLeastZero,
    };
    const meaning = `${group.says}: ${amount.says}`;
    return [
      amount.scale === 0 ? int64(name, meaning, details) : numeric(name, [6, 2], meaning, details),
    ];
  }),
);

/** Of the team without himself, or of the opponent. */
function around({ whose, name }: Group, amount: Amount): string {
  const column = `${name}_${amount.name}`;
  return whose === 'teammates' ? `team_${column} - own_${column}` : `opponent_${column}`;
}
