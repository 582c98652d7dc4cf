import type { Reason } from '../../plan/reason.ts';
import type { Remedy } from '../../plan/remedy.ts';
import type { TableFault } from '../../run/failed-tables.ts';
import type { UnitOutcome } from '../../run/work/unit-result.ts';
import { commandText } from './command-text.ts';
import { reasonText } from './reason-text.ts';
import { tableFaultText } from './table-fault-text.ts';

/** A value as JSON on one line, every field in snake_case: how `--json` and the pages' server spell. */
export function toJson(value: object): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).map(([name, own]) => [snakeCase(name), own]))
      : part,
  );
}

function snakeCase(name: string): string {
  return name.replace(/(?<=[a-z0-9])[A-Z]/g, (capital) => `_${capital.toLowerCase()}`);
}

/** A reason for machines, with its sentence. */
export function reasonJson(reason: Reason): Reason & { readonly text: string } {
  return { ...reason, text: reasonText(reason) };
}

/** A remedy for machines, with its command; `undefined` stays so. */
export function remedyJson(remedy: Remedy | undefined) {
  return remedy && { ...remedy, command: `backcourt ${commandText(remedy)}` };
}

/** What became of a unit, with its reason and remedy. */
export function outcomeJson(outcome: UnitOutcome): { readonly kind: UnitOutcome['kind'] } {
  return {
    ...outcome,
    ...('reason' in outcome && { reason: reasonJson(outcome.reason) }),
    ...('remedy' in outcome && { remedy: remedyJson(outcome.remedy) }),
  };
}

/** A planned unit, or one that is blocked, with its reason and remedy. */
export function unitJson<
  T extends { readonly reason: Reason; readonly remedy: Remedy | undefined },
>(unit: T) {
  return { ...unit, reason: reasonJson(unit.reason), remedy: remedyJson(unit.remedy) };
}

/** Why a table failed as a whole, with its sentence. */
export function tableFaultJson(fault: TableFault): object {
  return { ...fault, text: tableFaultText(fault) };
}
