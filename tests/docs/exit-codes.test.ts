import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { exitCodes } from '../../src/run/exit-codes.ts';

test('README lists every exit code, and no other', () => {
  const page = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  const table = page.slice(page.indexOf('| exit | meaning |'));
  const listed = [...table.slice(0, table.indexOf('\n\n')).matchAll(/^\| (\d+) \|/gm)];
  expect(listed.map(([, code]) => Number(code))).toEqual(
    Object.values(exitCodes).toSorted((a, b) => a - b),
  );
});
