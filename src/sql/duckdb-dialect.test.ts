import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hashOfHashes } from '../../tests/support/hashes.ts';
import { openMemoryWarehouse } from '../../tests/support/memory-warehouse.ts';
import { addDays, gameDate } from '../calendar/game-date.ts';
import type { DuckDbWarehouse } from '../warehouse/duckdb/duckdb-warehouse.ts';
import { bool, date, float64, int64, string, timestamp } from './column.ts';
import { duckdbDialect as sql } from './duckdb-dialect.ts';

let warehouse: DuckDbWarehouse;

beforeAll(async () => {
  warehouse = await openMemoryWarehouse();
});
afterAll(() => warehouse.close());

const value = async (expression: string) =>
  (await warehouse.query(`SELECT ${expression} AS result`))[0]?.['result'];
const typeOf = (expression: string) => value(`typeof(${expression})`);

/** R(num/den, scale) in integers of any size, as text with exactly `scale` decimals. */
function exactly(num: bigint, den: bigint, scale: number): string | null {
  if (den === 0n) return null;
  const magnitude = num < 0n ? -num : num;
  const units = (2n * magnitude * 10n ** BigInt(scale) + den) / (2n * den);
  return decimalText(num < 0n ? -units : units, scale);
}

function decimalText(units: bigint, scale: number): string {
  const digits = String(units < 0n ? -units : units).padStart(scale + 1, '0');
  const text = scale === 0 ? digits : `${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
  return units < 0n ? `-${text}` : text;
}

const scales = [0, 1, 2, 3, 4] as const;

/** Quotients of all sizes; every third one is made to lie exactly between two results. */
function quotients(signed: boolean): readonly (readonly [bigint, bigint])[] {
  const size = fc.oneof(
    fc.bigInt({ min: 0n, max: 20n }),
    fc.bigInt({ min: 0n, max: 20_000n }),
    fc.bigInt({ min: 0n, max: 9_000_000_000n }),
  );
  const given = fc.tuple(size, size, fc.boolean());
  const tie = fc
    .tuple(fc.bigInt({ min: 0n, max: 3000n }), fc.bigInt({ min: 1n, max: 50n }), fc.boolean())
    .map(([k, m, minus]) => [(2n * k + 1n) * m, 20_000n * m, minus] as const);
  const tenth = fc
    .tuple(fc.bigInt({ min: 0n, max: 3000n }), fc.bigInt({ min: 1n, max: 50n }), fc.boolean())
    .map(([k, m, minus]) => [(2n * k + 1n) * m, 20n * m, minus] as const);
  const samples = fc.sample(fc.oneof(given, tie, tenth), { numRuns: 3000, seed: 71 });
  return samples.map(([num, den, minus]) => [signed && minus ? -num : num, den]);
}

async function roundAll(
  helper: 'ratio' | 'signedRatio',
  pairs: readonly (readonly [bigint, bigint])[],
) {
  const rows = pairs.map(([num, den], index) => `(${index}, ${num}::BIGINT, ${den}::BIGINT)`);
  const columns = scales.map(
    (scale) => `CAST(${sql[helper]('num', 'den', scale)} AS VARCHAR) AS scale_${scale}`,
  );
  return warehouse.query(
    `SELECT ${columns.join(', ')} FROM (VALUES ${rows.join(', ')}) AS t(i, num, den) ORDER BY i`,
  );
}

describe.each(['ratio', 'signedRatio'] as const)('%s', (helper) => {
  it('rounds once, half away from zero, like integers of any size; NULL over zero', async () => {
    const pairs = quotients(helper === 'signedRatio');
    const expected = pairs.map(([num, den]) =>
      Object.fromEntries(scales.map((scale) => [`scale_${scale}`, exactly(num, den, scale)])),
    );
    expect(await roundAll(helper, pairs)).toEqual(expected);
    // The sample is worth something: ties, zero denominators and both signs are in it.
    const ties = pairs.filter(([num, den]) => den > 0n && (2n * num * 10n) % (2n * den) === den);
    expect(ties.length).toBeGreaterThan(100);
    expect(pairs.filter(([, den]) => den === 0n).length).toBeGreaterThan(20);
  });

  it('is NULL when a part is NULL', async () => {
    expect(await value(sql[helper]('CAST(NULL AS BIGINT)', '3', 1))).toBeNull();
    expect(await value(sql[helper]('3', 'CAST(NULL AS BIGINT)', 1))).toBeNull();
  });

  it('takes expressions for its parts, not only names', async () => {
    expect(await value(sql[helper]('1 + 1', '2 + 1', 2))).toBe('0.67');
    expect(await value(sql[helper]('CASE WHEN TRUE THEN 2 ELSE 1 END', '1 - 1 + 3', 2))).toBe(
      '0.67',
    );
  });

  it('is a DECIMAL of its scale, never a DOUBLE', async () => {
    expect(await typeOf(sql[helper]('2', '3', 2))).toBe('DECIMAL(18,2)');
    expect(await typeOf(sql[helper]('2::BIGINT', '3::BIGINT', 0))).toBe('BIGINT');
  });

  it('fails rather than giving a wrong number when the parts are too large', async () => {
    const huge = String(2n ** 62n);
    await expect(value(sql[helper](huge, '3', 3))).rejects.toThrow();
  });
});

describe('rounding vectors', () => {
  it.each([
    ['3615', '100', 1, '36.2'],
    ['295', '100', 1, '3.0'],
    ['-155', '100', 1, '-1.6'],
    ['15', '100', 1, '0.2'],
    ['-15', '100', 1, '-0.2'],
    ['5', '100', 1, '0.1'],
    ['341', '3', 2, '113.67'],
    ['-25', '100', 1, '-0.3'],
    ['51', '80', 3, '0.638'],
    ['-1', '1000', 1, '0.0'],
  ])('%s/%s at scale %i is %s', async (num, den, scale, expected) => {
    expect(await value(sql.signedRatio(num, den, scale))).toBe(expected);
    if (!num.startsWith('-')) expect(await value(sql.ratio(num, den, scale))).toBe(expected);
  });
});

describe('decimal and units', () => {
  it('are exact and each undoes the other', async () => {
    const counts = fc.sample(fc.bigInt({ min: -(10n ** 13n), max: 10n ** 13n }), {
      numRuns: 500,
      seed: 72,
    });
    const all = [...counts, 0n, 1n, -1n, 9n, -9n, 10n];
    const columns = scales.flatMap((scale) => [
      `CAST(${sql.decimal('n', scale)} AS VARCHAR) AS text_${scale}`,
      `${sql.units(sql.decimal('n', scale), scale)} AS units_${scale}`,
    ]);
    const rows = await warehouse.query(
      `SELECT ${columns.join(', ')} FROM (VALUES ${all.map((n) => `(${n}::BIGINT)`).join(', ')}) AS t(n)`,
    );
    expect(rows).toEqual(
      all.map((n) =>
        Object.fromEntries(
          scales
            .flatMap((scale) => [
              [`text_${scale}`, scale === 0 ? Number(n) : decimalText(n, scale)] as const,
              [`units_${scale}`, Number(n)] as const,
            ])
            .map(([name, cell]) => [name, name === 'text_0' ? String(cell) : cell]),
        ),
      ),
    );
  });

  it('units of a column with fewer decimals, and of NULL', async () => {
    expect(await value(sql.units('CAST(113.5 AS DECIMAL(6, 1))', 2))).toBe(11_350);
    expect(await value(sql.units('CAST(NULL AS DECIMAL(6, 1))', 2))).toBeNull();
    expect(await typeOf(sql.units('CAST(113.55 AS DECIMAL(6, 2))', 2))).toBe('BIGINT');
  });
});

describe('sums and counts', () => {
  const from = 'FROM (VALUES (1::BIGINT, TRUE), (2, FALSE), (NULL, NULL)) AS t(n, flag)';
  const one = async (expression: string, where = '') =>
    (await warehouse.query(`SELECT ${expression} AS result ${from} ${where}`))[0]?.['result'];

  it('a sum is an INT64, NULL over nothing', async () => {
    expect(await one(sql.sum('n'))).toBe(3);
    expect(await one(`typeof(${sql.sum('n')})`)).toBe('BIGINT');
    expect(await one(sql.sum('n'), 'WHERE n IS NULL')).toBeNull();
    expect(await one(sql.sum('n'), 'WHERE FALSE')).toBeNull();
  });

  it('a running sum is an INT64, over a named or an inline window', async () => {
    const rows = await warehouse.query(`
SELECT n, ${sql.sumOver('n', 'so_far')} AS named, ${sql.sumOver('n', '(ORDER BY n)')} AS inline,
  typeof(${sql.sumOver('n', 'so_far')}) AS type
${from} WINDOW so_far AS (ORDER BY n) ORDER BY n`);
    expect(rows.map((row) => [row['named'], row['inline'], row['type']])).toEqual([
      [1, 1, 'BIGINT'],
      [3, 3, 'BIGINT'],
      [3, 3, 'BIGINT'],
    ]);
  });

  it('a count of a condition takes NULL for no', async () => {
    expect(await one(sql.countIf('flag'))).toBe(1);
    expect(await one(sql.countIf('n > 1'))).toBe(1);
    expect(await one(`typeof(${sql.countIf('flag')})`)).toBe('BIGINT');
  });
});

describe('a count of a condition that holds for no row', () => {
  const counted = async (values: string, where = '') =>
    (
      await warehouse.query(
        `SELECT ${sql.countIf('flag')} AS result FROM (VALUES ${values}) AS t(flag) ${where}`,
      )
    )[0]?.['result'];

  it('is 0 where it is FALSE', async () => {
    expect(await counted('(FALSE), (NULL)')).toBe(0);
  });

  it('is 0 where it is NULL for all rows', async () => {
    expect(await counted('(CAST(NULL AS BOOLEAN)), (NULL)')).toBe(0);
  });

  it('is 0 where there are no rows', async () => {
    expect(await counted('(TRUE)', 'WHERE FALSE')).toBe(0);
  });
});

describe('issues', () => {
  it('are the codes whose condition holds, sorted; NULL does not hold', async () => {
    const issues = sql.issues([
      { code: 'thin_window', when: '1 < 2' },
      { code: 'a_missing', when: 'CAST(NULL AS BOOLEAN)' },
      { code: 'no_shot_zones', when: 'TRUE' },
      { code: 'b_false', when: 'FALSE' },
    ]);
    expect(await value(issues)).toEqual(['no_shot_zones', 'thin_window']);
    expect(await typeOf(issues)).toBe('VARCHAR[]');
  });

  it('are the empty list, not NULL, when none holds', async () => {
    expect(await value(sql.issues([{ code: 'a', when: 'FALSE' }]))).toEqual([]);
  });

  it('leave the rules in their order', () => {
    const rules = [
      { code: 'b', when: 'TRUE' },
      { code: 'a', when: 'TRUE' },
    ];
    sql.issues(rules);
    expect(rules.map(({ code }) => code)).toEqual(['b', 'a']);
  });
});

describe('codes', () => {
  it('are those whose condition holds, in the order of the rules', async () => {
    const codes = sql.codes([
      { code: 'z:-5', when: 'TRUE' },
      { code: 'unknown', when: 'CAST(NULL AS BOOLEAN)' },
      { code: 'a:+5', when: '1 < 2' },
    ]);
    expect(await value(codes)).toEqual(['z:-5', 'a:+5']);
    expect(await value(sql.codes([{ code: 'a', when: 'FALSE' }]))).toEqual([]);
  });
});

describe('arrays', () => {
  it('keep the order of their elements', async () => {
    expect(await value(sql.array(['3', '1', '2']))).toEqual([3, 1, 2]);
    expect(await typeOf(sql.array(['CAST(1 AS DOUBLE)', 'CAST(2 AS DOUBLE)']))).toBe('DOUBLE[]');
  });

  it('of what is known leave NULL out', async () => {
    expect(await value(sql.arrayOfKnown(['3', 'NULL', '1']))).toEqual([3, 1]);
    expect(await value(sql.arrayOfKnown(['CAST(NULL AS BIGINT)']))).toEqual([]);
  });

  it('tell whether they hold a text; the empty one does not', async () => {
    const array = sql.array([sql.string('a'), sql.string('b')]);
    expect(await value(sql.arrayContains(array, sql.string('b')))).toBe(true);
    expect(await value(sql.arrayContains(array, sql.string('c')))).toBe(false);
    expect(await value(sql.arrayContains('CAST([] AS VARCHAR[])', sql.string('c')))).toBe(false);
  });
});

describe('rootRatio', () => {
  /** R(√(num/den), scale): the largest k with (2k − 1)² ≤ 4·10^(2·scale)·num/den, in units. */
  function exactRoot(num: bigint, den: bigint, scale: number): string {
    const target = 4n * 100n ** BigInt(scale) * num;
    let k = BigInt(Math.floor(Math.sqrt(Number(num) / Number(den)) * 10 ** scale)) + 2n;
    while (k > 0n && (2n * k - 1n) ** 2n * den > target) k -= 1n;
    return decimalText(k, scale);
  }

  it('rounds the root once, like integers of any size', async () => {
    const pairs = fc.sample(
      fc.tuple(fc.bigInt({ min: 0n, max: 600_000n }), fc.bigInt({ min: 1n, max: 90n })),
      { numRuns: 2000, seed: 74 },
    );
    const squares = Array.from(
      { length: 40 },
      (_, k) => [BigInt((2 * k + 1) ** 2), 40_000n] as const,
    );
    const all = [...pairs, ...squares];
    const rows = await warehouse.query(
      `SELECT CAST(${sql.rootRatio('num', 'den', 2)} AS VARCHAR) AS root FROM (VALUES ${all
        .map(([num, den], index) => `(${index}, ${num}::BIGINT, ${den}::BIGINT)`)
        .join(', ')}) AS t(i, num, den) ORDER BY i`,
    );
    expect(rows.map((row) => row['root'])).toEqual(all.map(([num, den]) => exactRoot(num, den, 2)));
  });

  it('is NULL over zero and for NULL, and a DECIMAL', async () => {
    expect(await value(sql.rootRatio('0', '0', 2))).toBeNull();
    expect(await value(sql.rootRatio('CAST(NULL AS BIGINT)', '2', 2))).toBeNull();
    expect(await typeOf(sql.rootRatio('2', '3', 2))).toBe('DECIMAL(18,2)');
  });
});

describe('float64', () => {
  it('is the nearest double of every decimal with at most four places', async () => {
    const units = fc.sample(fc.integer({ min: -2_000_000, max: 2_000_000 }), {
      numRuns: 3000,
      seed: 75,
    });
    const rows = await warehouse.query(
      `SELECT ${sql.float64('n', 4)} AS x FROM (VALUES ${units.map((n, i) => `(${i}, ${n}::BIGINT)`).join(', ')}) AS t(i, n) ORDER BY i`,
    );
    expect(rows.map((row) => row['x'])).toEqual(
      units.map((n) => Number(decimalText(BigInt(n), 4))),
    );
  });

  it('has no negative zero', async () => {
    expect(Object.is(await value(sql.float64('-1 + 1', 4)), 0)).toBe(true);
    expect(await typeOf(sql.float64('5', 1))).toBe('DOUBLE');
  });
});

describe('literals', () => {
  it('constants are a relation with the given columns', async () => {
    const relation = sql.constants(
      'team',
      ['team_abbr', 'n'],
      [
        [sql.string('BOS'), '1'],
        [sql.string("D'A"), '2'],
      ],
    );
    expect(await warehouse.query(`SELECT team.n, team_abbr FROM ${relation} ORDER BY n`)).toEqual([
      { n: 1, team_abbr: 'BOS' },
      { n: 2, team_abbr: "D'A" },
    ]);
  });

  it('rows of texts become what their columns say, and come back as they were', async () => {
    const columns = [
      string('name', ''),
      date('day', ''),
      int64('rows', ''),
      float64('seconds', ''),
      bool('shared', ''),
      timestamp('seen_at', ''),
      string('reason', '', { freeText: true, nullWhen: 'none' }),
    ];
    const anyText = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 12 }).filter((text) => !text.includes('\0')),
      fc
        .array(
          fc.constantFrom("'", '"', '\\', '\n', '[', ']', ',', 'null', '\\u0041', '\u{1F3C0}'),
          { maxLength: 6 },
        )
        .map((parts) => parts.join('')),
    );
    const rows = fc
      .sample(
        fc.tuple(anyText, fc.integer(), fc.boolean(), fc.option(anyText, { nil: undefined })),
        {
          numRuns: 300,
          seed: 31,
        },
      )
      .map(([name, count, shared, reason], index) => ({ name, count, shared, reason, index }));
    await warehouse.run(
      `CREATE TEMP TABLE texts (${columns.map((column) => `${column.name} ${sql.typeName(column.type)}`).join(', ')})`,
    );
    const texts = rows.map(({ name, count, shared, reason, index }) => [
      ...[name, '2024-02-29', String(count), `${index}.5`, String(shared)],
      ...['2024-02-29T23:59:58Z', reason],
    ]);
    await warehouse.run(sql.insertTexts('texts', columns, texts));
    const found = await warehouse.query(
      'SELECT * REPLACE (CAST(day AS VARCHAR) AS day, CAST(seen_at AS VARCHAR) AS seen_at) FROM texts ORDER BY seconds',
    );
    expect(found).toEqual(
      rows.map(({ name, count, shared, reason, index }) => ({
        ...{ name, day: '2024-02-29', rows: count, seconds: index + 0.5, shared },
        ...{ seen_at: '2024-02-29 23:59:58+00', reason: reason ?? null },
      })),
    );
  });

  it('a text comes back as it was, whatever is in it', async () => {
    const texts = fc
      .sample(
        fc.oneof(
          fc.string({ unit: 'grapheme', maxLength: 12 }),
          fc
            .array(fc.constantFrom("'", '\\', '|', '\n', ';', '--', '%', '$$'), { maxLength: 5 })
            .map((parts) => parts.join('')),
        ),
        { numRuns: 200, seed: 73 },
      )
      .filter((text) => !text.includes('\0'));
    const rows = await warehouse.query(
      `SELECT text FROM (VALUES ${texts.map((text, index) => `(${index}, ${sql.string(text)})`).join(', ')}) AS t(i, text) ORDER BY i`,
    );
    expect(rows.map((row) => row['text'])).toEqual(texts);
  });

  it('dates, times and an untyped nothing', async () => {
    expect(await value(sql.date(gameDate('2023-11-15')))).toBe('2023-11-15');
    expect(await typeOf(sql.date(gameDate('2023-11-15')))).toBe('DATE');
    expect(await value(`CAST(${sql.timestamp('2023-11-15T20:30:00.000Z')} AS VARCHAR)`)).toBe(
      '2023-11-15 20:30:00+00',
    );
    expect(await typeOf(sql.nullFloat64())).toBe('DOUBLE');
  });

  it.each([
    [{ kind: 'INT64' }, 'BIGINT'],
    [{ kind: 'FLOAT64' }, 'DOUBLE'],
    [{ kind: 'STRING' }, 'VARCHAR'],
    [{ kind: 'BOOL' }, 'BOOLEAN'],
    [{ kind: 'DATE' }, 'DATE'],
    [{ kind: 'TIMESTAMP' }, 'TIMESTAMP WITH TIME ZONE'],
    [{ kind: 'NUMERIC', precision: 5, scale: 2 }, 'DECIMAL(5,2)'],
    [{ kind: 'ARRAY', element: 'STRING' }, 'VARCHAR[]'],
    [{ kind: 'ARRAY', element: 'INT64' }, 'BIGINT[]'],
    [{ kind: 'ARRAY', element: 'FLOAT64' }, 'DOUBLE[]'],
  ] as const)('type %j is %s', async (type, name) => {
    expect(await typeOf(`CAST(NULL AS ${sql.typeName(type)})`)).toBe(name);
  });
});

it('hashes the hashes of a group in any order, more of them than a BIGINT holds, and none at all', async () => {
  const hashes = Array.from({ length: 40 }, (_, place) => `ffffffffffffff${place + 10}0`);
  const of = async (values: readonly (string | null)[]) => {
    const tuples = values.map((value) => `(${value === null ? 'NULL' : `'${value}'`})`).join(', ');
    const [row] = await warehouse.query(
      `SELECT ${sql.hashOfHashes('x')} AS result FROM (VALUES ${tuples}) AS t(x)`,
    );
    return row?.['result'];
  };
  expect(await of(hashes)).toBe(hashOfHashes(hashes));
  expect(await of([null, ...hashes.toReversed()])).toBe(hashOfHashes(hashes));
  expect(await of([...hashes, hashes[0] ?? ''])).not.toBe(hashOfHashes(hashes));
  expect(await of([null])).toBe(hashOfHashes([]));
});

describe('isAmong', () => {
  const first = gameDate('2023-10-24');
  const days = (count: number) =>
    Array.from({ length: count }, (_, day) => addDays(first, 2 * day));
  const found = async (count: number, not = '') =>
    (
      await warehouse.query(`
SELECT list(CAST(day AS VARCHAR) ORDER BY day) AS found
FROM (SELECT CAST(range AS DATE) AS day FROM range(DATE '2023-10-01', DATE '2025-10-01', INTERVAL 1 DAY))
WHERE ${not} (${sql.isAmong('day', days(count))})`)
    )[0]?.['found'];

  it.each([1, 2, 40, 41, 300])('holds for %i days and for no other', async (count) => {
    expect(await found(count)).toEqual(days(count));
    const others = (await found(count, 'NOT')) as readonly string[];
    expect(others).toHaveLength(731 - count);
    expect(days(count).filter((day) => others.includes(day))).toEqual([]);
  });

  it.each([3, 100])('is not TRUE for no day, nor is its opposite (%i days)', async (count) => {
    const among = sql.isAmong('CAST(NULL AS DATE)', days(count));
    const rows = await warehouse.query(`SELECT 1 AS n WHERE ${among} OR NOT (${among})`);
    expect(rows).toEqual([]);
  });
});
