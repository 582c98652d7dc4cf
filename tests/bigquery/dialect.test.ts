import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { daysFromTo, gameDate } from '../../src/calendar/game-date.ts';
import { castYielded } from '../../src/measures/cast-yielded.ts';
import {
  arrayOf,
  bool,
  type Column,
  date,
  float64,
  int64,
  numeric,
  string,
  timestamp,
} from '../../src/sql/column.ts';
import { duckdbDialect } from '../../src/sql/duckdb-dialect.ts';
import { googlesqlDialect } from '../../src/sql/googlesql-dialect.ts';
import type { SqlDialect } from '../../src/sql/sql-dialect.ts';
import type { DuckDbWarehouse } from '../../src/warehouse/duckdb/duckdb-warehouse.ts';
import { hashOfHashes } from '../support/hashes.ts';
import { openMemoryWarehouse } from '../support/memory-warehouse.ts';
import { type GoogleSqlService, startGoogleSql } from './googlesql/googlesql-service.ts';
import { decodeRows, makeMemoryDatabase } from './googlesql/memory-database.ts';

const november = gameDate('2023-11-01');
let duckdb: DuckDbWarehouse;
let service: GoogleSqlService;

beforeAll(async () => {
  service = await startGoogleSql();
  duckdb = await openMemoryWarehouse();
});
afterAll(async () => {
  await duckdb?.close();
  await service?.stop();
});

type Rows = readonly (readonly string[])[];

/** Texts of an expression over rows of constants (place, a, b, …), on both engines. */
async function onBoth(columns: readonly string[], rows: Rows, expression: Expression) {
  const answers = [];
  for (const sql of [duckdbDialect, googlesqlDialect]) {
    const numbered = rows.map((row, place) => [String(place), ...row]);
    const select = `SELECT ${expression(sql)} AS answer FROM ${sql.constants('given', ['place', ...columns], numbered)} ORDER BY place`;
    const found =
      sql.engine === 'duckdb'
        ? await duckdb.query(select)
        : decodeRows(await makeMemoryDatabase(service).query(select));
    answers.push(found.map(({ answer }) => answer));
  }
  return answers;
}

type Expression = (sql: SqlDialect) => string;

const asText =
  (expression: Expression, column: Column): Expression =>
  (sql) =>
    `(SELECT ${sql.hashText(column)} FROM (SELECT ${expression(sql)} AS ${column.name}) AS one)`;

/** Quotients of all sizes; many lie exactly between two results. */
function quotients(signed: boolean): Rows {
  const size = fc.oneof(
    fc.bigInt({ min: 0n, max: 20n }),
    fc.bigInt({ min: 0n, max: 20_000n }),
    fc.bigInt({ min: 0n, max: 9_000_000_000n }),
  );
  const tie = fc
    .tuple(fc.bigInt({ min: 0n, max: 3000n }), fc.bigInt({ min: 1n, max: 50n }))
    .map(([k, m]) => [(2n * k + 1n) * m, 20_000n * m] as const);
  const pair = fc.oneof(fc.tuple(size, size), tie);
  const samples = fc.sample(fc.tuple(pair, fc.boolean()), { numRuns: 800, seed: 91 });
  return samples.map(([[num, den], minus]) => [`${signed && minus ? -num : num}`, `${den}`]);
}

/** A number as its own text, so that both engines take it for an INT64. */
const whole = (name: string) => `CAST(${name} AS INT64)`;

