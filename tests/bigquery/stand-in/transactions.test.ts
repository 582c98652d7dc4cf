import { beforeEach, describe, expect, test } from 'vitest';
import { smallStandIn } from './small-stand-in.ts';

const at = smallStandIn();
const rows = (name: string) =>
  at()
    .database.rows(name)
    .map((row) => Object.values(row).join(' '))
    .sort();

beforeEach(async () => {
  await at().run(`
CREATE TABLE d.t (day DATE NOT NULL, n INT64) PARTITION BY day;
CREATE TABLE d.other (n INT64);
INSERT INTO d.t (day, n) VALUES (DATE '2024-01-01', 1), (DATE '2024-01-02', 2);
INSERT INTO d.other (n) VALUES (1);`);
});

/** Two scripts, of which the first stops before its end until the second is over. */
async function overlapping(first: string, second: string) {
  const { standIn, run, failure } = at();
  const hold = standIn.hold(/^COMMIT/);
  const begun = failure(run(`BEGIN TRANSACTION; ${first}; COMMIT TRANSACTION;`));
  await hold.reached;
  const other = await failure(run(second));
  hold.release();
  return [await begun, other];
}

const commit = (statements: string) => `BEGIN TRANSACTION; ${statements}; COMMIT TRANSACTION;`;
const conflict =
  /invalidQuery: Query error: Transaction is aborted due to concurrent update against table loopback-project:d\.t/;

describe('two transactions', () => {
  test.each([
    ['UPDATE', "UPDATE d.t SET n = 5 WHERE day = DATE '2024-01-02'"],
    ['DELETE', 'DELETE FROM d.t WHERE n = 2'],
    ['TRUNCATE', 'TRUNCATE TABLE d.t'],
    [
      'MERGE that updates',
      'MERGE INTO d.t AS old USING d.other AS other ON old.n = other.n WHEN MATCHED THEN UPDATE SET n = 9',
    ],
  ])(
    'that both change rows of a table conflict, by %s, even of other partitions',
    async (_, change) => {
      const [first, second] = await overlapping(
        "UPDATE d.t SET n = 4 WHERE day = DATE '2024-01-01'",
        commit(change),
      );
      expect(first).toBe('done');
      expect(second).toMatch(conflict);
      expect(rows('d.t')).toEqual(['2024-01-01 4', '2024-01-02 2']);
    },
  );

  test.each([
    ['INSERT', "INSERT INTO d.t (day, n) VALUES (DATE '2024-01-03', 3)"],
    [
      'DELETE that finds no row before an INSERT',
      "DELETE FROM d.t WHERE day = DATE '2024-01-03'; INSERT INTO d.t (day, n) VALUES (DATE '2024-01-03', 3)",
    ],
    [
      'MERGE that only inserts',
      "MERGE INTO d.t AS old USING (SELECT 3 AS n) AS other ON old.n = other.n WHEN MATCHED THEN DELETE WHEN NOT MATCHED THEN INSERT (day, n) VALUES (DATE '2024-01-03', other.n)",
    ],
  ])('both commit when one does %s', async (_, change) => {
    const both = await overlapping('DELETE FROM d.t WHERE n = 1', commit(change));
    expect(both).toEqual(['done', 'done']);
    expect(rows('d.t')).toEqual(['2024-01-02 2', '2024-01-03 3']);
  });

  test('of which neither finds a row both append: this is how rows are doubled', async () => {
    const work =
      "DELETE FROM d.t WHERE n = 7; INSERT INTO d.t (day, n) VALUES (DATE '2024-02-01', 7)";
    expect(await overlapping(work, commit(work))).toEqual(['done', 'done']);
    expect(rows('d.t').filter((row) => row === '2024-02-01 7')).toHaveLength(2);
  });

  test('that change other tables both commit, and each reads what stood there when it began', async () => {
    const [first, second] = await overlapping(
      'INSERT INTO d.other (n) SELECT COUNT(*) FROM d.t',
      commit('DELETE FROM d.t WHERE n = 1'),
    );
    expect([first, second]).toEqual(['done', 'done']);
    expect([rows('d.t'), rows('d.other')]).toEqual([['2024-01-02 2'], ['1', '2']]);
  });

  test('the one that began first is aborted as well, when the other commits before it changes a row', async () => {
    const { standIn, run, failure } = at();
    const hold = standIn.hold(/^UPDATE/);
    const first = failure(run(commit('SELECT 1; UPDATE d.t SET n = 8 WHERE n = 1')));
    await hold.reached;
    await run('DELETE FROM d.t WHERE n = 2');
    hold.release();
    expect(await first).toMatch(conflict);
    expect(rows('d.t')).toEqual(['2024-01-01 1']);
  });

  test('nothing conflicts where the rule is switched off', async () => {
    at().standIn.setRules({ conflicts: false });
    const work = 'UPDATE d.t SET n = 4 WHERE n = 1';
    expect(await overlapping(work, commit('UPDATE d.t SET n = 5 WHERE n = 2'))).toEqual([
      'done',
      'done',
    ]);
  });
});

