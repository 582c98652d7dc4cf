import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { qualifiedName } from '../../src/table/table-definition.ts';
import { loadTables } from '../../src/table/table-registry.ts';
import { copyOf } from '../support/copy-of.ts';
import { between, gameDatesOf } from '../support/equal-hashes.ts';
import { backcourt, prepare } from '../support/run-command.ts';
import { simulatedWarehouse } from '../support/simulated-warehouse.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { cellOf, changeFile, partitionHashes, queryFile } from '../support/warehouse-file.ts';

const folder = tempFolder('changes');
const { computed } = await loadTables();
const summary = 'nba_analytics.player_game_summary';
let filled: string;
let logs: string;
let day: string;
let season: readonly string[];

beforeAll(async () => {
  const league = await simulatedWarehouse(folder, { gamesPerTeam: 8, postseason: false });
  filled = league.path;
  [logs = ''] = league.files;
  const dates = await gameDatesOf(filled);
  day = dates[12] ?? '';
  season = ['run', '--backfill', ...between(dates[0], dates.at(-1))];
  await prepare([...season, '--warehouse', filled]);
});

/** Loads the log with some rows of the day changed, and runs the season. @param change of the columns, as SQL. */
async function correct(path: string, change: string, where = 'TRUE'): Promise<void> {
  const source = join(folder, 'corrected.parquet');
  await changeFile(
    ':memory:',
    `CREATE TABLE source AS SELECT *, GAME_DATE LIKE '${day}%' AND PLAYER_ID = (
  SELECT MIN(PLAYER_ID) FROM read_parquet('${logs}') WHERE GAME_DATE LIKE '${day}%') AS is_meant
FROM read_parquet('${logs}');
COPY (SELECT * EXCLUDE (is_meant) REPLACE (${change}) FROM source WHERE ${where}) TO '${source}' (FORMAT parquet)`,
  );
  await prepare(['ingest', 'simulated', source, '--allow-shrink', '--warehouse', path]);
  await prepare([...season, '--allow-shrink', '--warehouse', path]);
}

const oneMore = 'CASE WHEN is_meant THEN TOV + 1 ELSE TOV END AS TOV';
const asItWas = 'TOV AS TOV';

interface Told {
  readonly type: string;
  readonly table: string;
  readonly date: string;
  readonly key: string;
  readonly kind: string;
  readonly columns: readonly {
    readonly column: string;
    readonly was: string;
    readonly is: string;
  }[];
}

async function changes(path: string, ...flags: readonly string[]): Promise<readonly Told[]> {
  const { exitCode, lines } = await backcourt(['changes', ...flags, '--json', '--warehouse', path]);
  expect(exitCode).toBe(0);
  return lines.map((line): Told => JSON.parse(line));
}

const rowsOf = async (path: string, ...flags: readonly string[]) =>
  (await changes(path, ...flags)).filter(({ type }) => type === 'row');

/** `table date key` → the columns that differ between two files, by the values that stand in them. */
async function differences(before: string, after: string): Promise<ReadonlyMap<string, unknown>> {
  const found = new Map<string, unknown>();
  for (const table of computed) {
    const key = table.key.filter((name) => name !== table.partition).join(", '|', ");
    const texts = table.columns.map(({ name }) => `coalesce(CAST(${name} AS VARCHAR), '∅')`);
    const select = `SELECT concat('${table.name} ', ${table.partition}, ' ', ${key}), [${texts.join(', ')}] FROM ${qualifiedName(table)}`;
    const [was, is] = [await queryFile(before, select), await queryFile(after, select)].map(
      (rows) => new Map(rows.map(([id, values]) => [String(id), values])),
    );
    for (const id of new Set([...(was?.keys() ?? []), ...(is?.keys() ?? [])])) {
      const [one, other] = [was?.get(id), is?.get(id)];
      if (JSON.stringify(one) === JSON.stringify(other)) continue;
      const isBoth = Array.isArray(one) && Array.isArray(other);
      const columns = table.columns.filter((_, at) => isBoth && one[at] !== other[at]);
      found.set(
        id,
        columns.map(({ name }) => name),
      );
    }
  }
  return found;
}