describe.each([0, 1, 2, 3, 4])('at scale %i', (scale) => {
  const column =
    scale === 0
      ? int64('x', '', { nullWhen: 'ever' })
      : numeric('x', [18, scale], '', { nullWhen: 'ever' });

  test.each(['ratio', 'signedRatio'] as const)('%s', async (helper) => {
    const expression: Expression = (sql) => sql[helper](whole('num'), whole('den'), scale);
    const rows = quotients(helper === 'signedRatio');
    const [expected, actual] = await onBoth(['num', 'den'], rows, asText(expression, column));
    expect(actual).toEqual(expected);
    expect(new Set(actual).size).toBeGreaterThan(100);
  });

  test('decimal, and back to units', async () => {
    const rows = fc
      .sample(fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }), { numRuns: 300, seed: 92 })
      .map((n) => [String(n)]);
    const decimal: Expression = (sql) => sql.decimal(whole('n'), scale);
    const [expected, actual] = await onBoth(['n'], rows, asText(decimal, column));
    expect(actual).toEqual(expected);
    const [units, back] = await onBoth(['n'], rows, (sql) => sql.units(decimal(sql), scale));
    expect(back).toEqual(units);
    expect(back).toEqual(rows.map(([n]) => Number(n)));
  });
});

test('rootRatio', async () => {
  const rows = fc
    .sample(fc.tuple(fc.integer({ min: 0, max: 600_000 }), fc.integer({ min: 0, max: 90 })), {
      numRuns: 800,
      seed: 93,
    })
    .map((pair) => pair.map(String));
  const column = numeric('x', [18, 2], '', { nullWhen: 'ever' });
  const root: Expression = (sql) => sql.rootRatio(whole('num'), whole('den'), 2);
  const [expected, actual] = await onBoth(['num', 'den'], rows, asText(root, column));
  expect(actual).toEqual(expected);
});

describe('what a query yields for a whole number', () => {
  const yielded =
    (expression: string): Expression =>
    (sql) =>
      castYielded(
        sql,
        sql.engine === 'duckdb' ? expression.replace('FLOAT64', 'DOUBLE') : expression,
        int64('n', ''),
      );

  test.each([
    ['CAST(text AS FLOAT64)', ['2', '-7', '0', '1e15']],
    ['CAST(text AS NUMERIC)', ['2', '-7.00', '0.0']],
    ['CAST(text AS INT64)', ['2', '-9007199254740991', '9007199254740991']],
    ["NULLIF(text, '2') = '3'", ['2', '3', '4']],
    ['text', ['2', '-7']],
  ] as const)('%s is it, and unknown stays unknown', async (expression, texts) => {
    const rows = texts.map((text) => [`'${text}'`]);
    const [expected, actual] = await onBoth(['text'], rows, yielded(expression));
    expect(actual).toEqual(expected);
    expect(expected?.filter((value) => value !== null)).toHaveLength(
      texts.length - (expression.startsWith('NULLIF') ? 1 : 0),
    );
  });

  test.each([
    ['CAST(text AS FLOAT64)', '2.5'],
    ['CAST(text AS FLOAT64)', '1e-9'],
    ['CAST(text AS NUMERIC)', '3.5'],
    ['text', '2.5'],
  ] as const)('%s of %s is refused', async (expression, text) => {
    const select = (sql: SqlDialect) =>
      `SELECT ${yielded(expression)(sql)} AS n FROM ${sql.constants('given', ['text'], [[`'${text}'`]])}`;
    const refused = /n is [\d.e-]+, which is not whole|[Bb]ad int64 value: 2\.5/;
    await expect(duckdb.query(select(duckdbDialect))).rejects.toThrow(refused);
    await expect(makeMemoryDatabase(service).query(select(googlesqlDialect))).rejects.toThrow(
      refused,
    );
  });
});

test('float64, its text, and its text in an array', async () => {
  const rows = fc
    .sample(fc.integer({ min: -2_000_000, max: 2_000_000 }), { numRuns: 500, seed: 94 })
    .concat([0, 1, -1, 5, 15, 25, 99_995])
    .map((n) => [String(n)]);
  const value: Expression = (sql) => sql.float64(whole('n'), 4);
  const [numbers, sameNumbers] = await onBoth(['n'], rows, value);
  expect(sameNumbers).toEqual(numbers);
  const [expected, actual] = await onBoth(['n'], rows, asText(value, float64('x', '')));
  expect(actual).toEqual(expected);
  const array: Expression = (sql) => sql.array([value(sql), sql.float64('7', 1), value(sql)]);
  const column = arrayOf('FLOAT64', 'x', '');
  const [inArray, sameInArray] = await onBoth(['n'], rows, asText(array, column));
  expect(sameInArray).toEqual(inArray);
});

