import { describe, expect, test } from 'vitest';
import { smallStandIn } from './small-stand-in.ts';

const at = smallStandIn();
const dates = (count: number) =>
  `SELECT DATE_ADD(DATE '1900-01-01', INTERVAL n DAY) AS day FROM UNNEST(GENERATE_ARRAY(1, ${count})) AS n`;

/** The same work with and without the rule. */
async function both(work: () => Promise<unknown>): Promise<readonly string[]> {
  const { failure, standIn } = at();
  const held = await failure(work());
  standIn.setRules({ limits: false });
  return [held, await failure(work())];
}

describe('a job is refused', () => {
  test('when its text has more than 1,024k characters', async () => {
    const sql = (length: number) => `SELECT 1 -- ${'x'.repeat(length - 12)}`;
    expect(await at().failure(at().run(sql(1024 * 1024)))).toBe('done');
    const [held, free] = await both(() => at().run(sql(1024 * 1024 + 1)));
    expect([held, free]).toEqual([
      expect.stringMatching(/^invalid: The query is too large/),
      'done',
    ]);
  });

  test.each([['Run'], ['2024'], ['a'.repeat(64)]])('when it has the label %s', async (key) => {
    const [held, free] = await both(() => at().run('SELECT 1', { labels: { [key]: 'x' } }));
    expect([held, free]).toEqual([expect.stringMatching(/^invalid: Label/), 'done']);
  });

  test('when a label has a value of another form', async () => {
    const [held] = await both(() => at().run('SELECT 1', { labels: { run: '2024-01-01T00:00Z' } }));
    expect(held).toMatch(/^invalid: Label/);
  });

  test('when less than 10 MiB may be billed, or than it is billed', async () => {
    const { run, failure } = at();
    await run('CREATE TABLE d.t (n INT64)');
    const most = (bytes: number) => ({ maximumBytesBilled: String(bytes) });
    expect(await failure(run('SELECT n FROM d.t', most(10 * 2 ** 20)))).toBe('done');
    expect(
      await failure(
        run('SELECT a.n FROM d.t AS a, d.INFORMATION_SCHEMA.TABLES', most(10 * 2 ** 20 - 1)),
      ),
    ).toMatch(/^invalid: maximumBytesBilled/);
  });
});

describe('a statement is refused', () => {
  test('when it writes more than 4,000 partitions, of a month as of a day', async () => {
    const { run, failure, standIn } = at();
    await run(
      'CREATE TABLE d.days (day DATE) PARTITION BY day; CREATE TABLE d.months (day DATE) PARTITION BY DATE_TRUNC(day, MONTH);',
    );
    expect(await failure(run(`INSERT INTO d.days (day) ${dates(4_000)}`))).toBe('done');
    expect(await failure(run(`INSERT INTO d.months (day) ${dates(4_001)}`))).toBe('done');
    const tooMany = /Too many partitions produced by query, allowed 4000/;
    expect(await failure(run(`INSERT INTO d.days (day) ${dates(4_001)}`))).toMatch(tooMany);
    expect(await failure(run(`CREATE TABLE d.more PARTITION BY day AS ${dates(4_001)}`))).toMatch(
      tooMany,
    );
    standIn.setRules({ limits: false });
    expect(await failure(run(`INSERT INTO d.days (day) ${dates(4_001)}`))).toBe('done');
  });

  test('when its table would have more than 10,000 partitions', async () => {
    const { run, failure } = at();
    await run('CREATE TABLE d.days (day DATE) PARTITION BY day');
    const from = (first: number) =>
      `INSERT INTO d.days (day) SELECT DATE_ADD(DATE '1900-01-01', INTERVAL n DAY) FROM UNNEST(GENERATE_ARRAY(${first}, ${first + 3_999})) AS n`;
    for (const first of [0, 4_000]) await run(from(first));
    expect(await failure(run(from(8_000)))).toMatch(
      /^quotaExceeded: Too many partitions for table/,
    );
  });

  test.each([
    ['column', `CREATE TABLE d.t (n INT64 OPTIONS(description = '${'x'.repeat(1_025)}'))`],
    ['table', `CREATE TABLE d.t (n INT64) OPTIONS(description = '${'x'.repeat(16_385)}')`],
  ])('when the description of a %s is too long', async (_, sql) => {
    const [held, free] = await both(() => at().run(sql));
    expect([held, free]).toEqual([expect.stringMatching(/^invalid: The description/), 'done']);
  });

  test('when it clusters by five columns', async () => {
    const [held, free] = await both(() =>
      at().run(
        'CREATE TABLE d.t (a INT64, b INT64, c INT64, e INT64, f INT64) CLUSTER BY a, b, c, e, f',
      ),
    );
    expect([held, free]).toEqual([expect.stringMatching(/^invalid: d.t is clustered/), 'done']);
  });
});

describe('a table name', () => {
  const alter = (times: number) =>
    Array.from({ length: times }, (_, n) => `ALTER TABLE d.t ADD COLUMN c${n} INT64;`).join('\n');

  test('has its metadata changed five times in ten seconds of the virtual clock', async () => {
    const { run, failure, standIn } = at();
    await run('CREATE TABLE d.t (n INT64)');
    standIn.slow(/^SELECT/, 20);
    await run('SELECT 1');
    expect(await failure(run(alter(6)))).toMatch(
      /^rateLimitExceeded: .*too many table update operations/,
    );
    await run('SELECT 1');
    await run('DROP TABLE d.t; CREATE TABLE d.t (n INT64);');
    expect(await failure(run(alter(3)))).toBe('done');
  });

  test('is replaced 1,500 times a day, dropped in between or not', async () => {
    const { standIn, run, failure } = at();
    standIn.setPace(0);
    standIn.setRules({ lateAnswers: false });
    standIn.slow(/^DROP/, 10);
    const once = 'CREATE OR REPLACE TABLE d.t (n INT64); DROP TABLE d.t;';
    await run(once.repeat(1_500));
    expect(await failure(run(once))).toMatch(
      /^quotaExceeded: .*imports or query appends per table/,
    );
    expect(await failure(run('CREATE OR REPLACE TABLE d.other (n INT64)'))).toBe('done');
  });

  test('is changed by 25 statements in ten seconds', async () => {
    const { standIn, run, failure } = at();
    standIn.setPace(0);
    await run('CREATE TABLE d.t (n INT64)');
    const outcomes = await Promise.all(
      Array.from({ length: 26 }, (_, n) => failure(run(`INSERT INTO d.t (n) VALUES (${n})`))),
    );
    const refused = outcomes.filter((outcome) => outcome !== 'done');
    expect(refused).toEqual([expect.stringMatching(/^rateLimitExceeded: .*too many DML/)]);
  });
});

test('a transaction changes 100 tables', async () => {
  const { run, failure, database, standIn } = at();
  standIn.setPace(0);
  const names = Array.from({ length: 101 }, (_, n) => `d.t${n}`);
  for (const name of names)
    database.create(name, [{ name: 'n', type: { kind: 'INT64' }, nullWhen: '' }]);
  const inserts = names.map((name) => `INSERT INTO ${name} (n) VALUES (1);`);
  const commit = (count: number) =>
    `BEGIN TRANSACTION; ${inserts.slice(0, count).join('\n')} COMMIT TRANSACTION;`;
  expect(await failure(run(commit(101)))).toMatch(
    /^resourcesExceeded: Transaction modifies 101 tables/,
  );
  expect(await failure(run(commit(100)))).toBe('done');
});
