import { unitsOfNumber } from './exact.ts';
import type { PlayerPropRow } from './raw-rows.ts';

/** The line a player is measured against, in tenths of a point, and the bookmaker it is from. */
export interface PointsLine {
  readonly tenths: number;
  readonly source: string;
}

const FIRST_BOOKS = ['draftkings', 'fanduel'];

/**
 * Chooses one points line among all props of one player and date: the first book, within it the
 * latest capture, of what remains the median, the lower of two.
 */
export function choosePointsLine(props: readonly PlayerPropRow[]): PointsLine | null {
  const known = props.filter((prop) => prop.market === 'points' && !capturedAfterTipoff(prop));
  const source = known.map((prop) => prop.bookmaker).sort(compareBooks)[0];
  if (source === undefined) return null;
  const ofBook = known.filter((prop) => prop.bookmaker === source);
  const latest = ofBook
    .map((prop) => prop.captured_at ?? '')
    .sort()
    .at(-1);
  const lines = ofBook
    .filter((prop) => (prop.captured_at ?? '') === latest)
    .map((prop) => Number(unitsOfNumber(prop.line, 1)))
    .sort((a, b) => a - b);
  const tenths = lines[Math.floor((lines.length - 1) / 2)];
  if (tenths === undefined) throw new Error(`no line of "${source}" is left`);
  return { tenths, source };
}

function capturedAfterTipoff(prop: PlayerPropRow): boolean {
  return prop.captured_at !== null && prop.tipoff_at !== null && prop.captured_at > prop.tipoff_at;
}

function compareBooks(a: string, b: string): number {
  const nameA = a.toLowerCase();
  const nameB = b.toLowerCase();
  return bookRank(nameA) - bookRank(nameB) || compareText(nameA, nameB) || compareText(a, b);
}

function bookRank(name: string): number {
  const rank = FIRST_BOOKS.indexOf(name);
  return rank === -1 ? FIRST_BOOKS.length : rank;
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
