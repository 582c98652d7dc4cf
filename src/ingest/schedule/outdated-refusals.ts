import type { GameDate } from '../../calendar/game-date.ts';
import type { RefusedDate } from '../ingest-report.ts';
import type { RawReplacement, RawWriter } from '../replace-raw-dates.ts';

const table = 'schedule_entries';

/**
 * Dates that an earlier schedule file was refused for and that this one, which reaches beyond them,
 * has no game on: they are no longer unknown.
 */
export function outdatedRefusals(
  { ledger }: RawWriter,
  loaded: readonly RawReplacement[],
  refused: readonly RefusedDate[],
): readonly GameDate[] {
  const contents = loaded.find((replacement) => replacement.table.name === table)?.contents ?? [];
  const dates = contents.map(({ date }) => date);
  const known = new Set([...dates, ...refused.map(({ date }) => date)]);
  const [first, last] = [dates[0], dates.at(-1)];
  if (first === undefined || last === undefined) return [];
  return [...ledger.of(table).values()]
    .filter(({ state, rows }) => state === 'failed' && rows === 0)
    .map(({ date }) => date)
    .filter((date) => first < date && date < last && !known.has(date));
}

/**
 * Refused dates of whose games something stays unknown. Where box scores prove every row of a date
 * wrong, nothing does.
 */
export function unknownDates(
  conflicts: readonly RefusedDate[],
  loaded: readonly RawReplacement[],
): readonly RefusedDate[] {
  const contents = loaded.find((replacement) => replacement.table.name === table)?.contents ?? [];
  return conflicts.filter(({ table: refusedTable, date, violations }) => {
    const rows = contents.find((content) => content.date === date)?.rows;
    return refusedTable !== table || rows !== violations.length;
  });
}
