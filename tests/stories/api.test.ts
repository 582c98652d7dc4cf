import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, expect, test } from 'vitest';
import {
  AbsentWarehouse,
  BadDefinition,
  openWarehouse,
  plan,
  readRows,
  run,
  status,
  UsageError,
  verify,
  type WarehouseHandle,
} from '../../src/api/warehouse.ts';
import { backcourt } from '../support/run-command.ts';
import { smallSeason } from '../support/small-season.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { cellOf, differingUnits, partitionHashes } from '../support/warehouse-file.ts';

const folder = tempFolder('api');
const season = smallSeason(folder);
const project = join(folder, 'project');
const opened: WarehouseHandle[] = [];

async function open(...settings: Parameters<typeof openWarehouse>): Promise<WarehouseHandle> {
  const handle = await openWarehouse(...settings);
  opened.push(handle);
  return handle;
}

const write = (name: string, text: string) => writeFileSync(join(project, 'tables', name), text);

/** Without an import: in this process nobody answers for `backcourt`. */
const form = (last: number) => `export const table = {
  backcourt: 'table',
  name: 'form',
  purpose: 'Form.',
  each: 'player',
  measures: [{
    kind: 'average',
    name: 'steals',
    of: 'player_game_summary.steals',
    over: { kind: 'lastGames', games: ${last} },
    decimals: 1,
  }],
};
`;

beforeAll(() => {
  mkdirSync(join(project, 'tables'), { recursive: true });
  writeFileSync(
    join(project, 'backcourt.config.ts'),
    "export const project = { backcourt: 'project', warehouse: 'mine.duckdb' };\n",
  );
  write('form.ts', form(10));
  copyFileSync(season().computed, join(project, 'mine.duckdb'));
});

afterEach(async () => {
  for (const handle of opened.splice(0)) await handle.close();
});

test('plan, run, status, verify and the rows of an own table, on one open warehouse', async () => {
  const notes: string[] = [];
  const warehouse = await open({ project, mode: 'write', onNote: (line) => notes.push(line) });
  expect(warehouse.location).toBe(join(project, 'mine.duckdb'));
  expect(warehouse.tables.at(-1)).toBe('form');

  const planned = await plan(warehouse);
  const dates = season().dates.length;
  expect(planned.expected).toMatchObject({ units: dates, unknownUnits: dates });
  expect(planned.units.filter(({ action }) => action === 'run')[0]).toEqual({
    table: 'form',
    date: season().dates[0],
    state: 'missing',
    action: 'run',
    reason: 'never written',
  });
  const { open: before, commands } = await status(warehouse);
  expect(before).toHaveLength(dates);
  expect(commands).toEqual([
    `backcourt run --backfill --start-date ${season().dates[0]} --end-date ${season().dates.at(-1)} --warehouse ${warehouse.location}`,
  ]);

  const made = await run(warehouse, { reason: 'by hand' });
  expect(made).toMatchObject({ exitCode: 0, written: dates, failed: [], blocked: [] });
  expect((await plan(warehouse)).expected.units).toBe(0);
  const after = await status(warehouse);
  expect([after.open, after.commands, after.dataKind]).toEqual([[], [], 'simulated']);
  const covered = after.computed.find(({ table }) => table === 'form');
  expect(covered).toMatchObject({ due: dates, covered: dates, rows: made.rowsWritten });

  for (const sample of [Number.NaN, -1, 1.5])
    await expect(verify(warehouse, { sample })).rejects.toThrow(UsageError);
  const proof = await verify(warehouse, { tables: ['form'], sample: 2, seed: 'a' });
  expect([proof.isProven, proof.seed, proof.proofs.map((each) => each.proof)]).toEqual([
    true,
    'a',
    ['hashes', 'quality', 'batch_equals_daily', 'no_lookahead'],
  ]);

  const last = season().dates.at(-1) ?? '';
  const rows = await readRows(warehouse, 'form', {
    dates: [last],
    columns: ['universal_player_id', 'game_date', 'season_year', 'steals'],
  });
  expect(rows[0]).toEqual({
    universal_player_id: expect.stringMatching(/^\d+$/),
    game_date: last,
    season_year: 2023,
    steals: expect.stringMatching(/^\d\.\d$/),
  });
  const ids = rows.map((row) => String(row['universal_player_id']));
  expect(ids).toEqual([...ids].sort());
  expect(await readRows(warehouse, 'my_tables.form', { limit: 3 })).toHaveLength(3);
  expect(await readRows(warehouse, 'form', { dates: { season: 2023 } })).toHaveLength(
    made.rowsWritten,
  );
  await warehouse.close();
  expect(notes).toEqual([]);
  expect(await cellOf(warehouse.location, 'SELECT MAX(reason) FROM backcourt.runs')).toBe(
    'by hand',
  );
});

