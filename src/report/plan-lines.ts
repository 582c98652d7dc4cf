import type { Plan, PlannedUnit } from '../plan/plan.ts';
import { isSettled } from '../plan/unit-state.ts';
import { formatCount, plural } from './format.ts';
import type { FollowUps } from './run-summary-lines.ts';
import { skipLine, upstreamWarning } from './unit-lines.ts';
import { commandText } from './words/command-text.ts';
import { reasonText } from './words/reason-text.ts';

/** What a run would do, per table and date, and the counts. */
export function planLines(
  plan: Plan,
  tableWidth: number,
  followUps: Pick<FollowUps, 'command'>,
): readonly string[] {
  const lines = plan.units.flatMap((unit) => plannedUnitLines(unit, tableWidth, followUps));
  const counts = new Map<string, number>();
  for (const { state, action } of plan.units) {
    const key = action === 'run' || action === 'remove' ? `${state}, would ${action}` : `${state}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const parts = [...counts].map(([key, count]) => `${formatCount(count)} ${key}`);
  return [
    ...lines,
    '',
    `${plural(plan.units.length, 'unit')}: ${parts.join('; ')}`,
    'dry run: nothing was written',
  ];
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
