import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { bySeverity, stateNames, unitStates } from '../../src/plan/unit-state.ts';
import { withStateTables } from '../../src/report/state-table.ts';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

test.each(['README.md', 'docs/runbook.md'])(
  '%s tells every state; npm run docs writes it',
  (path) => {
    const page = read(path);
    for (const state of stateNames) expect(page).toContain(`\n| \`${state}\` | `);
    expect(withStateTables(page)).toBe(page);
  },
);

test('every state has a letter and a severity of its own', () => {
  const rows = stateNames.map((state) => unitStates[state]);
  expect(new Set(rows.map(({ letter }) => letter)).size).toBe(rows.length);
  expect(new Set(rows.map(({ severity }) => severity)).size).toBe(rows.length);
  expect([...bySeverity].sort()).toEqual([...stateNames].sort());
});