test('what a function makes is what the command makes', async () => {
  const path = join(folder, 'by-function.duckdb');
  copyFileSync(season().ingested, path);
  const warehouse = await open({ warehouse: path, mode: 'write' });
  const made = await run(warehouse);
  expect(made.exitCode).toBe(0);
  await warehouse.close();
  expect(differingUnits(season().hashes, await partitionHashes(path))).toEqual([]);
  const again = await backcourt([...season().run, '--warehouse', path]);
  expect(again.stdout.trimEnd().endsWith('nothing to do')).toBe(true);
  expect((await backcourt(['runs', '--warehouse', path])).stdout).toContain(made.runId);
});

test('a changed own table is made anew and a wrong one told, and neither is an error', async () => {
  write('form.ts', form(5));
  write('wrong.ts', 'export const table = 1;');
  const notes: string[] = [];
  const warehouse = await open({ project, mode: 'write', onNote: (line) => notes.push(line) });
  expect(warehouse.broken).toMatchObject([{ name: 'wrong' }]);
  const made = await run(warehouse, { tables: ['form'] });
  expect([made.exitCode, made.written]).toEqual([0, season().dates.length]);
  expect(notes).toEqual([
    expect.stringMatching(/^my_tables\.form: its definition has changed; \d+ dates made anew$/),
  ]);
  const all = await run(warehouse);
  expect([all.exitCode, all.failedTables.map(({ table }) => table)]).toEqual([3, ['wrong']]);
  expect(all.failedTables[0]?.error).toContain('wrong.ts');
});

test('stored rows that something has changed are found, with the command that mends them', async () => {
  const path = join(folder, 'changed.duckdb');
  copyFileSync(season().computed, path);
  const date = season().dates.at(-1) ?? '';
  const { openDuckDb } = await import('../../src/warehouse/duckdb/duckdb-warehouse.ts');
  const writer = { pid: process.pid, host: 'here', startedAt: '2026-01-01T00:00:00Z' };
  const file = await openDuckDb({ path, mode: 'write', waitSeconds: 5, threads: 1, writer });
  await file.commit([
    `UPDATE nba_analytics.player_game_summary SET points = points + 1 WHERE game_date = DATE '${date}'`,
  ]);
  await file.close();
  const warehouse = await open({ warehouse: path });
  const request = { tables: ['player_game_summary'], dates: { from: date, to: date } };
  const { isProven, proofs, commands } = await verify(warehouse, {
    ...request,
    proofs: ['hashes'],
  });
  expect(isProven).toBe(false);
  expect(proofs[0]?.findings[0]).toMatchObject({ date, cause: 'stored' });
  expect(commands[0]).toMatch(/^backcourt run --rewrite .* --warehouse /);
});

test('what cannot be meant is a UsageError, and each kind of failure has its class', async () => {
  await expect(openWarehouse({ warehouse: join(folder, 'none.duckdb') })).rejects.toBeInstanceOf(
    AbsentWarehouse,
  );
  await expect(openWarehouse({ project: folder })).rejects.toBeInstanceOf(BadDefinition);
  await expect(openWarehouse({ warehouse: ':memory:' })).rejects.toBeInstanceOf(UsageError);
  const warehouse = await open({ warehouse: season().computed });
  const refused = async (work: Promise<unknown>, message: string) => {
    const error = await work.then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(UsageError);
    expect(String(error)).toContain(message);
  };
  await refused(run(warehouse), 'open for reading');
  await refused(plan(warehouse, { tables: ['player_game_sumary'] }), 'player_game_summary');
  await refused(plan(warehouse, { mode: 'daily' }), 'which dates?');
  await refused(plan(warehouse, { dates: ['2024-02-30'] }), 'is no day');
  await refused(plan(warehouse, { dates: { from: '2024-01-02', to: '2024-01-01' } }), 'reversed');
  await refused(plan(warehouse, { dates: { season: 1999 } }), 'is not loaded');
  await refused(plan(warehouse, { options: { min_game: 3 } }), 'min_game');
  await refused(readRows(warehouse, 'schedule', { columns: ['game_dat'] }), 'game_date');
  await warehouse.close();
  await warehouse.close();
  await refused(status(warehouse), 'closed');
});
