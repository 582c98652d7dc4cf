/** The recipes of CONTRIBUTING.md are followed as they stand, each in a copy of the checkout. */
import { execFile } from 'node:child_process';
import { readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { copyOfCheckout } from '../support/copy-of-checkout.ts';
import { tempFolder } from '../support/temp-folder.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = tempFolder('recipes');
const run = promisify(execFile);

interface Recipe {
  readonly title: string;
  /** The whole change. */
  readonly patch: string;
  /** What must be green after it. */
  readonly commands: string;
}

function recipesOf(page: string): readonly Recipe[] {
  return page
    .split(/^### /m)
    .slice(1)
    .flatMap((section) => {
      const [title = ''] = section.split('\n');
      const blocks = (language: string) =>
        [...section.matchAll(new RegExp(`^\`\`\`${language}\n([\\s\\S]*?)^\`\`\``, 'gm'))]
          .map(([, text = '']) => text)
          .join('');
      const patch = blocks('diff');
      return patch === '' ? [] : [{ title, patch, commands: blocks('sh') }];
    });
}

/** A copy of the checkout with the installed packages. */
function checkoutFor(name: string): string {
  const copy = copyOfCheckout(join(folder, name));
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  return copy;
}

async function shell(command: string, cwd: string): Promise<string> {
  const path = `${join(root, 'node_modules/.bin')}:${process.env['PATH']}`;
  try {
    const { stdout, stderr } = await run('bash', ['-euc', command], {
      cwd,
      env: { ...process.env, PATH: path, NO_COLOR: '1' },
      maxBuffer: 1 << 26,
    });
    return stdout + stderr;
  } catch (error) {
    const said = error as { readonly stdout?: string; readonly stderr?: string };
    throw new Error(`${command}\n${said.stdout}\n${said.stderr}`);
  }
}

const recipes = recipesOf(readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8'));

test('there are recipes, each with a change and with what must be green', () => {
  expect(recipes.map(({ title }) => title)).toEqual([
    'A column',
    'A table',
    'A source of files',
    'A flag of a verb',
    'A column of the ledger',
  ]);
  for (const { commands } of recipes) expect(commands).toContain('vitest run');
});

test.each(recipes)('$title', async ({ title, patch, commands }) => {
  const copy = checkoutFor(title.replaceAll(' ', '-'));
  await shell(`git init -q . && git apply --whitespace=nowarn - <<'PATCH'\n${patch}PATCH`, copy);
  await shell('tsc --noEmit && biome check --diagnostic-level=error src data_processors', copy);
  const said = await shell(commands, copy);
  expect(said).toMatch(/Tests +\d+ passed/);
});
