import type { Plan } from '../plan/plan.ts';
import type { SavedPlan } from '../plan/saved-plan.ts';
import { reasonJson, toJson } from './words/json.ts';

/**
 * A saved plan as the JSON file that `run --plan` reads: one line per unit, so that files compare well.
 * @param units of the plan, whose reasons are for who reads the file.
 */
export function savedPlanText(saved: SavedPlan, units: Plan['units']): string {
  const { units: savedUnits, ...head } = savedPlanJson(saved);
  const fields = Object.entries(head).map(([name, value]) =>
    toJson({ [name]: value }).slice(1, -1),
  );
  const lines = savedUnits.map((unit, index) => {
    const reason = units[index]?.reason;
    return `  ${toJson({ ...unit, reason: reason && reasonJson(reason) })}`;
  });
  return `{\n${fields.join(',\n')},\n"units": [\n${lines.join(',\n')}\n]\n}\n`;
}

/** The fields of a saved plan, in the order in which they are written. */
export function savedPlanJson({ formatVersion, digest, request, ...rest }: SavedPlan) {
  const { select, ...asked } = request;
  return { formatVersion, digest, request: { ...asked, select: select ?? null }, ...rest };
}
