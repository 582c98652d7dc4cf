import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { gameDatesOf } from '../support/equal-hashes.ts';
import { backcourt, runJob } from '../support/run-command.ts';
import { simulatedWarehouse } from '../support/simulated-warehouse.ts';
import { tempFolder } from '../support/temp-folder.ts';

const folder = tempFolder('terminal');
const zones = 'team_defense_zone_analysis';
const tables = `team_offense_game_summary,team_defense_game_summary,${zones}`;
let path: string;
let days: readonly string[];
let copies = 0;

beforeAll(async () => {
  ({ path } = await simulatedWarehouse(folder, { gamesPerTeam: 12, postseason: false }));
  // A day is left out, so that what looks back on it warns.
  days = (await gameDatesOf(path)).slice(0, 15).filter((_, index) => index !== 3);
});

function run(
  more: readonly string[],
  surroundings: Parameters<typeof backcourt>[1],
  worked = tables,
) {
  copies += 1;
  const copy = join(folder, `copy-${copies}.duckdb`);
  copyFileSync(path, copy);
  const on = ['--tables', worked, '--dates', days.join(','), '--warehouse', copy];
  const words = ['run', '--backfill', ...on, ...more];
  return backcourt(words, surroundings);
}

/** Lines that begin with what a unit's line begins with. */
const ofUnits = (lines: readonly string[]) =>
  lines.filter((line) => /^(\d{4}-\d\d-\d\d {2}|Skipping |--- |warning: )/.test(line));

describe('a run', () => {
  test('at a terminal tells how it ends and what warned, and nothing of single dates', async () => {
    const { lines, exitCode } = await run([], { screen: 80 });
    expect(exitCode).toBe(0);
    expect(ofUnits(lines)).toEqual([]);
    expect(lines.length).toBeLessThan(30);
    expect(lines[0]).toMatch(/^backfill of 3 tables: /);
    expect(lines.join(' ')).toMatch(/42 units: \d+ written/);
    expect(lines).toContain('warned:');
    expect(lines.join(' ').replace(/ +/g, ' ')).toMatch(
      /team_defense_zone_analysis \S+ to \S+, \d+ dates Only \d+\/15 Phase 3 days available on the first/,
    );
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  test('into a pipe, and at a terminal with --verbose, has a line per unit', async () => {
    const inPipe = await run([], {});
    expect(ofUnits(inPipe.lines).length).toBeGreaterThan(42);
    expect(inPipe.lines).not.toContain('warned:');
    const verbose = await run(['--verbose'], { screen: 200 });
    const words = (lines: readonly string[]) =>
      ofUnits(lines).map((line) => line.replace(/[\d.]+ s\b/g, ''));
    expect(words(verbose.lines)).toEqual(words(inPipe.lines));
  });

  test('tells blocked dates and keeps their commands whole at any width', async () => {
    const { lines, exitCode } = await run([], { screen: 60 }, zones);
    expect(exitCode).toBe(5);
    expect(ofUnits(lines)).toEqual([]);
    expect(lines).toContain('blocked:');
    const command = lines.filter((line) => line.includes('help: '));
    expect(command.length).toBeGreaterThan(0);
    expect(command.every((line) => line.includes('--warehouse'))).toBe(true);
    const others = lines.filter((line) => !line.includes('npx backcourt '));
    // The place of the warehouse is one word.
    const broken = others.filter((line) => !line.includes(folder));
    expect(Math.max(...broken.map((line) => line.length))).toBeLessThanOrEqual(60);
  });

  test('with --json at a terminal sends machines a line per unit all the same', async () => {
    const { lines, stderr } = await run(['--json'], { screen: 80, terminal: true });
    const types = lines.map((line) => JSON.parse(line).type);
    expect(types.filter((type) => type === 'unit').length).toBe(42);
    expect(ofUnits(stderr.split('\n'))).toEqual([]);
  });
});

test('a job has a line per date at a terminal too', async () => {
  copies += 1;
  const copy = join(folder, `copy-${copies}.duckdb`);
  copyFileSync(path, copy);
  const words = ['--dates', days.join(','), '--warehouse', copy];
  const { lines } = await runJob('team_offense_game_summary', words, { screen: 80 });
  expect(lines.filter((line) => /^\d{4}-\d\d-\d\d {2}done/.test(line))).toHaveLength(14);
});

test('a report is broken between words, a statement is not', async () => {
  const [day = ''] = days;
  const explained = await backcourt(['explain', zones, day, '--warehouse', path], { screen: 50 });
  const prose = explained.lines.filter((line) => !line.includes('npx backcourt '));
  expect(Math.max(...prose.map((line) => line.length))).toBeLessThanOrEqual(50);
  const words = ['plan', '--backfill', '--sql', '--dates', day, '--warehouse', path];
  const inPipe = await backcourt(words);
  const atTerminal = await backcourt(words, { screen: 50 });
  expect(atTerminal.lines.length).toBe(inPipe.lines.length);
});
