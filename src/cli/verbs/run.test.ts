import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { gameDate } from '../../calendar/game-date.ts';
import { ledgerTables } from '../../ledger/ledger-tables.ts';
import { loadTables } from '../../table/table-registry.ts';
import { createStatements } from '../../warehouse/duckdb/ddl.ts';
import { openDuckDb } from '../../warehouse/duckdb/duckdb-warehouse.ts';
import type { CliContext } from '../cli-context.ts';
import type { Asked } from '../options/input.ts';
import { callVerb } from '../verb.ts';
import { runVerb } from './run.ts';

const tables = await loadTables();
let folder: string;
let warehouse: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'backcourt-run-'));
  mkdirSync(join(folder, 'my league'));
  warehouse = join(folder, 'my league', 'w.duckdb');
  const opened = await openDuckDb({
    path: warehouse,
    mode: 'write',
    waitSeconds: 0,
    threads: undefined,
    writer: { pid: 1, host: 'here', startedAt: '2023-11-01T00:00:00Z' },
  });
  await opened.commit(createStatements([...ledgerTables, ...tables.all]));
  await opened.close();
});
afterAll(() => rmSync(folder, { recursive: true }));

async function run(more: Partial<Asked<typeof runVerb.inputs>>) {
  let stdout = '';
  const context: CliContext = {
    clock: {
      now: () => '2026-01-15T12:00:00.000Z',
      today: () => gameDate('2026-01-15'),
      elapsedMs: () => 0,
    },
    stdout: (text) => {
      stdout += text;
    },
    stderr: () => {},
    who: 'tester@here',
    host: 'here',
    pid: 1,
    packageVersion: '0.0.0',
    randomHex: () => '000000',
    stop: new AbortController().signal,
    invocation: { command: 'npx backcourt', self: 'npx backcourt run' },
  };
  const exitCode = await callVerb(runVerb, context, tables, {
    warehouse,
    backfill: true,
    dates: '2018-12-25',
    tables: 'player_game_summary',
    ...more,
  });
  return { exitCode, stdout };
}

describe('the command that helps a blocked date', () => {
  it('can be pasted, whatever the path of the warehouse', async () => {
    const { exitCode, stdout } = await run({});
    expect(exitCode).toBe(5);
    expect(stdout).toContain('not_loaded');
    expect(stdout).toContain(
      `help: npx backcourt ingest nba-stats <files> --warehouse '${warehouse}'`,
    );
  });

  it('is the same in a dry run: it works on the warehouse that was looked at', async () => {
    const { exitCode, stdout } = await run({ dryRun: true });
    expect(exitCode).toBe(5);
    expect(stdout).toContain(`npx backcourt ingest nba-stats <files> --warehouse '${warehouse}'`);
  });
});

describe('a request that cannot be carried out as written', () => {
  it.each<readonly [string, Partial<Asked<typeof runVerb.inputs>>, string]>([
    ['an unknown table', { tables: 'player_game_sumary' }, 'did you mean "player_game_summary"?'],
    [
      'no dates',
      { dates: undefined, backfill: false },
      'which dates? give --dates today, other dates or a --season; all of history is worked with --backfill',
    ],
    ['analysis_date beside other dates', { option: ['analysis_date=2023-11-15'] }, 'analysis_date'],
    ['a day after today', { dates: '2026-01-16' }, 'later than today'],
    ['another engine', { warehouse: 'postgres://project' }, 'neither a DuckDB file'],
  ])('%s', async (_, flags, message) => {
    await expect(run(flags)).rejects.toThrow(message);
  });

  it('analysis_date is one day, not a list of them', async () => {
    const several = ['analysis_date=2023-11-15,2023-11-16'];
    await expect(run({ dates: undefined, option: several })).rejects.toThrow('analysis_date');
  });

  it('a day that does not exist is reported for the option it was given with', async () => {
    const wrong = ['analysis_date=2023-02-30'];
    await expect(run({ dates: undefined, option: wrong })).rejects.toThrow('analysis_date');
  });
});

it('a warehouse that is not there is not made', async () => {
  await expect(run({ warehouse: join(folder, 'absent.duckdb') })).rejects.toThrow(
    'there is no warehouse',
  );
  await expect(run({ warehouse: join(folder, 'absent.duckdb') })).rejects.toThrow(
    'there is no warehouse',
  );
});
