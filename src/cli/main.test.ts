import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it, test } from 'vitest';
import { backcourt } from '../../tests/support/run-command.ts';
import { verbList } from './verb-list.ts';

const src = fileURLToPath(new URL('..', import.meta.url));

/** Files of `src` that are loaded with one of them: those it imports other than as types or when asked. */
function loadedWith(file: string, seen = new Set<string>()): ReadonlySet<string> {
  if (seen.has(file) || !file.startsWith(src) || !existsSync(file)) return seen;
  seen.add(file);
  const imports = readFileSync(file, 'utf8').matchAll(
    /^(?:import|export) (?!type )[^;]*?from '(\.[^']+)';/gm,
  );
  for (const [, path = ''] of imports) loadedWith(join(dirname(file), path), seen);
  return seen;
}

const isLoaded = (file: string, other: string) => loadedWith(join(src, file)).has(join(src, other));

it('help waits for no verb and no engine, and status for nothing that writes', () => {
  expect(isLoaded('cli/main.ts', 'cli/verb-list.ts')).toBe(true);
  for (const { name } of verbList)
    expect(isLoaded('cli/main.ts', `cli/verbs/${name}.ts`)).toBe(false);
  expect(isLoaded('cli/main.ts', 'warehouse/duckdb/duckdb-warehouse.ts')).toBe(false);
  expect(isLoaded('cli/verbs/run.ts', 'run/run-plan.ts')).toBe(true);
  expect(isLoaded('cli/verbs/status.ts', 'plan/coverage.ts')).toBe(true);
  expect(isLoaded('cli/verbs/status.ts', 'run/run-plan.ts')).toBe(false);
});

it('help tells every verb in one line, under what it is for', async () => {
  const { lines } = await backcourt(['--help']);
  const said = lines.map((line) => line.replace(/(?<=\S) {2,}/g, '  '));
  for (const { name, says } of verbList) expect(said).toContain(`  ${name}  ${says}`);
  expect(lines.filter((line) => /^(Look|Work|Prove|Move)\b.*:$/.test(line))).toHaveLength(4);
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
});

test.each(verbList.map(({ name }) => name))(
  '%s --help is what help %s tells, with an example',
  async (name) => {
    const help = await backcourt([name, '--help']);
    expect(help.exitCode).toBe(0);
    expect(help.stdout).toContain(`\nExample:\n  backcourt ${name}`);
    expect((await backcourt(['help', name])).stdout).toBe(help.stdout);
  },
);

test('a verb that is none: the nearest, or all there are where none is near', async () => {
  const { exitCode, stderr, stdout } = await backcourt(['stauts', '--json']);
  expect(exitCode).toBe(2);
  expect(stderr).toMatch(/^error: unknown verb "stauts"; did you mean "status"\?\n$/);
  const far = await backcourt(['xylophone']);
  for (const { name } of verbList) expect(far.stderr).toContain(name);
  expect(JSON.parse(stdout)).toMatchObject({ type: 'error', exit_code: 2 });
});

test.each([
  [['explain'], "missing required argument 'table'; what it takes: npx backcourt explain --help"],
  [
    ['run', '--dates'],
    "option '--dates <list>' argument missing; what it takes: npx backcourt run --help",
  ],
  [['run', '--bakfill'], "unknown option '--bakfill'; did you mean --backfill?"],
  [['--nonsense'], "unknown option '--nonsense'; what it takes: npx backcourt --help"],
])('%j: an error of one line, with what leads on', async (argv, message) => {
  const { exitCode, stderr } = await backcourt(argv);
  expect([exitCode, stderr]).toEqual([2, `error: ${message}\n`]);
});

test('a table is found with its dataset as without', async () => {
  for (const name of [
    'nba_raw.shots',
    'nba_predictions.ml_feature_store',
    'backcourt.runs',
    'runs',
  ]) {
    const { exitCode, lines } = await backcourt(['describe', name]);
    expect([exitCode, lines[0]]).toEqual([0, expect.stringContaining(`${name}: `)]);
  }
});
