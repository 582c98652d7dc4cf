import type { Plan, PlannedUnit } from '../plan/plan.ts';
import { isSettled } from '../plan/unit-state.ts';
import type { FollowUps } from './follow-ups.ts';
import { commandText } from './words/command-text.ts';
import { plural } from './words/format.ts';
import { reasonText } from './words/reason-text.ts';
import { skipLine, upstreamWarning } from './words/unit-lines.ts';

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
  const { table, date, state, action, remedy, upstream, rows } = unit;
  const reason = reasonText(unit.reason);
  const subject = tableWidth === 0 ? date : `${date}  ${table.padEnd(tableWidth)}`;
  const standing = rows === undefined ? '' : `, ${plural(rows, 'row')} there now`;
  switch (action) {
    case 'skip':
      return isSettled(state)
        ? [`${subject}  ${state}  would skip: ${reason}${standing}`]
        : [skipLine({ table, date, reason }, tableWidth)];
    case 'block':
      return [
        `${subject}  ${state}  ${reason}${standing}${remedy ? `; fill it with: ${command(commandText(remedy))}` : ''}`,
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
