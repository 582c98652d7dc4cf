import type { StrangerTable } from '../../plan/stranger-tables.ts';
import { strangerLine } from './stranger-line.ts';

/** What stands of tables that are none here and so does not go along, and how it would. */
export function leftBehindLines(strangers: readonly StrangerTable[]): readonly string[] {
  if (strangers.length === 0) return [];
  return [
    ...strangers.map(strangerLine),
    'left behind: own tables go along with their project; call it in its folder, or with --project <folder>',
  ];
}
