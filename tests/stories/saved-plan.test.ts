import { copyFileSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { readPlanFile } from '../../src/cli/work/read-plan-file.ts';
import { planDigest, planFormatVersion } from '../../src/plan/saved-plan.ts';
import { savedPlanText } from '../../src/report/saved-plan-json.ts';
import { loadTables } from '../../src/table/table-registry.ts';
import type { DuckDbWarehouse } from '../../src/warehouse/duckdb/duckdb-warehouse.ts';
import { gameDatesOf } from '../support/equal-hashes.ts';
import { backcourt, prepare } from '../support/run-command.ts';
import { runTables, withOpenFile } from '../support/run-tables.ts';
import { simulatedWarehouse } from '../support/simulated-warehouse.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { changeFile, partitionHashes, queryFile } from '../support/warehouse-file.ts';

const folder = tempFolder('saved-plan');
const summaries = 'team_offense_game_summary,team_defense_game_summary';
let path: string;
let dates: readonly string[];
let copies = 0;

beforeAll(async () => {
  ({ path } = await simulatedWarehouse(folder, { postseason: false }));
  dates = await gameDatesOf(path);
});

function copy(): string {
  copies += 1;
  const target = join(folder, `copy-${copies}.duckdb`);
  copyFileSync(path, target);
  return target;
}

const range = (from: number, to: number) => ['--dates', dates.slice(from, to).join(',')];

/** Saves a plan of twelve dates of two tables. */
async function savePlan(warehouse: string, ...more: readonly string[]): Promise<string> {
  const file = join(folder, `plan-${copies}.json`);
  await prepare([
    ...['plan', '--backfill', '--tables', summaries, ...range(0, 12), ...more],
    ...['--save', file, '--warehouse', warehouse],
  ]);
  return file;
}

describe('plan', () => {
  test('writes nothing, and a run does what it says', async () => {
    const warehouse = copy();
    const before = statSync(warehouse);
    const args = ['--backfill', '--tables', summaries, ...range(0, 12), '--warehouse', warehouse];
    const plan = await backcourt(['plan', ...args]);
    expect(plan.exitCode).toBe(0);
    expect(plan.lines).toContain('nothing was written');
    expect(plan.stdout).toContain('24 units would run: rows and time unknown');
    expect([statSync(warehouse).mtimeMs, statSync(warehouse).size]).toEqual([
      before.mtimeMs,
      before.size,
    ]);

    const run = await prepare(['run', ...args]);
    expect(run.stdout).toContain('24 units: 24 written');
    const again = await backcourt(['plan', ...args]);
    expect(again.lines).toContain('nothing to do');
  });

  test('without dates means every scheduled date', async () => {
    const { stdout } = await backcourt(['plan', '--backfill', '--json', '--warehouse', path]);
    const last: { readonly request: { readonly dates: readonly string[] } } = JSON.parse(
      stdout.trim().split('\n').at(-1) ?? '',
    );
    expect(last.request.dates).toEqual(dates);
  });

  test('does not make a warehouse that is not there', async () => {
    const nowhere = join(folder, 'nowhere.duckdb');
    expect((await backcourt(['plan', '--warehouse', nowhere])).exitCode).toBe(5);
    expect(existsSync(nowhere)).toBe(false);
  });

  test('expects rows and time by the history of the ledger', async () => {
    const warehouse = copy();
    const common = ['--backfill', '--tables', summaries, '--warehouse', warehouse];
    await prepare(['run', ...common, ...range(0, 10)]);
    const plan = await backcourt(['plan', ...common, ...range(10, 20), '--json']);
    const total: unknown = JSON.parse(plan.stdout.trim().split('\n').at(-1) ?? '');
    expect(total).toMatchObject({
      type: 'plan',
      units_to_run: 20,
      units_without_history: 0,
      expected_rows: expect.any(Number),
      expected_seconds: expect.any(Number),
    });
  });

  test('exits 5 when something is blocked', async () => {
    const plan = await backcourt([
      ...['plan', '--backfill', '--tables', 'team_defense_game_summary'],
      ...[...range(0, 3), '--warehouse', path],
    ]);
    expect(plan.exitCode).toBe(5);
    expect(plan.stdout).toContain('help: npx backcourt run');
  });
});

describe('plan --sql', () => {
  /** Values that only a run can know. */
  const masked = (sql: string) =>
    sql
      .replace(/'known when the rows are staged'/g, '?')
      .replace(/'[0-9a-f]{16}'/g, '?')
      .replace(/'\{"(total|[a-z_]+":"[0-9a-f-]{1,8}").*?\}'/g, '?')
      .replace(/TIMESTAMPTZ '[^']*'/g, '?')
      .replace(/'\d{8}T\d{6}Z-\w+'|'run'/g, '?')
      .replace(/\["([a-z_]+)","([\d-]+)","done",.*?T[\d:.]+Z"\]/g, '["$1","$2",…]')
      .trim();

  test('prints what a run sends, statement for statement: table by table, and in a chain', async () => {
    const warehouse = copy();
    const chosen = ['team_offense_game_summary', 'team_defense_game_summary'];
    const plan = await prepare([
      ...['plan', '--backfill', '--tables', summaries, ...range(0, 12)],
      ...['--batch-days', '8', '--sql', '--json', '--warehouse', warehouse],
    ]);
    const printed = plan.stdout
      .trim()
      .split('\n')
      .map((line): { readonly sql: string; readonly purpose: string } => JSON.parse(line))
      .filter(({ purpose }) => !/^the run|^functions|^where rows/.test(purpose))
      .map(({ sql }) => sql);

    const sent: string[] = [];
    const registry = await loadTables();
    await withOpenFile(warehouse, (open) =>
      runTables(spyOn(open, sent), registry, {
        tables: chosen,
        dates: dates.slice(0, 12),
        batchDays: 8,
      }),
    );
    const first = sent.findIndex((sql) => sql.startsWith('CREATE OR REPLACE TABLE'));
    const last = sent.findLastIndex((sql) => sql.includes('AS confirmed'));
    expect(printed.map(masked)).toEqual(sent.slice(first, last + 1).map(masked));
    expect(printed).toHaveLength(3 * 9);
    // The SQL is not told a second time to the person beside the machine.
    expect(plan.stderr.trim()).toMatch(/^[\d,]+ statements$/);
  });

  test('can be run by any connection to the file', async () => {
    const warehouse = copy();
    const { stdout } = await prepare([
      ...['plan', '--backfill', '--tables', 'team_offense_game_summary', ...range(0, 3)],
      ...['--sql', '--json', '--warehouse', warehouse],
    ]);
    const statements = stdout
      .trim()
      .split('\n')
      .map((line): string => JSON.parse(line).sql);
    await changeFile(warehouse, statements.join(';\n'));
    const rows = await queryFile(
      warehouse,
      'SELECT COUNT(DISTINCT game_date) FROM nba_analytics.team_offense_game_summary',
    );
    expect(Number(rows[0]?.[0])).toBe(3);
  });

  test('is a script with comments', async () => {
    const { stdout } = await prepare([
      ...['plan', '--backfill', '--tables', 'team_offense_game_summary', ...range(0, 2)],
      ...['--sql', '--warehouse', path],
    ]);
    for (const part of ['stage the rows', 'look at them', 'commit rows and records']) {
      expect(stdout).toContain(`-- team_offense_game_summary: ${part}`);
    }
  });
});

/** The same warehouse, which notes what it is sent. */
function spyOn(open: DuckDbWarehouse, sent: string[]): DuckDbWarehouse {
  const spy: DuckDbWarehouse = {
    ...open,
    query: (sql) => {
      sent.push(sql.trim());
      return open.query(sql);
    },
    stage: (name, select) => {
      sent.push(open.stageSql(name, select).trim());
      return open.stage(name, select);
    },
    stageAll: (stagings, question) => {
      sent.push(...stagings.map(({ name, select }) => open.stageSql(name, select).trim()));
      sent.push(question.trim());
      return open.stageAll(stagings, question);
    },
    commit: (statements, question) => {
      sent.push('BEGIN TRANSACTION', ...statements.map((sql) => sql.trim()), 'COMMIT');
      if (question !== undefined) sent.push(question.trim());
      return open.commit(statements, question);
    },
    commitWhile: async (statements, rest, question) => {
      const more = await rest({ dialect: open.dialect, query: (sql) => spy.query(sql) });
      if (more === undefined) return undefined;
      return spy.commit([...statements, ...more], question);
    },
  };
  return spy;
}

describe('run --plan', () => {
  test('carries out exactly the plan, and the ledger says which', async () => {
    const warehouse = copy();
    const file = await savePlan(warehouse, '--batch-days', '4');
    const { digest } = JSON.parse(readFileSync(file, 'utf8'));
    const run = await backcourt(['run', '--plan', file, '--warehouse', warehouse]);
    expect([run.exitCode, run.stderr]).toEqual([0, '']);
    expect(run.stdout).toContain('24 units: 24 written');
    const [row] = await queryFile(warehouse, "SELECT request FROM backcourt.runs WHERE verb='run'");
    expect(JSON.parse(String(row?.[0]))).toMatchObject({ plan: digest, batch_days: 4 });

    const again = await backcourt(['run', '--plan', file, '--warehouse', warehouse]);
    expect(again.exitCode).toBe(4);
    expect(again.stdout).toContain('state: was missing, is done');
  });

  test.each([
    [
      'an input was corrected',
      `UPDATE backcourt.partitions SET data_hash = 'other' WHERE table_name = 'player_box' AND partition_date = DATE '$day'`,
      /^ {2}\$day {2}team_offense_game_summary {2}inputs \(fingerprint\): was \w{16}, is \w{16}$/m,
    ],
    [
      'an input has gone',
      `DELETE FROM backcourt.partitions WHERE table_name = 'player_box' AND partition_date = DATE '$day'`,
      /^ {2}\$day {2}team_offense_game_summary {2}state: was missing, is blocked$/m,
    ],
  ])('is refused with 4 when %s; nothing is written', async (_, change, line) => {
    const warehouse = copy();
    const file = await savePlan(warehouse);
    const day = dates[3] ?? '';
    await changeFile(warehouse, change.replaceAll('$day', day));
    const before = await partitionHashes(warehouse);
    const run = await backcourt(['run', '--plan', file, '--warehouse', warehouse]);

    expect(run.exitCode).toBe(4);
    expect(run.stdout.replaceAll(day, '$day')).toMatch(line);
    expect(run.stdout).toContain('nothing was written');
    expect(await partitionHashes(warehouse)).toEqual(before);
    expect(await queryFile(warehouse, "SELECT 1 FROM backcourt.runs WHERE verb='run'")).toEqual([]);
  });

  test('a file that was changed by hand is refused', async () => {
    const warehouse = copy();
    const file = await savePlan(warehouse);
    const text = readFileSync(file, 'utf8');
    const moved = join(folder, 'moved.json');
    writeFileSync(moved, text.replace(/"definition_version":"\w{4}/, '"definition_version":"0000'));
    const changed = await backcourt(['run', '--plan', moved, '--warehouse', warehouse]);
    expect(changed.exitCode).toBe(2);
    expect(changed.stderr).toContain('was changed after it was saved');
  });

  test.each([
    ['bootstrap_days', -5, 'option bootstrap_days=-5 is not a whole number from 0 to 60'],
    ['min_games', 1.5, 'option min_games=1.5 is not a whole number from 1 to 82'],
    ['no_such', 1, 'none of its tables knows the option "no_such"'],
  ])('an option that no flag could give is refused: %s=%d', async (name, value, message) => {
    const warehouse = copy();
    const saved = readPlanFile(await savePlan(warehouse));
    const options = { [name]: value };
    const tables = ['team_defense_zone_analysis'];
    const content = { ...saved, request: { ...saved.request, tables, options } };
    const file = join(folder, 'out-of-range.json');
    writeFileSync(file, savedPlanText({ ...content, digest: planDigest(content) }, []));
    const run = await backcourt(['run', '--plan', file, '--warehouse', warehouse]);
    expect([run.exitCode, run.stderr]).toEqual([2, expect.stringContaining(message)]);
  });

  test.each([
    ['--tables', 'team_offense_game_summary'],
    ['--dates', '2023-11-01'],
    ['--start-date', '2023-11-01'],
    ['--option', 'min_games=4'],
    ['--batch-days', '3'],
    ['--backfill', ''],
    ['--stale', ''],
    ['--rewrite', ''],
    ['--allow-shrink', ''],
  ])('%s contradicts it', async (flag, value) => {
    const args = [flag, ...(value === '' ? [] : [value])];
    const run = await backcourt(['run', '--plan', 'any.json', ...args, '--warehouse', path]);
    expect(run.exitCode).toBe(2);
    expect(run.stderr).toContain(`${flag} cannot be combined with --plan`);
  });

  test.each([
    ['that is not there', undefined, 'there is no plan "'],
    ['that is no JSON', 'hello', 'is no saved plan'],
    [
      'that is something else',
      `{"format_version": ${planFormatVersion}}`,
      'is no saved plan: digest',
    ],
    ['of another format', '{"format_version": 99}', 'has plan format 99'],
    ['of an older format', '{"format_version": 1}', 'save it again'],
  ])('a file %s is a usage error', async (_, content, message) => {
    const file = join(folder, 'bad-plan.json');
    if (content !== undefined) writeFileSync(file, content);
    const given = content === undefined ? join(folder, 'no-plan.json') : file;
    const run = await backcourt(['run', '--plan', given, '--warehouse', path]);
    expect(run.exitCode).toBe(2);
    expect(run.stderr).toContain(message);
  });
});

describe('run --stale', () => {
  test('works what is stale with the options it was made with, and nothing that is missing', async () => {
    const warehouse = copy();
    const all = range(0, 20);
    const on = ['--warehouse', warehouse];
    await prepare(['run', '--backfill', '--tables', summaries, ...all, ...on]);
    await prepare([
      ...['run', '--backfill', '--tables', 'team_defense_zone_analysis', ...range(8, 20)],
      ...['--option', 'min_games=3', ...on],
    ]);
    expect((await backcourt(['run', '--stale', ...on])).lines.at(-1)).toBe('nothing to do');

    const day = dates[4] ?? '';
    await changeFile(
      warehouse,
      `UPDATE nba_raw.player_box SET ast = ast + 1 WHERE game_date = DATE '${day}';
      UPDATE backcourt.partitions SET data_hash = 'corrected' WHERE table_name = 'player_box' AND partition_date = DATE '${day}'`,
    );
    const run = await backcourt(['run', '--stale', '--json', ...on]);
    expect(run.exitCode).toBe(0);
    const units = run.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
      .filter(({ type }) => type === 'unit');
    const ran = units.map(({ table, date, outcome }) => `${table} ${date} ${outcome}`);
    expect(ran[0]).toBe(`team_offense_game_summary ${day} written`);
    expect(ran[1]).toMatch(`team_defense_game_summary ${day}`);
    expect(ran).toHaveLength(2 + 12);
    const options = await queryFile(
      warehouse,
      `SELECT DISTINCT options FROM backcourt.partitions WHERE table_name = 'team_defense_zone_analysis'`,
    );
    expect(options).toEqual([['{"min_games":3,"quality_threshold":0}']]);
    expect((await backcourt(['run', '--stale', ...on])).lines.at(-1)).toBe('nothing to do');
  });
});