const told = (rows: readonly Told[]) =>
  new Map(
    rows.map(({ table, date, key, columns }) => [
      `${table} ${date} ${key}`,
      columns.map(({ column }) => column),
    ]),
  );

const stamps = (table: string) =>
  `SELECT data_hash, run_id, code_version, CAST(processed_at AS VARCHAR) FROM ${table} ORDER BY ALL`;

describe('a correction', () => {
  let path: string;
  let run: string;

  beforeAll(async () => {
    path = join(folder, 'corrected.duckdb');
    copyFileSync(filled, path);
    await correct(path, oneMore);
    run = String(await cellOf(path, "SELECT MAX(run_id) FROM backcourt.runs WHERE verb = 'run'"));
  });

  test('leaves run and time to every row that came out equal, and to no other', async () => {
    const replaced: Record<string, readonly number[]> = {};
    for (const table of computed) {
      const name = qualifiedName(table);
      const [before, after] = [
        await queryFile(filled, stamps(name)),
        await queryFile(path, stamps(name)),
      ];
      const known = new Map(before.map(([hash, ...stamp]) => [hash, stamp]));
      const own = after.filter(([, runId]) => runId === run);
      for (const [hash, ...stamp] of after) {
        expect(stamp[0] === run ? undefined : stamp).toEqual(known.get(hash ?? ''));
      }
      replaced[table.name] = [own.length, after.length];
    }
    const dates = await queryFile(
      path,
      `SELECT SUM(row_count)::INT FROM backcourt.partitions JOIN backcourt.runs USING (run_id) WHERE run_id = '${run}'`,
    );
    const stamped = Object.values(replaced).reduce((sum, [count = 0]) => sum + count, 0);
    expect(stamped).toBeGreaterThan(0);
    expect(stamped).toBeLessThan(Number(dates[0]?.[0]) / 2);
  });

  test('is told row by row, old and new, as the files before and after it differ', async () => {
    const expected = await differences(filled, path);
    const rows = await rowsOf(path, '--since', run);
    expect(told(rows)).toEqual(expected);
    expect(expected.size).toBeGreaterThan(10);
    const own = rows.find(({ table, date }) => table === 'player_game_summary' && date === day);
    const [[was], [is]] = (await Promise.all(
      [filled, path].map((file) =>
        queryFile(
          file,
          `SELECT CAST(turnovers AS VARCHAR) FROM ${summary} WHERE game_date = DATE '${day}' AND universal_player_id = '${own?.key}'`,
        ).then((found) => found[0] ?? []),
      ),
    )) as [[string], [string]];
    expect(own?.columns).toContainEqual({ column: 'turnovers', was, is });
    expect(Number(is)).toBe(Number(was) + 1);
    const { lines } = await backcourt(['changes', '--since', run, '--warehouse', path]);
    expect(lines).toContain(`player_game_summary ${day}, rows by universal_player_id:`);
    expect(lines).toContain(`      turnovers  ${was} → ${is}`);
    expect(lines.at(-1)).toMatch(new RegExp(`^0 added, 0 removed, ${rows.length} changed, in `));
  });

  test('is narrowed down to tables, dates and a key', async () => {
    const all = await rowsOf(path, '--since', run);
    const own = all.filter(({ table }) => table === 'player_game_summary');
    const [one] = own;
    expect(await rowsOf(path, '--since', run, '--tables', 'player_game_summary')).toEqual(own);
    expect(await rowsOf(path, '--since', run, '--key', one?.key ?? '')).toEqual(
      all.filter(({ key }) => key === one?.key),
    );
    expect(await rowsOf(path, '--since', run, '--dates', day)).toEqual(
      all.filter(({ date }) => date === day),
    );
    const name = await cellOf(
      path,
      `SELECT player_full_name FROM nba_analytics.player_game_summary WHERE universal_player_id = '${one?.key}' LIMIT 1`,
    );
    const ofName = await rowsOf(path, '--since', run, '--key', String(name));
    expect(ofName).toEqual(expect.arrayContaining(all.filter(({ key }) => key === one?.key)));
    // As explain does, it takes a part of a name that is one player's, and names the players where it is not.
    expect(await rowsOf(path, '--since', run, '--key', String(name).slice(0, -1))).toEqual(ofName);
    const many = await backcourt(['changes', '--since', run, '--key', 'a', '--warehouse', path]);
    expect(many.exitCode).toBe(2);
    // A time is written in one way, typed or that of a run.
    const { stdout } = await backcourt(['changes', '--since', run, '--warehouse', path]);
    expect(stdout).toMatch(/since run \S+ began, \d{4}-\d\d-\d\dT[\d:.]+Z, as it was then/);
    expect(many.stderr).toMatch(
      /--key "a" is in the names of \d+ players: \d+ \w+, .* give the key of one/,
    );
    expect(ofName.length).toBeLessThan(all.length);
  });

  test('that is taken back again is no change since before it, and one since', async () => {
    const back = copyOf(path);
    await correct(back, asItWas);
    expect(await partitionHashes(back)).toEqual(await partitionHashes(filled));
    expect(await rowsOf(back, '--since', run)).toEqual([]);
    const later = await cellOf(back, "SELECT MAX(run_id) FROM backcourt.runs WHERE verb = 'run'");
    const rows = await rowsOf(back, '--since', String(later));
    expect(told(rows)).toEqual(await differences(path, back));
  });

  test('is forgotten on purpose, and then that is said', async () => {
    const emptied = copyOf(path);
    const doctor = await backcourt(['doctor', '--warehouse', emptied]);
    expect(doctor.stdout).toMatch(/ok +changes +\d+ former rows remembered, /);
    const before = new Date().toISOString().slice(0, 19);
    const prune = ['prune', '--before', before, '--warehouse', emptied];
    const asked = await prepare(prune);
    expect(asked.lines[0]).toMatch(/^would forget [1-9][\d,]* remembered rows \(.* of text\) and /);
    const { lines } = await prepare([...prune, '--yes']);
    const kept = await prepare(['changes', '--since', run, '--warehouse', emptied]);
    expect(lines[0]).toMatch(/^forgot [1-9][\d,]* remembered rows .* from before /);
    expect((await prepare(prune)).lines[0]).toMatch(/^would forget 0 remembered rows /);
    expect(kept.lines[1]).toMatch(/^changes before .* are not remembered, and not shown$/);
    expect(kept.lines.at(-1)).toBe('0 added, 0 removed, 0 changed, in 0 tables on 0 dates');
  });

  test('that is copied over rows that stood there is a change there too; a first copy is none', async () => {
    const target = join(folder, 'target.duckdb');
    await prepare(['copy', '--from', filled, '--to', target]);
    expect(await cellOf(target, 'SELECT COUNT(*)::INT FROM backcourt.changes')).toBe(0);
    await prepare(['copy', '--from', path, '--to', target]);
    const copy = await cellOf(target, "SELECT MAX(run_id) FROM backcourt.runs WHERE verb = 'copy'");
    expect(told(await rowsOf(target, '--since', String(copy)))).toEqual(
      await differences(filled, path),
    );
    for (const table of computed) {
      const unknown = `SELECT COUNT(*)::INT FROM ${qualifiedName(table)} WHERE run_id NOT IN (SELECT run_id FROM backcourt.runs)`;
      expect(await cellOf(target, unknown)).toBe(0);
    }
  });
});

