import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Reader, WarehouseError } from '../warehouse.ts';
import { type DuckDbWarehouse, openDuckDb } from './duckdb-warehouse.ts';
import { toWarehouseError } from './errors.ts';

const open = (path: string, mode: 'read' | 'write' = 'write') =>
  openDuckDb({
    path,
    mode,
    waitSeconds: 0,
    threads: undefined,
    writer: { pid: 1, host: 'here', startedAt: '2023-11-01T00:00:00Z' },
  });

let warehouse: DuckDbWarehouse;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'backcourt-duckdb-'));
  warehouse = await open(':memory:');
  await warehouse.run('CREATE TABLE rows_of (day DATE NOT NULL, n BIGINT)');
});
afterAll(async () => {
  await warehouse.close();
  rmSync(folder, { recursive: true });
});

const count = async () => (await warehouse.query('SELECT COUNT(*) AS n FROM rows_of'))[0]?.['n'];
const value = async (expression: string) =>
  (await warehouse.query(`SELECT ${expression} AS result`))[0]?.['result'];
const failure = async (work: Promise<unknown>): Promise<WarehouseError> => {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof WarehouseError) return error;
  throw new Error(`no WarehouseError, but ${String(error)}`);
};

const insert = (n: number) => `INSERT INTO rows_of VALUES (DATE '2023-11-01', ${n})`;

it('takes no more memory than it was given, and what does not fit goes beside the file', async () => {
  const path = join(folder, 'limits.duckdb');
  const opened = await open(path);
  try {
    const [row] = await opened.query(
      "SELECT current_setting('memory_limit') AS most, current_setting('temp_directory') AS folder",
    );
    // Its own: two readers that share a folder take it away from each other.
    expect(row?.['folder']).toMatch(/limits\.duckdb\.tmp-\d+@/);
    expect(row?.['most']).toMatch(/^\d+\.\d MiB$/);
  } finally {
    await opened.close();
  }
});

describe('commit', () => {
  it.each([
    ['at run time', "INSERT INTO rows_of SELECT DATE '2023-11-01', CAST('x' AS BIGINT)"],
    ['of a constraint', 'INSERT INTO rows_of VALUES (NULL, 1)'],
    ['in binding', 'INSERT INTO nowhere VALUES (1)'],
    ['in parsing', 'INSRT INTO rows_of'],
  ])(
    'writes nothing when a later statement fails %s, throws, and can be used again',
    async (_, wrong) => {
      await warehouse.commit(['DELETE FROM rows_of', insert(1)]);
      const error = await failure(
        warehouse.commit(['DELETE FROM rows_of', insert(2), insert(3), wrong, insert(4)]),
      );
      expect(error.sql).toBe(wrong);
      expect(await warehouse.query('SELECT n FROM rows_of')).toEqual([{ n: 1 }]);
      await warehouse.commit([insert(5)]);
      expect(await count()).toBe(2);
    },
  );

  it('a swallowed error in a file leaves nothing behind after it is reopened', async () => {
    const path = join(folder, 'reopened.duckdb');
    const first = await open(path);
    await first.commit(['CREATE TABLE t (n BIGINT)', 'INSERT INTO t VALUES (1)']);
    await expect(
      first.commit(['DELETE FROM t', 'INSERT INTO t VALUES (2)', "SELECT CAST('x' AS BIGINT)"]),
    ).rejects.toThrow('Conversion Error');
    await first.close();
    const second = await open(path, 'read');
    expect(await second.query('SELECT n FROM t')).toEqual([{ n: 1 }]);
    await second.close();
  });

  it('is followed by a question, whose rows are those after it', async () => {
    const asked = 'SELECT COUNT(*) AS rows FROM rows_of';
    expect(await warehouse.commit(['DELETE FROM rows_of', insert(1)], asked)).toEqual([
      { rows: 1 },
    ]);
    expect(await warehouse.commit([], asked)).toEqual([{ rows: 1 }]);
  });

  it('of nothing is nothing', async () => {
    const before = await count();
    expect(await warehouse.commit([])).toEqual([]);
    expect(await count()).toBe(before);
  });
});