test('free text, whatever is in it, and its hash', async () => {
  const awkward = ["'", '"', '\\', '|', '\n', '\r', ';', '--', '%', '$$', 'é', '🏀', '\\n', '`'];
  const texts = fc
    .sample(
      fc.oneof(
        fc.string({ unit: 'grapheme', maxLength: 12 }),
        fc.array(fc.constantFrom(...awkward), { maxLength: 5 }).map((parts) => parts.join('')),
      ),
      { numRuns: 300, seed: 95 },
    )
    .filter((text) => !text.includes('\0'));
  const column = string('x', '', { freeText: true });
  const answers = await Promise.all(
    [duckdbDialect, googlesqlDialect].map(async (sql) => {
      const rows = texts.map((text, place) => [String(place), sql.string(text)]);
      const select = `SELECT given.x AS plain, ${sql.hashText(column)} AS escaped, ${sql.md5Hex16('given.x')} AS digest FROM ${sql.constants('given', ['place', 'x'], rows)} ORDER BY place`;
      return sql.engine === 'duckdb'
        ? duckdb.query(select)
        : decodeRows(await makeMemoryDatabase(service).query(select));
    }),
  );
  expect(answers[1]?.map(({ plain }) => plain)).toEqual(texts);
  expect(answers[1]).toEqual(answers[0]);
});

test.each<readonly [string, Column, Expression]>([
  ['TRUE', bool('x', ''), () => 'TRUE'],
  ['a comparison', bool('x', ''), () => '1 > 2'],
  ['a date', date('x', ''), (sql) => sql.date(gameDate('2023-11-05'))],
  ['a time', timestamp('x', ''), (sql) => sql.timestamp('2023-11-15T20:30:00Z')],
  ['tenths of a second', timestamp('x', ''), (sql) => sql.timestamp('2023-11-15T20:30:00.120Z')],
  ['microseconds', timestamp('x', ''), (sql) => sql.timestamp('2023-11-15T20:30:07.000050Z')],
  ['the beginning of a day', timestamp('x', ''), (sql) => sql.dayBegins("DATE '2023-11-15'")],
  ['nothing', float64('x', '', { nullWhen: 'ever' }), (sql) => sql.nullFloat64()],
  ['whole decimals', numeric('x', [5, 2], ''), (sql) => sql.decimal('3600', 2)],
  ['a negative half', numeric('x', [5, 2], ''), (sql) => sql.decimal('-50', 2)],
  ['integers in an array', arrayOf('INT64', 'x', ''), (sql) => sql.array(['3', '-1', '2'])],
  [
    'texts in an array',
    arrayOf('STRING', 'x', ''),
    (sql) => sql.array([sql.string('b'), sql.string('a')]),
  ],
  [
    'what is known of an array',
    arrayOf('INT64', 'x', ''),
    (sql) => sql.arrayOfKnown(['3', 'NULL', '1']),
  ],
  [
    'codes in the order of their rules',
    arrayOf('STRING', 'x', ''),
    (sql) =>
      sql.codes([
        { code: 'z', when: 'TRUE' },
        { code: 'b', when: 'CAST(NULL AS INT64) = 1' },
        { code: 'a', when: '1 < 2' },
      ]),
  ],
  [
    'sorted issues',
    arrayOf('STRING', 'x', ''),
    (sql) =>
      sql.issues([
        { code: 'z', when: 'TRUE' },
        { code: 'a', when: '1 < 2' },
      ]),
  ],
  ['no issues', arrayOf('STRING', 'x', ''), (sql) => sql.issues([{ code: 'z', when: 'FALSE' }])],
])('the hashed text of %s', async (_, column, expression) => {
  const [expected, actual] = await onBoth(['n'], [['1']], asText(expression, column));
  expect(actual).toEqual(expected);
  expect(actual).not.toEqual([null]);
});