test('a first backfill changes nothing, and a rewrite of what stands equal neither stamps nor remembers a row', async () => {
  const path = copyOf(filled);
  expect(await cellOf(path, 'SELECT COUNT(*)::INT FROM backcourt.changes')).toBe(0);
  await prepare([...season, '--rewrite', '--warehouse', path]);
  for (const table of computed) {
    const name = qualifiedName(table);
    expect(await queryFile(path, stamps(name))).toEqual(await queryFile(filled, stamps(name)));
  }
  expect(await cellOf(path, 'SELECT COUNT(*)::INT FROM backcourt.changes')).toBe(0);
});

test('rows that go and come are told as such, and a row that comes back as it was is none', async () => {
  const path = copyOf(filled);
  const start = new Date().toISOString();
  await correct(path, asItWas, 'NOT is_meant');
  const run = await cellOf(path, "SELECT MAX(run_id) FROM backcourt.runs WHERE verb = 'run'");
  const gone = await rowsOf(path, '--since', String(run));
  expect(told(gone)).toEqual(await differences(filled, path));
  expect(gone).toContainEqual(
    expect.objectContaining({ table: 'player_game_summary', date: day, kind: 'removed' }),
  );
  const without = copyOf(path);
  await correct(path, asItWas);
  expect(await rowsOf(path, '--since', start.slice(0, 23))).toEqual([]);
  const later = await cellOf(path, "SELECT MAX(run_id) FROM backcourt.runs WHERE verb = 'run'");
  const back = await rowsOf(path, '--since', String(later));
  expect(told(back)).toEqual(await differences(without, path));
  expect(back).toContainEqual(
    expect.objectContaining({ table: 'player_game_summary', date: day, kind: 'added' }),
  );
});

