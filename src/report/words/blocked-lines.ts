import type { PlannedUnit } from '../../plan/plan.ts';
import { reasonGroup } from '../../plan/reason.ts';
import { formatDates, plural } from './format.ts';
import { reasonText } from './reason-text.ts';

const namedTables = 3;

/** Why units are not worked: a line per reason, once for all tables that wait for the same. */
export function blockedLines(
  units: readonly Pick<PlannedUnit, 'table' | 'date' | 'state' | 'reason'>[],
): readonly string[] {
  const groups = Map.groupBy(
    units,
    ({ table, state, reason }) => `${table} ${state} ${reasonGroup(reason)}`,
  );
  const texts = Map.groupBy([...groups.values()], ([first]) =>
    first ? `${first.state}: ${reasonText(first.reason)}` : '',
  );
  return [...texts].map(([text, same]) => {
    const dates = [...new Set(same.flat().map(({ date }) => date))].sort();
    return `${tablesText(same.flatMap(([first]) => first?.table ?? []))}  ${formatDates(dates)}  ${text}`;
  });
}

/** A few tables by name, more of them by their number. */
export function tablesText(tables: readonly string[]): string {
  return tables.length > namedTables ? plural(tables.length, 'table') : tables.join(', ');
}
