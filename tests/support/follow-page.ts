import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { repositoryRoot, startShell } from './run-process.ts';

/** A fenced block of a page. */
export interface Block {
  readonly page: string;
  readonly line: number;
  /** What stands behind the fence. */
  readonly info: string;
  readonly text: string;
}

/** The fenced blocks of a page, indented ones too. */
export function blocksOf(page: string): readonly Block[] {
  const text = readFileSync(join(repositoryRoot, page), 'utf8');
  return [...text.matchAll(/^( *)```(.*)\n([\s\S]*?)^\1```$/gm)].map(
    ({ index, 1: indent = '', 2: info = '', 3: body = '' }) => ({
      page,
      line: text.slice(0, index).split('\n').length,
      info,
      text: body.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
    }),
  );
}

/** Does what a block says, as it stands, and expects that it works. @param env added to the environment. */
export async function follow(
  { page, line, info, text }: Block,
  folder: string,
  env: Readonly<Record<string, string>> = {},
): Promise<void> {
  const command = info === 'python' ? `/usr/bin/python3 - <<'PYTHON'\n${text}PYTHON\n` : text;
  const shell = startShell(command, folder, env);
  if (/^npx backcourt serve\b/m.test(text)) {
    // It shows its pages until it is told to end.
    await shell.says('http://127.0.0.1');
    shell.kill('SIGINT');
    await shell.ended;
    return;
  }
  const { exitCode, stdout, stderr } = await shell.ended;
  expect(exitCode, `${page}:${line}\n${text}\n${stdout.slice(-3000)}\n${stderr.slice(-3000)}`).toBe(
    0,
  );
}
