import type { Row } from './canonical-row.ts';
import { cell, NULL_TEXT, text, wholeOrNull } from './canonical-row.ts';
import { decimalText, quotientText, rounded, unitsOfNumber } from './exact.ts';
import { gamesOfCandidate } from './missing-players.ts';
import { MARKETS } from './named-features.ts';
import type { PlayerPropRow, RawRows } from './raw-rows.ts';
import { rowsOnDate } from './rows-on-date.ts';
import { isUsableLine, type LineOptions } from './tip-off-cut-off.ts';

const COLUMNS =
  'line line_books line_spread line_over_probability line_move over_streak under_streak'.split(' ');

/** What one bookmaker offers in a market, in tenths. */
interface Book {
  readonly line: number;
  /** At the first capture, where there are several. */
  readonly first: number | null;
  readonly overMillionths: bigint | null;
}

/** The lines of every market on a player before the game of his row of the contexts. */
export function marketLineColumns(
  raw: RawRows,
  playerRows: readonly Row[],
  context: Row,
  options: LineOptions,
): Row {
  const date = cell(context, 'game_date');
  const game = rowsOnDate(raw.schedule, date).find(
    (row) => row.nba_game_id === cell(context, 'nba_game_id'),
  );
  const known = rowsOnDate(raw.player_props, date).filter(
    (prop) =>
      game !== undefined &&
      prop.player_lookup === cell(context, 'player_lookup') &&
      isUsableLine(prop, game, options),
  );
  const games = gamesOfCandidate(playerRows, context);
  const columns: Record<string, string> = {};
  for (const { name, player } of MARKETS) {
    const offers = known.filter((prop) => prop.market === name);
    const values = games.map((row) => {
      const parts = player.map((column) => wholeOrNull(row, column));
      return parts.includes(null)
        ? null
        : parts.reduce<number>((sum, part) => sum + (part ?? 0), 0);
    });
    const ofMarket = offers.length === 0 ? [] : marketTexts(booksOf(offers), values);
    COLUMNS.forEach((column, place) => {
      columns[`${name}_${column}`] = ofMarket[place] ?? NULL_TEXT;
    });
  }
  return columns;
}

function booksOf(offers: readonly PlayerPropRow[]): readonly Book[] {
  const names = [...new Set(offers.map(({ bookmaker }) => bookmaker.toLowerCase()))];
  return names.map((name) => {
    const own = offers.filter(({ bookmaker }) => bookmaker.toLowerCase() === name);
    const times = [...new Set(own.flatMap(({ captured_at }) => captured_at ?? []))].sort();
    const last = inTheMiddle(own.filter((offer) => offer.captured_at === (times.at(-1) ?? null)));
    const first = inTheMiddle(own.filter((offer) => offer.captured_at === (times[0] ?? null)));
    const { over_price: over, under_price: under } = last;
    return {
      line: tenths(last),
      first: times.length > 1 ? tenths(first) : null,
      overMillionths:
        over === null || under === null
          ? null
          : rounded(unitsOfNumber(under, 4), unitsOfNumber(over, 4) + unitsOfNumber(under, 4), 6),
    };
  });
}

/** The offer of the median line, the lower of two; of equal lines that of the lower prices. */
function inTheMiddle(offers: readonly PlayerPropRow[]): PlayerPropRow {
  const sorted = offers.toSorted(
    (a, b) =>
      tenths(a) - tenths(b) ||
      comparePrices(a.over_price, b.over_price) ||
      comparePrices(a.under_price, b.under_price),
  );
  const middle = sorted[Math.floor((sorted.length - 1) / 2)];
  if (!middle) throw new Error('no offers');
  return middle;
}

function comparePrices(a: number | null, b: number | null): number {
  if (a === b) return 0;
  if (a === null) return 1;
  return b === null ? -1 : a - b;
}

function tenths({ line }: PlayerPropRow): number {
  return Number(unitsOfNumber(line, 1));
}

/** The values of {@link COLUMNS}. @param values of his games, newest first. */
function marketTexts(
  books: readonly Book[],
  values: readonly (number | null)[],
): readonly string[] {
  const lines = books.map(({ line }) => line);
  const line = median(lines);
  const shares = books.flatMap(({ overMillionths }) => overMillionths ?? []);
  const moved = books.filter(({ first }) => first !== null);
  const margins = values.flatMap((value) =>
    value === null || 10 * value === line ? [] : [10 * value - line],
  );
  return [
    decimalText(BigInt(line), 1),
    text(books.length),
    decimalText(BigInt(Math.max(...lines) - Math.min(...lines)), 1),
    shares.length === 0
      ? NULL_TEXT
      : quotientText(
          shares.reduce((sum, share) => sum + share, 0n),
          1_000_000 * shares.length,
          4,
        ),
    moved.length === 0
      ? NULL_TEXT
      : decimalText(
          BigInt(
            median(moved.map((book) => book.line)) - median(moved.map(({ first }) => first ?? 0)),
          ),
          1,
        ),
    text(streak(margins, (margin) => margin > 0)),
    text(streak(margins, (margin) => margin < 0)),
  ];
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
}

function streak(margins: readonly number[], isSuch: (margin: number) => boolean): number {
  const end = margins.findIndex((margin) => !isSuch(margin));
  return end === -1 ? margins.length : end;
}
