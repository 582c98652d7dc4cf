import { copyFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { backcourt, type CommandResult, prepare } from '../support/run-command.ts';
import { smallSeason } from '../support/small-season.ts';
import { tempFolder } from '../support/temp-folder.ts';
import {
  cellOf,
  changeFile,
  differingUnits,
  partitionHashes,
  queryFile,
  tornPartitions,
} from '../support/warehouse-file.ts';

const folder = tempFolder('copy');
const season = smallSeason(folder);
const store = 'ml_feature_store';
let files = 0;

function newFile(like?: string): string {
  files += 1;
  const path = join(folder, `${files}.duckdb`);
  if (like !== undefined) copyFileSync(like, path);
  return path;
}

const copy = (from: string, to: string, ...flags: readonly string[]): Promise<CommandResult> =>
  backcourt(['copy', '--from', from, '--to', to, ...flags]);

/** A signal that comes once it has been looked for so many times. */
function abortedAfter(looks: number): AbortSignal {
  let left = looks;
  const { signal } = new AbortController();
  Object.defineProperty(signal, 'aborted', {
    get: () => {
      left -= 1;
      return left < 0;
    },
  });
  return signal;
}

const lastOf = ({ stdout }: CommandResult): Record<string, unknown> =>
  JSON.parse(stdout.trim().split('\n').at(-1) ?? '{}');

const tablesIn = (hashes: ReadonlyMap<string, string>) =>
  new Set([...hashes.keys()].map((unit) => unit.split(' ')[0])).size;

describe('a copy of everything', () => {
  const target = join(folder, 'target.duckdb');
  let first: CommandResult;

  beforeAll(async () => {
    first = await copy(season().computed, target);
  });

  test('has the same partitions, rows and records, and says how many', async () => {
    expect([first.exitCode, first.stderr]).toEqual([0, '']);
    expect(first.lines[0]).toBe(
      `copy of ${tablesIn(season().hashes)} tables from ${season().computed} to ${target}, simulated data`,
    );
    expect(await partitionHashes(target)).toEqual(season().hashes);
    expect(await tornPartitions(target)).toEqual([]);
    for (const table of ['partitions', 'exclusions']) {
      const rows = `SELECT * FROM backcourt.${table} ORDER BY ALL`;
      expect(await queryFile(target, rows)).toEqual(await queryFile(season().computed, rows));
    }
  });

  test('is as up to date there as it was here, and proves it', async () => {
    const ran = await prepare([...season().run, '--warehouse', target]);
    expect(ran.lines.at(-1)).toBe('nothing to do');
    await prepare(['verify', '--hashes', '--sample', '0', '--warehouse', target]);
  });

  test('takes along the runs that wrote it, and records itself', async () => {
    const orphans = await queryFile(
      target,
      'SELECT DISTINCT run_id FROM backcourt.partitions WHERE run_id NOT IN (SELECT run_id FROM backcourt.runs)',
    );
    expect(orphans).toEqual([]);
    expect(
      await queryFile(target, 'SELECT verb, exit_code FROM backcourt.runs ORDER BY 1'),
    ).toEqual([
      ['copy', '0'],
      ['ingest', '0'],
      ['run', '0'],
    ]);
    const rawFiles = 'SELECT file_name, sha256 FROM backcourt.raw_files ORDER BY ALL';
    expect(await queryFile(target, rawFiles)).toEqual(await queryFile(season().computed, rawFiles));
  });

  test('copies nothing the second time, and leaves no trace of it', async () => {
    const runs = await cellOf(target, 'SELECT COUNT(*) FROM backcourt.runs');
    const again = await copy(season().computed, target, '--json');
    expect(again.exitCode).toBe(0);
    expect(lastOf(again)).toMatchObject({
      type: 'copy',
      data_kind: 'simulated',
      dates_copied: 0,
      dates_equal: season().hashes.size,
    });
    expect(await cellOf(target, 'SELECT COUNT(*) FROM backcourt.runs')).toBe(runs);
  });
});

describe('part of a warehouse', () => {
  test('some dates of some tables, and nothing else', async () => {
    const target = newFile();
    const [day = ''] = season().dates.slice(-1);
    const { exitCode } = await copy(
      season().computed,
      target,
      ...['--dates', day, '--tables', `schedule,${store}`],
    );
    expect(exitCode).toBe(0);
    expect([...(await partitionHashes(target)).keys()]).toEqual([
      `${store} ${day}`,
      `schedule ${day}`,
    ]);
  });

  test('only what differs is copied over an older state', async () => {
    const target = newFile(season().ingested);
    const first = await copy(season().computed, target, '--json');
    const computed = [...season().hashes.keys()].length;
    const raw = (await partitionHashes(season().ingested)).size;
    expect(lastOf(first)).toMatchObject({ dates_copied: computed - raw, dates_equal: raw });
    expect(differingUnits(await partitionHashes(target), season().hashes)).toEqual([]);
  });

  test('small commits give the same', async () => {
    const target = newFile();
    const tables = ['player_box', 'team_offense_game_summary', store];
    const part = ['--tables', tables.join(','), '--batch-days', '2'];
    expect((await copy(season().computed, target, ...part)).exitCode).toBe(0);
    expect(await partitionHashes(target)).toEqual(
      new Map([...season().hashes].filter(([unit]) => tables.includes(unit.split(' ')[0] ?? ''))),
    );
  });

  test('an interrupted copy keeps what it has committed, and the next one goes on', async () => {
    const target = newFile();
    const stopped = await backcourt(
      ['copy', '--from', season().computed, '--to', target, '--batch-days', '3', '--json'],
      { stop: abortedAfter(3) },
    );
    expect([stopped.exitCode, stopped.stderr.includes('the same command goes on')]).toEqual([
      130,
      true,
    ]);
    const { dates_copied: copied } = lastOf(stopped);
    expect(copied).toBeGreaterThan(0);
    expect((await partitionHashes(target)).size).toBe(copied);
    expect(await tornPartitions(target)).toEqual([]);
    const whole = await copy(season().computed, target);
    expect(whole.exitCode).toBe(0);
    expect(await partitionHashes(target)).toEqual(season().hashes);
  });
});

describe('what is not copied', () => {
  test('rows that are gone, and rows of a raw table that differ', async () => {
    const source = newFile(season().computed);
    const [first = '', second = ''] = season().dates;
    await changeFile(source, `DELETE FROM nba_raw.shots WHERE game_date = '${first}'`);
    await changeFile(
      source,
      `UPDATE nba_raw.player_box SET pts = pts + 1 WHERE game_date = '${second}'`,
    );
    const target = newFile();
    const { exitCode, stdout } = await copy(source, target, '--tables', 'shots,player_box');
    expect(exitCode).toBe(7);
    expect(stdout).toMatch(new RegExp(`not copied shots ${first}: .*0 rows, the ledger says \\d+`));
    expect(stdout).toMatch(
      new RegExp(`not copied player_box ${second}: .*the hash of the rows is`),
    );
  });

  test('nothing that would take more than half of the rows away, unless allowed', async () => {
    const target = newFile(season().computed);
    const source = newFile(season().computed);
    const [day = ''] = season().dates.slice(-1);
    await changeFile(
      source,
      `DELETE FROM nba_predictions.${store} WHERE game_date = '${day}'; UPDATE backcourt.partitions SET row_count = 0, state = 'empty', data_hash = 'cfcd208495d565ef' WHERE table_name = '${store}' AND partition_date = '${day}'`,
    );
    const refused = await copy(source, target);
    expect(refused.exitCode).toBe(5);
    expect(refused.stdout).toMatch(
      new RegExp(
        `refused ${store} ${day}: \\d+ rows would be replaced by 0; allow it with --allow`,
      ),
    );
    expect(differingUnits(await partitionHashes(target), season().hashes)).toEqual([]);
    expect((await copy(source, target, '--allow-shrink')).exitCode).toBe(0);
    expect(differingUnits(await partitionHashes(target), season().hashes)).toEqual([
      `${store} ${day}`,
    ]);
  });

  test('simulated data into a warehouse of real data', async () => {
    const target = newFile(season().ingested);
    await changeFile(target, "UPDATE backcourt.warehouse SET data_kind = 'real'");
    const { exitCode, stderr } = await copy(season().computed, target);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('holds real data, and what is copied is simulated');
  });
});

describe('wrong requests leave no file', () => {
  test.each([
    [['--tables', 'ml_feature_stor'], 2, 'did you mean "ml_feature_store"?'],
    [['--dates', '2023-02-30'], 2, 'there is no such day'],
    [['--dates', '1999-01-01', '--tables', store], 5, 'records nothing of these tables and dates'],
  ])('%j', async (flags, code, message) => {
    const target = newFile();
    const { exitCode, stderr } = await copy(season().computed, target, ...flags);
    expect([exitCode, existsSync(target)]).toEqual([code, false]);
    expect(stderr).toContain(message);
  });

  test('from nowhere, to nowhere, to itself', async () => {
    const target = newFile();
    expect((await copy(join(folder, 'nowhere.duckdb'), target)).exitCode).toBe(5);
    const oneSided = await backcourt(['copy', '--from', season().computed]);
    expect([oneSided.exitCode, oneSided.stderr]).toEqual([
      2,
      'error: --to is missing; a copy goes --from one warehouse --to another\n',
    ]);
    const self = await copy(season().computed, join(folder, '.', 'computed.duckdb'));
    expect([self.exitCode, self.stderr.includes('are the same warehouse')]).toEqual([2, true]);
    expect(existsSync(target)).toBe(false);
  });
});
