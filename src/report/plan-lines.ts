import type { Plan, PlannedUnit } from '../plan/plan.ts';
import { isSettled } from '../plan/unit-state.ts';
import { plural } from './format.ts';
import type { FollowUps } from './run-summary-lines.ts';
import { skipLine, upstreamWarning } from './unit-lines.ts';

/** What a run would do, a line per table and date. */
export function planLines(
  { request: { tables }, units }: Plan,
  followUps: Pick<FollowUps, 'command'>,
): readonly string[] {
  const tableWidth = tables.length > 1 ? Math.max(...tables.map((name) => name.length)) : 0;
  return units.flatMap((unit) => plannedUnitLines(unit, tableWidth, followUps));
}

function plannedUnitLines(
  unit: PlannedUnit,
  tableWidth: number,
  { command }: Pick<FollowUps, 'command'>,
): readonly string[] {
  const { table, date, state, action, reason, help, upstream, rows } = unit;
  const subject = tableWidth === 0 ? date : `${date}  ${table.padEnd(tableWidth)}`;
  const standing = rows === undefined ? '' : `, ${plural(rows, 'row')} there now`;
  switch (action) {
    case 'skip':
      return isSettled(state)
        ? [`${subject}  ${state}  would skip: ${reason}${standing}`]
        : [skipLine(unit, tableWidth)];
    case 'block':
      return [
        `${subject}  ${state}  ${reason}${standing}${help ? `; fill it with: ${command(help)}` : ''}`,
      ];
    case 'remove':
      return [`${subject}  ${state}  ${reason}${standing}`];
    case 'run': {
      const warning =
        upstream && !upstream.complete ? [`warning: ${upstreamWarning(date, upstream)}`] : [];
      return [...warning, `${subject}  ${state}  would run: ${reason}${standing}`];
    }
  }
}
