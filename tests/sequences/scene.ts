import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Order } from '../crash/order.ts';
import { runLineUnderOrder } from '../crash/scenarios.ts';
import { backcourt } from '../support/run-command.ts';
import type { KnownGame, SourceDesk } from './source-desk.ts';

/** Where a sequence plays: a warehouse, what lies beside it, and the files that it is made from. */
export interface Scene {
  readonly folder: string;
  readonly warehouse: string;
  /** Another warehouse, to copy to and from. */
  readonly other: string;
  /** A copy of the warehouse file, as somebody keeps one of yesterday. */
  readonly kept: string;
  readonly plan: string;
  readonly desk: SourceDesk;
  /** Sources beside the logs of which a file was loaded: the final files have them too. */
  readonly sources: Set<'schedule'>;
  /** Games of wrong files that never were: the final schedule file calls them off. */
  readonly neverPlayed: KnownGame[];
  /** Game id → the date on which the league had it. */
  readonly firstDates: ReadonlyMap<string, string>;
  /** Every command so far with its exit code, and what was done beside. */
  readonly journal: string[];
}

export interface Answer {
  readonly args: readonly string[];
  readonly exitCode: number;
  /** What `--json` has printed. */
  readonly objects: readonly Readonly<Record<string, unknown>>[];
  /** What a person reads. */
  readonly text: string;
}

/** What no state of a warehouse may bring a command to: a bug, a wrong command line, a lock of nobody. */
const never: readonly number[] = [1, 2, 6];

/**
 * Runs a command line in this process. A log that it refuses is deleted where it says so, and the command
 * given again. @throws for an exit code that no state excuses.
 */
export async function command(scene: Scene, args: readonly string[]): Promise<Answer> {
  const answer = await commandOnce(scene, args);
  const logs = answer.exitCode === 8 ? logsToDelete(answer.text) : [];
  if (logs.length === 0) return answer;
  for (const log of logs) {
    note(scene, `rm ${log}`);
    rmSync(log);
  }
  return commandOnce(scene, args);
}

async function commandOnce(scene: Scene, args: readonly string[]): Promise<Answer> {
  const { exitCode, stdout, stderr } = await backcourt([...args, '--json'], {
    answers: answersOf(scene),
  });
  note(scene, `${args.join(' ')} -> ${exitCode}`);
  if (never.includes(exitCode)) throw new Error(`exit code ${exitCode}\n${tail(stderr)}`);
  const objects = stdout.split('\n').filter((line) => line !== '');
  return { args, exitCode, objects: objects.map((line) => JSON.parse(line)), text: stderr };
}

function logsToDelete(text: string): readonly string[] {
  const advice = /delete ((?:"[^"]+"(?: and )?)+) and give the command again/.exec(text)?.[1] ?? '';
  return [...advice.matchAll(/"([^"]+)"/g)].map(([, name = '']) => name);
}

/** Where the commands of a scene keep answers. */
export function answersOf({ folder }: Scene) {
  return { folder: join(folder, 'answers'), code: 'of today' } as const;
}

/** Runs a command line in a process that is killed at its order, if it gets that far. */
export async function commandKilled(
  scene: Scene,
  args: readonly string[],
  order: Order,
): Promise<void> {
  // What a killed process leaves among the temporary files goes with the folder.
  const ended = await runLineUnderOrder(args, order, { TMPDIR: scene.folder });
  const { signal, exitCode, stderr } = ended;
  note(scene, `${args.join(' ')} -> ${signal ?? exitCode}, by ${JSON.stringify(order)}`);
  if (exitCode !== null && never.includes(exitCode)) {
    throw new Error(`exit code ${exitCode}\n${tail(stderr)}`);
  }
}

export function note({ journal, folder }: Scene, text: string): void {
  journal.push(text.replaceAll(`${folder}/`, ''));
}

/** The last lines of what was printed. */
export function tail(text: string): string {
  return text.split('\n').slice(-40).join('\n');
}