describe('a commit of what is judged while it is sent', () => {
  const rows = () => warehouse.query('SELECT n FROM rows_of ORDER BY n');
  const wrong = "INSERT INTO rows_of SELECT DATE '2023-11-01', CAST('x' AS BIGINT)";
  const question = 'SELECT COUNT(*) AS rows FROM rows_of';

  beforeEach(async () => {
    await warehouse.commit(['DELETE FROM rows_of', insert(1)]);
    await warehouse.stage('judged', 'SELECT 7 AS n');
  });

  it('writes both parts together; who judges sees what is staged and nothing of the commit', async () => {
    const seen: unknown[] = [];
    const judge = async (reader: Reader) => {
      seen.push(await reader.query('SELECT n FROM judged'));
      seen.push(await reader.query('SELECT n FROM rows_of'));
      seen.push(await reader.query('SELECT div(7, 2) AS n'));
      return [insert(3)];
    };
    const counted = await warehouse.commitWhile([insert(2)], judge, question);
    expect(counted).toEqual([{ rows: 3 }]);
    expect(seen).toEqual([[{ n: 7 }], [{ n: 1 }], [{ n: 3 }]]);
    expect(await rows()).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }]);
  });

  it('takes back what was sent when the judgement is against it', async () => {
    const counted = await warehouse.commitWhile([insert(2)], async () => undefined, question);
    expect(counted).toBeUndefined();
    expect(await rows()).toEqual([{ n: 1 }]);
    await warehouse.commit([insert(4)]);
    expect(await rows()).toEqual([{ n: 1 }, { n: 4 }]);
  });

  it.each([
    ['the first part', [insert(2), wrong], async () => [insert(3)]],
    ['the second part', [insert(2)], async () => [insert(3), wrong]],
  ])('writes nothing when a statement of %s fails', async (_, statements, rest) => {
    const error = await failure(warehouse.commitWhile(statements, rest));
    expect([error.kind, error.sql]).toEqual(['statement', wrong]);
    expect(await rows()).toEqual([{ n: 1 }]);
    await warehouse.commit([insert(4)]);
    expect(await rows()).toEqual([{ n: 1 }, { n: 4 }]);
  });

  it('writes nothing when the judgement throws', async () => {
    const judge = async () => {
      throw new Error('no judgement');
    };
    await expect(warehouse.commitWhile([insert(2)], judge)).rejects.toThrow('no judgement');
    expect(await rows()).toEqual([{ n: 1 }]);
  });

  it('ends after the judgement, even where a statement has failed before', async () => {
    let hasJudged = false;
    const judge = async () => {
      await new Promise((resolve) => setTimeout(resolve, 50));
      hasJudged = true;
      return [];
    };
    await failure(warehouse.commitWhile([wrong], judge));
    expect(hasJudged).toBe(true);
  });

  it('keeps every other caller waiting outside', async () => {
    await warehouse.commitWhile([insert(2)], async () => {
      await expect(warehouse.query('SELECT 1 AS n')).rejects.toThrow('"query" while "commit"');
      return undefined;
    });
  });
});

describe('one caller at a time', () => {
  it('a second call while the first runs throws and names both; the first goes on', async () => {
    const first = warehouse.query('SELECT 1 AS n');
    await expect(warehouse.commit([insert(9)])).rejects.toThrow('"commit" while "query"');
    expect(await first).toEqual([{ n: 1 }]);
  });

  it('after a call has failed the next one is welcome', async () => {
    await failure(warehouse.query('SELECT * FROM nowhere'));
    expect(await value('2')).toBe(2);
  });

  it('may close twice', async () => {
    const other = await open(':memory:');
    await other.close();
    await expect(other.close()).resolves.toBeUndefined();
  });
});