test('rows of a day on which nothing is to stand any more are told as removed', async () => {
  const path = copyOf(filled);
  const table = 'player_game_summary';
  const count = `SELECT COUNT(*)::INT FROM ${summary} WHERE game_date = DATE '2023-07-04'`;
  await changeFile(
    path,
    `INSERT INTO ${summary} SELECT * REPLACE (DATE '2023-07-04' AS game_date) FROM ${summary} WHERE game_date = DATE '${day}'`,
  );
  const rows = Number(await cellOf(path, count));
  await prepare([
    ...['run', '--backfill', '--rewrite', '--tables', table, '--dates', '2023-07-04'],
    ...['--allow-shrink', '--warehouse', path],
  ]);
  expect(await cellOf(path, count)).toBe(0);
  const removed = await rowsOf(path, '--since', '2020-01-01');
  expect(removed.map(({ kind }) => kind)).toEqual(Array(rows).fill('removed'));
});

test('an older warehouse remembers from the first command on that writes to it', async () => {
  const path = copyOf(filled);
  await changeFile(
    path,
    `DROP TABLE backcourt.changes; ALTER TABLE backcourt.warehouse DROP COLUMN changes_from;
    UPDATE backcourt.warehouse SET format_version = 4`,
  );
  const since = ['changes', '--since', '2020-01-01', '--warehouse', path];
  expect((await prepare(since)).lines[1]).toMatch(/^an older Backcourt made this warehouse/);
  const doctor = await backcourt(['doctor', '--warehouse', path]);
  expect(doctor.stdout).toMatch(/ok +changes +an older ledger, which remembers none/);
  await correct(path, oneMore);
  const { lines } = await prepare(since);
  expect(lines[1]).toMatch(/^changes before .* are not remembered, and not shown$/);
  expect(lines).toContain(`player_game_summary ${day}, rows by universal_player_id:`);
  await changeFile(path, 'DROP TABLE backcourt.changes');
  const lost = await backcourt(since);
  expect([lost.exitCode, lost.stderr]).toEqual([
    8,
    expect.stringContaining('has lost backcourt.changes'),
  ]);
});

test.each([
  [['--yes'], /do what\? give --before <time>, or --tables <list>/],
  [['--before', 'tomorrow'], /a time is/],
  [['--before', '2999-01-01', '--yes'], /in the future/],
])('prune %j is a mistake that is explained', async (flags, message) => {
  const { exitCode, stderr } = await backcourt(['prune', ...flags, '--warehouse', filled]);
  expect([exitCode, stderr]).toEqual([2, expect.stringMatching(message)]);
});

test.each([
  [['--since', '20200101T000000Z-abcdef'], /there is no such run.*npx backcourt runs/],
  [['--since', '2024-02-30'], /there is no such run.*a time is YYYY-MM-DD/],
  [[], /since when\? give --since <run\|time>/],
  [['--since', '2124-01-01'], /--since 2124-01-01 is in the future/],
  [
    ['--since', '2024-01-01', '--key', 'Nobody'],
    /--key "Nobody": no row of these tables has this key, and no player has this name/,
  ],
])('changes %j is a mistake that is explained', async (flags, message) => {
  const { exitCode, stderr } = await backcourt(['changes', ...flags, '--warehouse', filled]);
  expect([exitCode, stderr]).toEqual([2, expect.stringMatching(message)]);
});