test.each<readonly [string, Expression]>([
  ['year', (sql) => sql.datePart('YEAR', "DATE '2023-11-05'")],
  ['month', (sql) => sql.datePart('MONTH', "DATE '2023-11-05'")],
  ['day', (sql) => sql.datePart('DAY', "DATE '2023-11-05'")],
  ['an element', (sql) => sql.arrayElement(sql.array(['7', '8']), 1)],
  ['an element that is not there', (sql) => sql.arrayElement(sql.array(['7', '8']), 2)],
  ['what an array contains', (sql) => sql.arrayContains(sql.array(["'a'"]), "'a'")],
  ['what it does not', (sql) => sql.arrayContains(sql.array(["'a'"]), "'b'")],
  ['the text of an array', (sql) => sql.arrayText(sql.array(["'b'", "'a'"]))],
  ['the text of floats', (sql) => sql.arrayText(sql.array([sql.float64('25', 1)]))],
  ['an array without holes', (sql) => sql.hasNullElement(sql.array(['1', '2']))],
  ['a count', (sql) => `(SELECT ${sql.countIf('n > 1')} FROM (SELECT 1 AS n) AS t)`],
  ['a sum of nothing', (sql) => `(SELECT ${sql.sum('n')} FROM (SELECT 1 AS n) AS t WHERE n > 1)`],
  [
    'a day among few',
    (sql) => sql.isAmong("DATE '2023-11-06'", daysFromTo(november, gameDate('2023-11-09'))),
  ],
  [
    'a day among many',
    (sql) => sql.isAmong("DATE '2023-12-06'", daysFromTo(november, gameDate('2024-01-29'))),
  ],
  [
    'a day before many',
    (sql) => sql.isAmong("DATE '2023-10-31'", daysFromTo(november, gameDate('2024-01-29'))),
  ],
  ['a division', () => 'div(-7, 2)'],
  ['a day number', () => "unix_date(DATE '1969-12-31')"],
])('%s', async (_, expression) => {
  const [expected, actual] = await onBoth(['n'], [['1']], expression);
  expect(actual).toEqual(expected);
});

test('days of groups stand in a relation with what their group shares, as DATEs', async () => {
  const joined: Expression = (sql) => {
    const groups = [
      { days: daysFromTo(november, gameDate('2023-12-30')), values: ['2023', "DATE '2023-10-24'"] },
      { days: [gameDate('2024-11-01')], values: ['2024', "DATE '2024-10-22'"] },
    ];
    const relation = sql.dayConstants('given', ['analysis_date', 'season_year', 'start'], groups);
    const text = sql.concat(
      ['given.analysis_date + 1', 'season_year', 'start'].map(
        (value) => `CAST(${value} AS STRING)`,
      ),
    );
    return `(SELECT STRING_AGG(${text}, '' ORDER BY ${text}) FROM ${relation})`;
  };
  const [expected, actual] = await onBoth(['n'], [['1']], joined);
  expect(actual).toEqual(expected);
  expect(String(actual)).toContain('2023-11-0220232023-10-24');
  expect(String(actual)).toHaveLength(61 * 24);
});

test('the hashes of a group have one hash, in any order, and no group has one too', async () => {
  const hashes = Array.from({ length: 40 }, (_, place) => `ffffffffffffff${place + 10}0`);
  const of =
    (values: readonly (string | null)[]): Expression =>
    (sql) => {
      const rows = values.map((value) => [
        value === null ? 'CAST(NULL AS STRING)' : sql.string(value),
      ]);
      return `(SELECT ${sql.hashOfHashes('row_hash')} FROM ${sql.constants('group_', ['row_hash'], rows)})`;
    };
  for (const values of [hashes, [...hashes.slice(0, 3), null], [null]]) {
    const [expected, actual] = await onBoth(['n'], [['1']], of(values));
    expect(actual).toEqual(expected);
    expect(actual).toEqual([hashOfHashes(values.filter((value) => value !== null))]);
  }
});