describe('a statement outside of a transaction', () => {
  test('waits for the transaction that holds its table', async () => {
    const { standIn, run } = at();
    const hold = standIn.hold(/^COMMIT/);
    const first = run(commit('UPDATE d.t SET n = n + 10 WHERE n = 1'));
    await hold.reached;
    const second = run('UPDATE d.t SET n = n + 100 WHERE n > 0');
    setTimeout(hold.release, 50);
    await Promise.all([first, second]);
    expect(rows('d.t')).toEqual(['2024-01-01 111', '2024-01-02 102']);
  });

  test('gives up when that takes too long, in words of its own', async () => {
    const { standIn, run, failure } = at();
    const hold = standIn.hold(/^COMMIT/);
    const first = run(commit('UPDATE d.t SET n = 4 WHERE n = 1'));
    await hold.reached;
    expect(await failure(run('UPDATE d.t SET n = 5 WHERE n = 2'))).toBe(
      'invalidQuery: Could not serialize access to table loopback-project:d.t due to concurrent update',
    );
    hold.release();
    await first;
  }, 30_000);
});

describe('a script', () => {
  test('that fails inside a transaction leaves nothing of it', async () => {
    const { run, failure } = at();
    const broken = run(commit('DELETE FROM d.t WHERE n = 1; SELECT 1 / 0'));
    expect(await failure(broken)).toMatch(/division by zero/i);
    expect(rows('d.t')).toHaveLength(2);
    // And the table is free again.
    await run('UPDATE d.t SET n = 3 WHERE n = 1');
  });

  test.each([
    'CREATE TABLE d.new (n INT64)',
    'DROP TABLE d.other',
    'CREATE OR REPLACE TABLE d.t AS SELECT 1 AS n',
  ])('may not %s inside a transaction, but make a temporary table', async (ddl) => {
    const { run, failure } = at();
    expect(await failure(run(commit(ddl)))).toMatch(/not supported inside a transaction/);
    await run(
      commit('CREATE TEMP TABLE few AS SELECT 5 AS n; INSERT INTO d.other (n) SELECT n FROM few'),
    );
    expect(rows('d.other')).toEqual(['1', '5']);
  });

  test('meets 404 when a table that it still reads is dropped meanwhile', async () => {
    const { standIn, run, failure } = at();
    for (const wrap of [commit, (statements: string) => `SELECT 1; ${statements};`]) {
      await run('CREATE OR REPLACE TABLE d.staged AS SELECT 1 AS n');
      const hold = standIn.hold(/^INSERT/);
      const reading = failure(
        run(
          wrap(
            'SELECT COUNT(*) AS n FROM d.staged; INSERT INTO d.other (n) SELECT n FROM d.staged',
          ),
        ),
      );
      await hold.reached;
      await run('DROP TABLE d.staged');
      hold.release();
      expect(await reading).toMatch(/[Nn]ot found/);
    }
    expect(rows('d.other')).toEqual(['1']);
  });

  test('takes turns with others, statement by statement, in an order of the seed', async () => {
    const { standIn, run, database } = at();
    standIn.setPace(0);
    const steps = (name: string) =>
      [1, 2, 3, 4, 5]
        .map((n) => `INSERT INTO d.t (day, n) VALUES (DATE '2024-03-0${n}', ${name}${n});`)
        .join('\n');
    // One order of a hundred has no turn in it, so chance is asked more than once.
    const orders: string[] = [];
    for (let round = 0; round < 4; round += 1) {
      await run("DELETE FROM d.t WHERE day >= DATE '1900-01-01'");
      // Neither may be over before the other has come.
      const holds = [standIn.hold(/, 11\)/), standIn.hold(/, 21\)/)];
      const ended = Promise.all([run(steps('1')), run(steps('2'))]);
      await Promise.all(holds.map(({ reached }) => reached));
      for (const { release } of holds) release();
      await ended;
      orders.push(
        database
          .rows('d.t')
          .map(({ n }) => String(n).slice(0, 1))
          .join(''),
      );
    }
    for (const order of orders) expect([...order].sort().join('')).toBe('1111122222');
    expect(orders).not.toEqual(orders.map(() => expect.stringMatching(/^(1{5}2{5}|2{5}1{5})$/)));
  });

  test('knows variables, conditions, handlers and the rows that it changed', async () => {
    const { run, failure } = at();
    const fence = (generation: number) => `
DECLARE found INT64 DEFAULT (SELECT COUNT(*) FROM d.t);
BEGIN TRANSACTION;
UPDATE d.other SET n = n + 1 WHERE n = ${generation};
IF @@row_count = 0 THEN RAISE USING MESSAGE = CONCAT('moved on; ', 'found rows'); END IF;
INSERT INTO d.t (day, n) VALUES (DATE '2024-01-04', found);
COMMIT TRANSACTION;
SELECT n FROM d.t WHERE day = DATE '2024-01-04';`;
    expect(await run(fence(1))).toEqual([{ n: 2 }]);
    expect(await failure(run(fence(1)))).toMatch(/Query error: moved on; found rows at \[/);
    await run(`
BEGIN
  BEGIN TRANSACTION;
  DELETE FROM d.t WHERE TRUE;
  SELECT 1 / 0;
  COMMIT TRANSACTION;
EXCEPTION WHEN ERROR THEN
  ROLLBACK TRANSACTION;
END;
IF (SELECT COUNT(*) FROM d.t) = 3 THEN SELECT 1; ELSE RAISE USING MESSAGE = 'rows are gone'; END IF;`);
  });
});
