import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { backcourt } from '../support/run-command.ts';
import { repositoryRoot, startNode } from '../support/run-process.ts';
import { simulatedWarehouse } from '../support/simulated-warehouse.ts';
import { tempFolder } from '../support/temp-folder.ts';

const folder = tempFolder('doctor');
let path: string;

beforeAll(async () => {
  ({ path } = await simulatedWarehouse(folder, { gamesPerTeam: 12, postseason: false }));
});

interface Found {
  readonly subject: string;
  readonly level: string;
  readonly text: string;
  readonly help: string | null;
}

async function findings(warehouse: string) {
  const { exitCode, lines } = await backcourt(['doctor', '--json', '--warehouse', warehouse]);
  const found = lines.map((line): Found => JSON.parse(line));
  return { exitCode, of: (subject: string) => found.find((one) => one.subject === subject) };
}

describe('doctor', () => {
  test('finds a warehouse in order, with its size and its storage version', async () => {
    const { exitCode, of } = await findings(path);
    expect(exitCode).toBe(0);
    expect(of('warehouse')).toMatchObject({ level: 'ok' });
    expect(of('warehouse')?.text).toMatch(/MB, storage version v\d/);
    expect(of('duckdb')).toMatchObject({ level: 'ok', text: expect.stringMatching(/^v\d/) });
    expect(of('changes')).toMatchObject({
      level: 'ok',
      text: '0 former rows remembered, 0 bytes of text',
    });
    expect(of('node')).toMatchObject({ level: 'ok', text: process.versions.node });
    expect(of('disk')?.text).toContain(`free at "${folder}"`);
    const { lines } = await backcourt(['doctor', '--warehouse', path]);
    expect(lines.filter((line) => /^(ok|warning|error) /.test(line))).toHaveLength(7);
  });

  test('of a place without a warehouse says what makes one', async () => {
    const { exitCode, of } = await findings(join(folder, 'none.duckdb'));
    expect([exitCode, of('warehouse')?.level]).toEqual([0, 'warning']);
    expect(of('warehouse')?.help).toContain('backcourt ingest');
  });

  test('of a file that is none of DuckDB, and of a folder that is not there, says so and exits with 8', async () => {
    const other = join(folder, 'other.duckdb');
    writeFileSync(other, 'no database, but long enough to be taken for one\n'.repeat(500));
    const found = await findings(other);
    expect([found.exitCode, found.of('warehouse')?.level]).toEqual([8, 'error']);
    expect(found.of('warehouse')?.text).toContain(other);
    const nowhere = await findings(join(folder, 'nowhere', 'w.duckdb'));
    expect([nowhere.exitCode, nowhere.of('disk')?.level]).toEqual([8, 'error']);
  });

  test('tells who holds the file', async () => {
    const held = join(folder, 'held.duckdb');
    copyFileSync(path, held);
    const script = join(repositoryRoot, 'tests/support/hold-warehouse.ts');
    const holder = startNode(script, [held]);
    await holder.says('held');
    const { exitCode, of } = await findings(held);
    holder.closeStdin();
    await holder.ended;
    expect([exitCode, of('warehouse')?.level]).toEqual([0, 'warning']);
    expect(of('warehouse')?.text).toContain(`is held by process ${holder.pid}`);
  });

  test('tells of a log that was left beside the file', async () => {
    const place = join(folder, 'left');
    mkdirSync(place);
    const left = join(place, 'w.duckdb');
    writeFileSync(left, 'no database');
    writeFileSync(`${left}.wal`, 'committed');
    const { of } = await findings(left);
    expect(of('log')).toMatchObject({
      level: 'warning',
      text: expect.stringContaining('w.duckdb.wal'),
    });
  });
});
