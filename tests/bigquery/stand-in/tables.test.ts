import { describe, expect, test } from 'vitest';
import { smallStandIn } from './small-stand-in.ts';

const at = smallStandIn();
const day = 86_400_000;

async function optionsOf(table: string): Promise<unknown> {
  const rows = await at().run(
    `SELECT option_name, option_value FROM d.INFORMATION_SCHEMA.TABLE_OPTIONS WHERE table_name = '${table}' ORDER BY option_name`,
  );
  return Object.fromEntries(rows.map((row) => Object.values(row as object)));
}

describe('a dataset with default expirations', () => {
  const never = 'OPTIONS(expiration_timestamp = NULL, partition_expiration_days = NULL)';
  const parted = 'CREATE TABLE d.p (day DATE, n INT64) PARTITION BY DATE_TRUNC(day, MONTH)';
  const rows = "INSERT INTO d.p (day, n) VALUES (DATE '2021-10-19', 1), (CURRENT_DATE(), 2)";

  async function limitDataset(): Promise<void> {
    await at()
      .client.dataset('d')
      .setMetadata({
        defaultTableExpirationMs: String(90 * day),
        defaultPartitionExpirationMs: String(60 * day),
      });
  }

  test('counts where CREATE TABLE says NULL, and old partitions are gone as soon as they are written', async () => {
    await limitDataset();
    const { run, database } = at();
    await run(`${parted} ${never}; ${rows}; CREATE TABLE d.t (n INT64) ${never};`);
    expect(await optionsOf('p')).toEqual({ partition_expiration_days: '60.0' });
    expect(await optionsOf('t')).toEqual({
      expiration_timestamp: expect.stringContaining('TIMESTAMP "'),
    });
    expect(database.rows('d.p').map(({ n }) => n)).toEqual([2]);
    const [metadata] = await at().client.dataset('d').table('p').getMetadata();
    expect(metadata.timePartitioning).toMatchObject({
      type: 'MONTH',
      expirationMs: String(60 * day),
    });
  });

  test('is overcome by ALTER TABLE', async () => {
    await limitDataset();
    const { run, database } = at();
    await run(`${parted} ${never}; ALTER TABLE d.p SET ${never}; ${rows};`);
    expect(await optionsOf('p')).toEqual({});
    expect(database.rows('d.p')).toHaveLength(2);
  });

  test('does not count where CREATE TABLE says NULL and the rule is switched off', async () => {
    await limitDataset();
    at().standIn.setRules({ expirations: false });
    await at().run(`${parted} ${never}; ${rows};`);
    expect(at().database.rows('d.p')).toHaveLength(2);
  });
});

describe('a dataset', () => {
  test('is made once, and is found from its own location alone', async () => {
    const { client, run, failure, standIn } = at();
    await client.createDataset('far', { location: 'EU' });
    expect(await failure(client.createDataset('far', { location: 'EU' }))).toMatch(/^duplicate: /);
    expect((await client.dataset('far').getMetadata())[0].location).toBe('EU');
    const sql = 'CREATE TABLE far.t (n INT64)';
    expect(await failure(run(sql))).toBe(
      'notFound: Not found: Dataset loopback-project:far was not found in location US',
    );
    expect(await failure(run(sql, { location: 'EU' }))).toBe('done');
    standIn.setRules({ locations: false });
    expect(await failure(run('SELECT * FROM far.t'))).toBe('done');
  });

  test('must be there before its tables are', async () => {
    expect(await at().failure(at().run('CREATE TABLE nowhere.t (n INT64)'))).toMatch(
      /^notFound: Not found: Dataset loopback-project:nowhere/,
    );
  });
});

describe('what is written', () => {
  test('has no NULL in an array', async () => {
    const { run, failure, standIn } = at();
    const refused = /Array cannot have a null element; error in writing field list/;
    const select = 'SELECT [1, NULL] AS list';
    expect(await failure(run(`CREATE TABLE d.t AS ${select}`))).toMatch(refused);
    await run('CREATE TABLE d.t (list ARRAY<INT64>)');
    expect(await failure(run(`INSERT INTO d.t (list) ${select}`))).toMatch(refused);
    await run('INSERT INTO d.t (list) SELECT [1]');
    expect(await failure(run('UPDATE d.t SET list = [NULL] WHERE TRUE'))).toMatch(refused);
    standIn.setRules({ arrays: false });
    expect(await failure(run(`INSERT INTO d.t (list) ${select}`))).toBe('done');
  });
});

describe('rows of a result', () => {
  async function rawRows(sql: string, query: object) {
    const job = await at().begin(sql);
    await job.getQueryResults();
    for (;;) {
      const [rows, , response] = await job.getQueryResults({
        autoPaginate: false,
        skipParsing: true,
        ...query,
      });
      if (response?.jobComplete) return { rows, token: response.pageToken };
    }
  }

  test('have times as floats unless whole microseconds are asked for', async () => {
    const sql = "SELECT TIMESTAMP '2023-11-15 20:30:00.125+00' AS t";
    const ask = async (micros: boolean) => {
      const { rows } = await rawRows(sql, { 'formatOptions.useInt64Timestamp': micros });
      return rows[0].f[0].v;
    };
    expect(await ask(true)).toBe('1700080200125000');
    expect(await ask(false)).toBe('1.700080200125E9');
    at().standIn.setRules({ timestamps: false });
    expect(await ask(false)).toBe('1700080200125000');
  });

  test('come in pages of 10 MB, whatever is asked for', async () => {
    const sql = "SELECT REPEAT('x', 1000000) AS text FROM UNNEST(GENERATE_ARRAY(1, 12)) AS n";
    const { rows, token } = await rawRows(sql, { maxResults: 12 });
    expect([rows.length, token]).toEqual([10, '10']);
    expect(await at().run(sql)).toHaveLength(12);
    at().standIn.setRules({ pages: false });
    expect((await rawRows(sql, { maxResults: 12 })).rows).toHaveLength(12);
  });

  test('come in no order unless the query says one', async () => {
    const { run, standIn } = at();
    await run('CREATE TABLE d.t AS SELECT n FROM UNNEST(GENERATE_ARRAY(1, 50)) AS n');
    const order = async (sql: string) =>
      (await run(sql)).map((row) => Number(Object.values(row as object)[0]));
    const sorted = Array.from({ length: 50 }, (_, n) => n + 1);
    const ordered = 'SELECT n FROM d.t ORDER BY n';
    expect(await order(ordered)).toEqual(sorted);
    expect(await order(`SELECT n FROM (${ordered})`)).not.toEqual(sorted);
    // Nor do the rows within an aggregate.
    const [joined] = await run("SELECT STRING_AGG(CAST(n AS STRING), ' ') AS list FROM d.t");
    expect(joined).not.toEqual({ list: sorted.join(' ') });
    standIn.setRules({ order: false });
    await run(
      'CREATE OR REPLACE TABLE d.t AS SELECT n FROM UNNEST(GENERATE_ARRAY(1, 50)) AS n ORDER BY n',
    );
    expect(await order('SELECT n FROM d.t')).toEqual(sorted);
  });
});
