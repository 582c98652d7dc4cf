import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { importOwn } from './import-own.ts';

const folder = mkdtempSync(join(tmpdir(), 'import-own-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** What is said of a file. @param seconds after which it is given up. */
async function told(name: string, text: string, seconds = 60): Promise<string> {
  const path = join(folder, `${name}.mjs`);
  writeFileSync(path, text);
  return importOwn(path, { name, definedIn: `tables/${name}.mjs` }, seconds).then(
    () => 'nothing',
    (error: unknown) => String(error),
  );
}

test.each<readonly [string, string, string]>([
  ['waits', 'await new Promise(() => {});', 'has not come to an end after 0.2 s'],
  ['leaves', 'process.exit(0);', 'it calls process.exit'],
  ['catches', 'try { process.exit(0); } catch {}', 'it calls process.exit'],
  ['throws', "\nthrow new Error('boo');", 'boo'],
])('a file that %s is told by its name', async (name, text, what) => {
  const said = await told(name, text, name === 'waits' ? 0.2 : 60);
  expect(said).toContain(`BadDefinition: tables/${name}.mjs: `);
  expect(said).toContain(what);
});

test('a file may take its time', async () => {
  expect(await told('slow', 'await new Promise((resolve) => setTimeout(resolve, 20));')).toBe(
    'nothing',
  );
});
