import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { loadTables } from '../../src/table/table-registry.ts';
import { openDuckDb } from '../../src/warehouse/duckdb/duckdb-warehouse.ts';
import { prepare } from '../support/run-command.ts';
import { differingUnits, partitionHashes, queryFile } from '../support/warehouse-file.ts';
import { differentRows, ledgerOf } from './engines.ts';
import type { MemoryDatabase } from './googlesql/memory-database.ts';
import { smallLeague } from './small-league.ts';

const { all } = await loadTables();
const store = 'ml_feature_store';
const commits = /^BEGIN TRANSACTION[\s\S]*INSERT INTO nba_/;
let computed: string;
let files = 0;

const league = smallLeague('copy', 6, async ({ folder, ingested, run }) => {
  computed = join(folder, 'computed.duckdb');
  copyFileSync(ingested, computed);
  await prepare([...run, '--warehouse', computed]);
});

function newFile(): string {
  files += 1;
  return join(league().folder, `${files}.duckdb`);
}

const copy = (from: string, to: string, ...flags: readonly string[]) =>
  league().command('copy', '--from', from, '--to', to, ...flags);
const upload = (...flags: readonly string[]) => copy(computed, league().open.place, ...flags);
const lastOf = ({ stdout }: { readonly stdout: string }): Record<string, unknown> =>
  JSON.parse(stdout.trim().split('\n').at(-1) ?? '{}');

describe('from a laptop to BigQuery', () => {
  test('every row and record arrives, a run there has nothing to do, and all of it comes back', async () => {
    const { open, database, run, onStandIn } = league();
    const up = await upload('--json');
    expect(up.exitCode).toBe(0);
    const hashes = await partitionHashes(computed);
    expect(lastOf(up)).toMatchObject({ dates_copied: hashes.size, dates_equal: 0 });

    const duckdb = await openDuckDb({
      path: computed,
      mode: 'read',
      waitSeconds: 0,
      threads: undefined,
      writer: { pid: 1, host: 'here', startedAt: '' },
    });
    const engines = { duckdb, database, google: open.warehouse, close: async () => {} };
    for (const table of all) expect(await differentRows(engines, table)).toEqual([]);
    expect(await ledgerOf(open.warehouse)).toEqual(await ledgerOf(duckdb));
    await duckdb.close();

    expect((await onStandIn(...run)).lines.at(-1)).toBe('nothing to do');
    const verified = await onStandIn('verify', '--hashes', '--sample', '0');
    expect(verified.exitCode).toBe(0);

    const back = newFile();
    const down = await copy(open.place, back);
    expect(down.exitCode).toBe(0);
    expect(differingUnits(hashes, await partitionHashes(back))).toEqual([]);
    for (const table of ['partitions', 'exclusions']) {
      const rows = `SELECT * FROM backcourt.${table} ORDER BY ALL`;
      expect(await queryFile(back, rows)).toEqual(await queryFile(computed, rows));
    }
    expect((await league().command(...run, '--warehouse', back)).lines.at(-1)).toBe(
      'nothing to do',
    );
    expect(lastOf(await copy(open.place, back, '--json'))).toMatchObject({ dates_copied: 0 });
  });

  test('leaves no staging table, and few jobs', async () => {
    const { open, database } = league();
    await upload();
    expect([...database.tables().keys()].filter((name) => name.includes('arrived'))).toEqual([]);
    // One for each computed table, and one for all that was loaded.
    const made = open.standIn.jobs.filter(({ sql }) => commits.test(sql));
    expect(made.length).toBe((await loadTables()).computed.length + 1);
    expect(open.standIn.jobs.length).toBeLessThan(140);
  });
});

