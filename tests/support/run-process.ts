import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { linesOf } from './lines.ts';

export const repositoryRoot = resolve(import.meta.dirname, '../..');
export const commandFile = resolve(repositoryRoot, 'bin/backcourt.js');

/** The file a person runs to fill one table. */
export function jobFile(phase: 'analytics' | 'precompute', table: string): string {
  return resolve(repositoryRoot, `backfill_jobs/${phase}/${table}/${table}_${phase}_backfill.ts`);
}

export interface Ended {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly lines: readonly string[];
}

export interface Running {
  readonly pid: number;
  /** Resolves when stdout has shown `text`. */
  says(text: string): Promise<void>;
  kill(signal: NodeJS.Signals): void;
  /** Lets a process end that waits for its stdin to close. */
  closeStdin(): void;
  readonly ended: Promise<Ended>;
}

/** Starts a script with this very Node, in the root of the repository. */
export function startNode(script: string, args: readonly string[]): Running {
  return start(process.execPath, [script, ...args], false);
}

export function runNode(script: string, args: readonly string[]): Promise<Ended> {
  return startNode(script, args).ended;
}

/** What pasting a line into a shell does. */
export function runShellLine(line: string): Promise<Ended> {
  return start(line, [], true).ended;
}

function start(command: string, args: readonly string[], shell: boolean): Running {
  const child = spawn(command, args, { cwd: repositoryRoot, shell, stdio: 'pipe' });
  let stdout = '';
  let stderr = '';
  const waiting: { readonly text: string; readonly resolve: () => void }[] = [];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    for (const waiter of waiting) if (stdout.includes(waiter.text)) waiter.resolve();
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const ended = new Promise<Ended>((resolveEnd, reject) => {
    child.on('error', reject);
    child.on('close', (exitCode, signal) =>
      resolveEnd({ exitCode, signal, stdout, stderr, lines: linesOf(stdout) }),
    );
  });
  return {
    pid: child.pid ?? 0,
    says: (text) =>
      Promise.race([
        new Promise<void>((resolveText) => {
          if (stdout.includes(text)) resolveText();
          waiting.push({ text, resolve: resolveText });
        }),
        ended.then((end) => {
          if (!end.stdout.includes(text)) {
            throw new Error(`ended with ${end.exitCode} without saying "${text}": ${end.stderr}`);
          }
        }),
      ]),
    kill: (signal) => void child.kill(signal),
    closeStdin: () => void child.stdin.end(),
    ended,
  };
}
