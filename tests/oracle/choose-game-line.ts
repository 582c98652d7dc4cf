import { unitsOfNumber } from './exact.ts';
import type { GameLineRow, ScheduleRow } from './raw-rows.ts';
import type { LineOptions } from './tip-off-cut-off.ts';
import { isUsableLine } from './tip-off-cut-off.ts';

/** The line of a game in tenths of a point; the spread is that of the line's home team. */
export interface GameLine {
  readonly homeTeam: string;
  readonly spreadTenths: bigint | null;
  readonly totalTenths: bigint | null;
  /** A value was discarded because no game has such a line. */
  readonly implausible: boolean;
}

const MAX_SPREAD_TENTHS = 250n;
const MIN_TOTAL_TENTHS = 1_800n;
const MAX_TOTAL_TENTHS = 2_700n;

/** Chooses one line of a game among all lines of its date; null when none was known before it. */
export function chooseGameLine(
  linesOnDate: readonly GameLineRow[],
  game: ScheduleRow,
  options: LineOptions,
): GameLine | null {
  const [chosen] = linesOnDate
    .filter((line) => isLineOf(line, game) && isUsableLine(line, game, options))
    .sort(compareLines);
  if (!chosen) return null;
  const spread = chosen.home_spread === null ? null : unitsOfNumber(chosen.home_spread, 1);
  const total = chosen.total === null ? null : unitsOfNumber(chosen.total, 1);
  const spreadRefused =
    spread !== null && (spread > MAX_SPREAD_TENTHS || spread < -MAX_SPREAD_TENTHS);
  const totalRefused = total !== null && (total < MIN_TOTAL_TENTHS || total > MAX_TOTAL_TENTHS);
  return {
    homeTeam: chosen.home_team_abbr,
    spreadTenths: spreadRefused ? null : spread,
    totalTenths: totalRefused ? null : total,
    implausible: spreadRefused || totalRefused,
  };
}

/** Which side is at home may be unknown in the schedule, so the pair of teams decides. */
function isLineOf(line: GameLineRow, game: ScheduleRow): boolean {
  const [first, second] = [line.home_team_abbr, line.away_team_abbr].sort();
  return first === game.team_a_abbr && second === game.team_b_abbr;
}

function compareLines(a: GameLineRow, b: GameLineRow): number {
  if ((a.total === null) !== (b.total === null)) return a.total === null ? 1 : -1;
  return (
    compareNullLast(b.captured_at, a.captured_at, -1) ||
    compareNullLast(a.tipoff_at, b.tipoff_at, 1) ||
    compareText(a.event_id, b.event_id)
  );
}

/** Compares two times; `nullSign` is the order of a missing first one. */
function compareNullLast(a: string | null, b: string | null, nullSign: 1 | -1): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? nullSign : -nullSign;
  return compareText(a, b);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