describe('what goes wrong on the way to BigQuery', () => {
  test.each(['before', 'after'] as const)(
    'a connection that breaks %s a commit: the next copy goes on',
    async (when) => {
      const { open, database } = league();
      open.standIn.inject({
        sql: /INSERT INTO nba_analytics.player_game_summary/,
        times: 1,
        happens: { kind: 'break', when },
      });
      expect((await upload()).exitCode).toBe(8);
      open.standIn.heal();
      const there = database.rows('backcourt.partitions').length;
      expect(there).toBeGreaterThan(0);
      const again = await upload('--json');
      expect([again.exitCode, lastOf(again)['dates_equal']]).toEqual([0, there]);
      expect(database.rows('backcourt.partitions').length).toBe(
        (await partitionHashes(computed)).size,
      );
    },
  );

  test('a date that arrives changed is not written, the others are', async () => {
    const { open, database, dates } = league();
    const day = dates.at(-1) ?? '';
    open.standIn.onJob(new RegExp(`^LOAD .*${store}`), async (sql) => {
      const table = sql.replace(/^LOAD /, '');
      await database.change(
        `UPDATE ${table} SET days_rest = days_rest + 1 WHERE game_date = DATE '${day}'`,
      );
    });
    const { exitCode, stdout } = await upload();
    expect(exitCode).toBe(7);
    expect(stdout).toContain(
      `not copied ${store} ${day}: as it arrived in ${open.place}, rows whose`,
    );
    const left = database
      .rows(`nba_predictions.${store}`)
      .filter((row) => row['game_date'] === day);
    expect(left).toEqual([]);
    expect((await upload()).exitCode).toBe(0);
  });
});

describe('from BigQuery', () => {
  let uploaded: ReturnType<MemoryDatabase['snapshot']> | undefined;

  beforeEach(async () => {
    const { database } = league();
    if (uploaded) database.restore(uploaded);
    else await upload();
    uploaded ??= database.snapshot();
  });

  test('one date, to look at it here', async () => {
    const { open, dates } = league();
    const day = dates.at(-1) ?? '';
    const path = newFile();
    const { exitCode } = await copy(
      open.place,
      path,
      '--dates',
      day,
      '--tables',
      `${store},schedule`,
    );
    expect(exitCode).toBe(0);
    const hashes = await partitionHashes(path);
    expect([...hashes.keys()]).toEqual([`${store} ${day}`, `schedule ${day}`]);
    const rows = `SELECT * EXCLUDE (run_id) FROM nba_predictions.${store} WHERE game_date = '${day}' ORDER BY ALL`;
    expect(await queryFile(path, rows)).toEqual(await queryFile(computed, rows));
  });

  test('a row that was changed there is not copied', async () => {
    const { open, database, dates } = league();
    const day = dates.at(-1) ?? '';
    await database.change(
      `UPDATE nba_predictions.${store} SET days_rest = days_rest + 1 WHERE game_date = DATE '${day}'`,
    );
    const { exitCode, stdout } = await copy(open.place, newFile(), '--tables', store);
    expect(exitCode).toBe(7);
    expect(stdout).toContain(`not copied ${store} ${day}: in ${open.place}, rows whose values`);
  });

  test('a date that is written there while it is copied is not copied as half the old, half the new', async () => {
    const { open, database, dates } = league();
    const day = dates.at(-1) ?? '';
    open.standIn.onJob(/^SELECT [^()]+FROM nba_predictions\.ml_feature_store/, async () => {
      await database.change(
        `UPDATE backcourt.partitions SET data_hash = 'of other rows', run_id = 'another' WHERE table_name = '${store}' AND partition_date = DATE '${day}'`,
      );
    });
    const path = newFile();
    const { exitCode, stderr } = await copy(open.place, path, '--tables', store);
    expect([exitCode, stderr]).toEqual([
      6,
      expect.stringContaining(`${store} ${day} was written by run another while it was copied`),
    ]);
    expect(await partitionHashes(path)).toEqual(new Map());
  });

  test.each(['csv', 'parquet'])(
    'an export to %s is the file that DuckDB writes',
    async (format) => {
      const { folder, onStandIn } = league();
      const out = (name: string) => join(folder, `${name}.${format}`);
      const flags = ['export', store, '--with-labels', '--allow-missing', '--overwrite', '--out'];
      const there = await onStandIn(...flags, out('there'));
      expect([there.exitCode, there.stderr]).toEqual([0, '']);
      await prepare([...flags, out('here'), '--warehouse', computed]);
      expect(readFileSync(out('there')).equals(readFileSync(out('here')))).toBe(true);
      expect(readFileSync(out('here')).length).toBeGreaterThan(10_000);
    },
  );
});
