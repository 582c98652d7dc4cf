import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AnswerFolder } from '../cli-context.ts';

/**
 * Where the built command keeps answers: in the system's folder for temporary files, which may be emptied at any time.
 * @param main address of the file that the command begins with; the names of all others are in it, with digests of
 * what they say.
 * @returns `undefined` for sources, which may change from one command to the next.
 */
export function answerFolder(main: string): AnswerFolder | undefined {
  if (!/\/dist\/command\/main\.js$/.test(main)) return undefined;
  const user = process.getuid?.() ?? 'own';
  return {
    folder: join(tmpdir(), `backcourt-answers-${user}`),
    code: hash('sha256', readFileSync(fileURLToPath(main)), 'hex'),
  };
}
