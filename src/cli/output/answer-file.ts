import {
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { digest } from '../../table/digest.ts';
import { ownName, removeLeftovers } from '../../warehouse/own-names.ts';

/** A piece of what was printed. */
export interface Spoken {
  readonly stream: 'stdout' | 'stderr';
  readonly text: string;
}

/** What was asked for, of what, and what was printed. */
export interface Answer {
  /** All that the answer follows from. */
  readonly question: string;
  readonly exitCode: number;
  readonly spoken: readonly Spoken[];
}

/** So many answers are kept, and none of more bytes. */
const mostAnswers = 30;
const mostBytes = 4_000_000;

/** The last line of an answer that was written to its end. */
const end = 'end';

/** The answer to this very question; `undefined` where none is kept, or somebody else could have written it. */
export function readAnswer(folder: string, question: string): Omit<Answer, 'question'> | undefined {
  if (!isOwn(folder)) return undefined;
  try {
    const text = readFileSync(join(folder, fileName(question)), 'utf8');
    const [asked, exitCode, ...lines] = text.split('\n');
    if (asked !== question || lines.pop() !== end) return undefined;
    return { exitCode: Number(exitCode), spoken: lines.map(readSpoken) };
  } catch {
    return undefined;
  }
}

/** Keeps an answer, and forgets the oldest of many. Where it cannot be kept, it is given anew the next time. */
export function writeAnswer(folder: string, { question, exitCode, spoken }: Answer): void {
  const pieces = spoken.map(({ stream, text }) => `${stream} ${JSON.stringify(text)}`);
  const text = [question, exitCode, ...pieces, end].join('\n');
  if (text.length > mostBytes) return;
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch {
    // It is there, or cannot be made, which the next lines find out.
  }
  if (!isOwn(folder)) return;
  const partial = ownName(join(folder, 'partial-'));
  try {
    removeLeftovers(folder, 'partial-');
    writeFileSync(partial, text, { mode: 0o600 });
    renameSync(partial, join(folder, fileName(question)));
    forgetOldest(folder);
  } catch {
    rmSync(partial, { force: true });
  }
}

function readSpoken(line: string): Spoken {
  const isOut = line.startsWith('stdout ');
  const text: unknown = JSON.parse(line.slice('stdout '.length));
  return { stream: isOut ? 'stdout' : 'stderr', text: String(text) };
}

function fileName(question: string): string {
  return `${digest(question)}.answer`;
}

/** TRUE for a folder that nobody but this user can write to. */
function isOwn(folder: string): boolean {
  const there = lstatSync(folder, { throwIfNoEntry: false });
  if (!there?.isDirectory()) return false;
  const user = process.getuid?.();
  return user === undefined || (there.uid === user && (there.mode & 0o022) === 0);
}

function forgetOldest(folder: string): void {
  const answers = readdirSync(folder)
    .filter((name) => name.endsWith('.answer'))
    .map((name) => ({ path: join(folder, name), at: statSync(join(folder, name)).mtimeMs }))
    .sort((a, b) => b.at - a.at);
  for (const { path } of answers.slice(mostAnswers)) rmSync(path, { force: true });
}
