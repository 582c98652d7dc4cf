import type { Row } from './canonical-row.ts';
import { cell, flagOrNull, NULL_TEXT, text, unitsOrNull, wholeOrNull } from './canonical-row.ts';
import { decimalText, difference, quotientText, ratio, rounded } from './exact.ts';
import { oncePerInput } from './once-per-input.ts';
import { integerRoot, sampleDeviationText } from './sample-deviation.ts';

/** What each market is made of, in the order of the columns: columns of a player's game, and of a team's. */
export const MARKETS: readonly {
  readonly name: string;
  readonly player: readonly string[];
  readonly team: readonly string[];
}[] = [
  { name: 'points', player: ['points'], team: ['points_scored'] },
  { name: 'rebounds', player: ['rebounds'], team: ['rebounds'] },
  { name: 'assists', player: ['assists'], team: ['assists'] },
  { name: 'threes', player: ['three_pt_makes'], team: ['three_pt_makes'] },
  { name: 'steals', player: ['steals'], team: ['steals'] },
  { name: 'blocks', player: ['blocks'], team: ['blocks'] },
  { name: 'turnovers', player: ['turnovers'], team: ['turnovers'] },
  {
    name: 'pra',
    player: ['points', 'rebounds', 'assists'],
    team: ['points_scored', 'rebounds', 'assists'],
  },
];

/** The counts of a row that were asked for before: a text is read once. */
const countsOf = oncePerInput((_: Row) => new Map<string, number>());

/** The sum of some columns of a row; what is not told is 0. */
export function sumOfColumns(row: Row, columns: readonly string[]): number {
  const counts = countsOf(row);
  let sum = 0;
  for (const column of columns) {
    const count = counts.get(column) ?? wholeOrNull(row, column) ?? 0;
    counts.set(column, count);
    sum += count;
  }
  return sum;
}

function total(rows: readonly Row[], columns: readonly string[]): number {
  let sum = 0;
  for (const row of rows) sum += sumOfColumns(row, columns);
  return sum;
}

/** num/den with two decimals, or NULL. */
export function hundredthsText(num: number | bigint, den: number | bigint): string {
  return BigInt(den) === 0n ? NULL_TEXT : quotientText(num, den, 2);
}

function per36Text(rows: readonly Row[], columns: readonly string[]): string {
  return hundredthsText(36 * 60 * total(rows, columns), total(rows, ['seconds_played']));
}

/** What a player has done in each market. @param games his rows before the date, newest first; at least one. */
export function marketColumns(games: readonly Row[]): Row {
  const columns: Record<string, string> = {};
  const last10 = games.slice(0, 10);
  for (const { name, player } of MARKETS) {
    for (const [suffix, window] of windowsOf(games)) {
      columns[`${name}_avg_${suffix}`] = hundredthsText(total(window, player), window.length);
    }
    columns[`${name}_std_last_10`] = sampleDeviationText(
      last10.map((row) => sumOfColumns(row, player)),
      2,
    );
    columns[`${name}_per_36_last_10`] = per36Text(last10, player);
    columns[`${name}_per_36_season`] = per36Text(games, player);
    const [latest] = games;
    const parts = player.map((column) => (latest ? wholeOrNull(latest, column) : null));
    columns[`${name}_last_game`] = parts.includes(null)
      ? NULL_TEXT
      : text(parts.reduce<number>((sum, part) => sum + (part ?? 0), 0));
  }
  return columns;
}

function windowsOf(games: readonly Row[]): readonly (readonly [string, readonly Row[]])[] {
  return [
    ['last_3', games.slice(0, 3)],
    ['last_5', games.slice(0, 5)],
    ['last_10', games.slice(0, 10)],
    ['season', games],
  ];
}

/** How long he is on court. */
export function minutesColumns(games: readonly Row[]): Row {
  const columns: Record<string, string> = {};
  const seconds = ['seconds_played'];
  for (const [suffix, window] of windowsOf(games)) {
    columns[`minutes_avg_${suffix}`] = hundredthsText(total(window, seconds), 60 * window.length);
  }
  const [last3, last10] = [games.slice(0, 3), games.slice(0, 10)];
  columns['minutes_std_last_10'] = minutesDeviation(
    last10.map((row) => sumOfColumns(row, seconds)),
  );
  columns['minutes_last_game'] = hundredthsText(total(games.slice(0, 1), seconds), 60);
  const mean = (rows: readonly Row[]) => ratio(total(rows, seconds), 60 * rows.length);
  const change = difference(mean(last3), mean(last10));
  columns['minutes_trend'] = quotientText(change.num, change.den, 2);
  return columns;
}

/** The deviation of seconds as minutes, rounded once to two decimals. */
function minutesDeviation(seconds: readonly number[]): string {
  const n = BigInt(seconds.length);
  if (n < 2n) return NULL_TEXT;
  let sum = 0n;
  let squares = 0n;
  for (const each of seconds) {
    sum += BigInt(each);
    squares += BigInt(each) ** 2n;
  }
  const variance = { num: n * squares - sum * sum, den: 3600n * n * (n - 1n) };
  // Twice the root in hundredths, rounded down, tells on which side of the half it lies.
  const twice = integerRoot((40_000n * variance.num) / variance.den);
  return decimalText((twice + 1n) / 2n, 2);
}

/** What part he has in his team's game. */
export function roleColumns(games: readonly Row[]): Row {
  const last10 = games.slice(0, 10);
  const starts = last10
    .map((row) => flagOrNull(row, 'starter_flag'))
    .filter((flag) => flag !== null);
  return {
    usage_rate_last_10: usageText(last10),
    usage_rate_season: usageText(games),
    ts_pct_last_10: trueShootingText(last10),
    ts_pct_season: trueShootingText(games),
    field_goal_attempts_per_36_last_10: per36Text(last10, ['fg_attempts']),
    three_pt_attempts_per_36_last_10: per36Text(last10, ['three_pt_attempts']),
    free_throw_attempts_per_36_last_10: per36Text(last10, ['ft_attempts']),
    started_share_last_10:
      starts.length === 0
        ? NULL_TEXT
        : quotientText(starts.filter((started) => started).length, starts.length, 3),
  };
}

/** Mean of the usages that are known, in percent with two decimals. */
export function usageText(games: readonly Row[]): string {
  let tenths = 0n;
  let known = 0n;
  for (const row of games) {
    const usage = unitsOrNull(row, 'usage_rate', 1);
    if (usage === null) continue;
    tenths += usage;
    known += 1n;
  }
  return hundredthsText(tenths, 10n * known);
}

function trueShootingText(games: readonly Row[]): string {
  const shots = 100 * total(games, ['fg_attempts']) + 44 * total(games, ['ft_attempts']);
  return shots === 0 ? NULL_TEXT : quotientText(50 * total(games, ['points']), shots, 3);
}

/** Minutes, usage and points of a player's season in hundredths; what is not known adds nothing. */
export function seasonAmounts(games: readonly Row[]) {
  const usage = usageText(games);
  const usages = usage === NULL_TEXT ? 0n : BigInt(usage.replace('.', ''));
  return {
    count: 1n,
    minutes: rounded(total(games, ['seconds_played']), 60 * games.length, 2),
    usage: usages,
    points: rounded(total(games, ['points']), games.length, 2),
  };
}

/** Whether he is on court for ten minutes a game and more. */
export function isOfRotation(games: readonly Row[]): boolean {
  return games.length > 0 && total(games, ['seconds_played']) >= 600 * games.length;
}

/** A column of a row that may be absent. */
export function cellOrNull(row: Row | undefined, column: string): string {
  return row ? cell(row, column) : NULL_TEXT;
}
