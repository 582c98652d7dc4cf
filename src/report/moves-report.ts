import type { PlanMove } from '../plan/find-plan-moves.ts';
import type { FollowUps } from './follow-ups.ts';
import { plural } from './words/format.ts';
import { toJson } from './words/json.ts';

const words: Readonly<Record<PlanMove['what'], string>> = {
  definition: 'the definition of the table',
  options: 'the options of the table',
  state: 'state',
  inputs: 'inputs (fingerprint)',
  rows: 'rows that stand there (hash)',
  action: 'what is to be done',
};

/** Why a saved plan is not carried out: every unit that is no longer as it was planned. */
export function movesReport(
  path: string,
  moves: readonly PlanMove[],
  { command }: Pick<FollowUps, 'command'>,
): { readonly lines: readonly string[]; readonly json: readonly string[] } {
  return {
    lines: [
      `the plan "${path}" is stale: ${plural(moves.length, 'thing')} moved since it was saved; nothing was written`,
      ...moves.map(
        ({ table, date, what, was, is }) =>
          `  ${date === undefined ? '' : `${date}  `}${table}  ${words[what]}: was ${was}, is ${is}`,
      ),
      `look at what would run now with: ${command('plan')}`,
    ],
    json: [
      ...moves.map((move) => toJson({ type: 'move', ...move })),
      toJson({ type: 'plan_stale', plan: path, moves: moves.length, exitCode: 4 }),
    ],
  };
}