describe('values', () => {
  it('integers of every width are numbers, up to 2^53', async () => {
    const [row] = await warehouse.query(
      'SELECT 1::BIGINT AS a, 2::HUGEINT AS b, 3::UBIGINT AS c, 4::INTEGER AS d, 5::TINYINT AS e, 9007199254740991::BIGINT AS f, -9007199254740991::BIGINT AS g, NULL::BIGINT AS h',
    );
    expect(row).toEqual({
      a: 1,
      b: 2,
      c: 3,
      d: 4,
      e: 5,
      f: Number.MAX_SAFE_INTEGER,
      g: Number.MIN_SAFE_INTEGER,
      h: null,
    });
  });

  it('an integer beyond 2^53 throws instead of losing digits', async () => {
    await expect(warehouse.query('SELECT 9007199254740993::BIGINT AS big')).rejects.toThrow(
      'column "big" holds 9007199254740993',
    );
    await expect(warehouse.query('SELECT -9007199254740992::HUGEINT AS big')).rejects.toThrow(
      'big',
    );
  });

  it('NUMERIC and DATE are text, BOOL and lists themselves', async () => {
    const [row] = await warehouse.query(
      "SELECT 5.10::DECIMAL(5, 2) AS a, DATE '2023-11-05' AS b, TRUE AS c, ['x', 'y'] AS d, NULL AS e, 0.5::DOUBLE AS f",
    );
    expect(row).toEqual({ a: '5.10', b: '2023-11-05', c: true, d: ['x', 'y'], e: null, f: 0.5 });
  });
});

it('integers are numbers in lists too', async () => {
  const [row] = await warehouse.query(
    "SELECT [3::BIGINT, NULL] AS a, [[5::BIGINT]] AS b, CAST([] AS BIGINT[]) AS c, CAST(NULL AS BIGINT[]) AS d, ['7'] AS e",
  );
  expect(row).toEqual({ a: [3, null], b: [[5]], c: [], d: null, e: ['7'] });
});

describe('errors', () => {
  it.each([
    ['SELECT * FROM nowhere', 'definition'],
    ['SELECT nothing FROM rows_of', 'definition'],
    ['SELECT FROM WHERE', 'definition'],
    ["SELECT CAST('abc' AS BIGINT)", 'statement'],
    ['SELECT 9223372036854775807 + n FROM (VALUES (1::BIGINT)) AS t(n)', 'statement'],
    ["SELECT error('told so')", 'statement'],
  ])('%s: %s', async (sql, kind) => {
    const error = await failure(warehouse.query(sql));
    expect(error.kind).toBe(kind);
    expect(error.sql).toBe(sql);
    expect(error.message).not.toContain('\n\nLINE');
  });

  it('a file that is no database is a matter of the surroundings, and stays as it is', async () => {
    const path = join(folder, 'notes.txt');
    writeFileSync(path, 'not a database, but long enough to look like a file\n'.repeat(200));
    const error = await failure(open(path));
    expect(error.kind).toBe('surroundings');
    expect(error.message).toContain(path);
  });

  it('a folder that does not exist is a matter of the surroundings', async () => {
    const error = await failure(open(join(folder, 'nowhere', 'w.duckdb')));
    expect(error.kind).toBe('surroundings');
  });

  it('reading what is not there says so and makes no file', async () => {
    const path = join(folder, 'absent.duckdb');
    const error = await failure(open(path, 'read'));
    expect([error.kind, error.message]).toEqual(['absent', `there is no warehouse at "${path}"`]);
    expect((await failure(open(path, 'read'))).kind).toBe('absent');
  });

  it.each([
    [
      'IO Error: Could not set lock on file "w.duckdb": Conflicting lock is held in … (PID 12)',
      'locked',
    ],
    ['IO Error: No space left on device', 'surroundings'],
    [
      'TransactionContext Error: Failed to commit: Could not write file "w.duckdb.wal": No space left on device',
      'surroundings',
    ],
    ['Out of Memory Error: could not allocate block', 'oversized'],
    ['INTERNAL Error: assertion', 'definition'],
    ['Constraint Error: NOT NULL constraint failed', 'statement'],
    ['Invalid Input Error: told so', 'statement'],
    ['something else', 'statement'],
  ])('%s', (message, kind) => {
    expect(toWarehouseError(new Error(message)).kind).toBe(kind);
  });

  it('keeps an error that already has a kind', () => {
    const error = new WarehouseError('locked', 'x');
    expect(toWarehouseError(error)).toBe(error);
  });
});

describe('stages', () => {
  it('are replaced, seen by queries, and dropped', async () => {
    await warehouse.stage('staged', 'SELECT 1 AS n');
    await warehouse.stage('staged', 'SELECT 2 AS n');
    expect(await warehouse.query('SELECT n FROM staged')).toEqual([{ n: 2 }]);
    await warehouse.dropStage('staged');
    await warehouse.dropStage('staged');
    expect((await failure(warehouse.query('SELECT n FROM staged'))).kind).toBe('definition');
  });
});

describe('stages together', () => {
  const whole = 'SELECT CAST(SUM(n) AS BIGINT) AS n FROM last_one';
  /** Long enough that the others are under way while it is made. */
  const slow = 'SELECT CAST(SUM(n % 7) AS BIGINT) AS n FROM range(20000000) AS numbers(n)';

  it('read each other in their order, or at the same time what they say they do not read', async () => {
    const stagings = [
      { name: 'first_one', select: slow, reads: [] },
      { name: 'side_one', select: 'SELECT 1 + safe_divide(4, 2) AS n', reads: [] },
      { name: 'last_one', select: 'SELECT n FROM first_one UNION ALL SELECT n FROM side_one' },
    ];
    const [row] = await warehouse.stageAll(stagings, whole);
    expect(row?.['n']).toBe(59999997 + 3);
    await warehouse.dropStage('first_one', 'side_one', 'last_one');
  });

  it('throw what one of them could not do, when the others have ended', async () => {
    const stagings = [
      { name: 'first_one', select: slow, reads: [] },
      { name: 'bad_one', select: "SELECT CAST('x' AS BIGINT) AS n", reads: [] },
      { name: 'last_one', select: 'SELECT n FROM first_one' },
    ];
    const error = await failure(warehouse.stageAll(stagings, whole));
    expect([error.kind, error.sql]).toEqual(['statement', expect.stringContaining('bad_one')]);
    expect(await value('(SELECT n FROM first_one)')).toBe(59999997);
    await expect(warehouse.query('SELECT n FROM last_one')).rejects.toThrow('last_one');
    await warehouse.dropStage('first_one');
  });
});

describe('functions with GoogleSQL names', () => {
  it.each([
    ['div(7, 2)', 3],
    ['div(6, 3)', 2],
    ['div(0, 5)', 0],
    ['div(-7, 2)', -3],
    ['div(7, -2)', -3],
    ['safe_divide(1, 4)', 0.25],
    ['safe_divide(1, 0)', null],
    ["unix_date(DATE '1970-01-01')", 0],
    ["unix_date(DATE '2023-11-15')", 19_676],
    ["unix_date(DATE '1969-12-31')", -1],
  ])('%s is %s', async (expression, expected) => {
    expect(await value(expression)).toBe(expected);
  });

  it('logical_or and logical_and skip NULL and are NULL over nothing', async () => {
    const over = async (values: string) =>
      (
        await warehouse.query(
          `SELECT logical_or(x) AS any_, logical_and(x) AS all_ FROM (VALUES ${values}) AS t(x)`,
        )
      )[0];
    expect(await over('(TRUE), (FALSE), (NULL)')).toEqual({ any_: true, all_: false });
    expect(await over('(TRUE), (NULL)')).toEqual({ any_: true, all_: true });
    expect(await over('(CAST(NULL AS BOOLEAN))')).toEqual({ any_: null, all_: null });
  });

  it('leave no trace in the file', async () => {
    const path = join(folder, 'traceless.duckdb');
    await (await open(path)).close();
    const reader = await open(path, 'read');
    const tables = await reader.query(
      "SELECT function_name FROM duckdb_functions() WHERE NOT internal AND database_name <> 'temp'",
    );
    await reader.close();
    expect(tables).toEqual([]);
  });

  it('sorts NULLs last and reads times in UTC on every machine', async () => {
    const rows = await warehouse.query(
      'SELECT x FROM (VALUES (2), (NULL), (1)) AS t(x) ORDER BY x',
    );
    expect(rows.map((row) => row['x'])).toEqual([1, 2, null]);
    expect(await value("CAST(TIMESTAMPTZ '2023-11-15 00:30:00-05' AS DATE)")).toBe('2023-11-15');
    expect(await value("current_setting('TimeZone')")).toBe('UTC');
  });
});
