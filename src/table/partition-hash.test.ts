import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hashOfHashes, hex16 } from '../../tests/support/hashes.ts';
import { openMemoryWarehouse } from '../../tests/support/memory-warehouse.ts';
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
} from '../sql/column.ts';
import { duckdbDialect } from '../sql/duckdb-dialect.ts';
import type { DuckDbWarehouse } from '../warehouse/duckdb/duckdb-warehouse.ts';
import type { Row } from '../warehouse/warehouse.ts';
import { keyText, partitionHash, rowHash, rowText } from './partition-hash.ts';
import type { StoredTable } from './table-definition.ts';

let warehouse: DuckDbWarehouse;

beforeAll(async () => {
  warehouse = await openMemoryWarehouse();
});
afterAll(() => warehouse.close());

function tableOf(columns: readonly Column[], more: Partial<StoredTable> = {}): StoredTable {
  return {
    name: 'zones',
    dataset: 'nba_precompute',
    purpose: '',
    partition: 'day',
    key: ['team', 'day'],
    cluster: [],
    columns,
    ...more,
  };
}

const sql = duckdbDialect;

/** Evaluates an expression over rows given as lists of SQL values, in the types of the columns. */
async function select(
  expression: string,
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  more = '',
): Promise<readonly Row[]> {
  const typed = columns.map(
    ({ name, type }) => `CAST(${name} AS ${sql.typeName(type)}) AS ${name}`,
  );
  const tuples = rows.map((row) => `(${row.join(', ')})`).join(', ');
  const names = columns.map(({ name }) => name).join(', ');
  return warehouse.query(
    `SELECT ${expression} AS result FROM (SELECT ${typed.join(', ')}${more} FROM (VALUES ${tuples}) AS t(${names}))`,
  );
}

const textOf = async (columns: readonly Column[], values: readonly string[]) =>
  (await select(rowText(columns, sql), columns, [values]))[0]?.['result'];

const nullable = { nullWhen: 'sometimes' } as const;

describe('data_hash', () => {
  it('is the one of the acceptance vector', async () => {
    const columns = [
      string('universal_player_id', ''),
      date('cache_date', ''),
      string('player_lookup', ''),
      numeric('points_avg_last_5', [5, 1], ''),
      numeric('points_std_last_10', [5, 2], ''),
      int64('player_age', '', nullable),
      bool('early_season_flag', ''),
      arrayOf('STRING', 'data_quality_issues', ''),
    ];
    const values = [
      "'2544'",
      "DATE '2025-01-21'",
      "'lebronjames'",
      '26.4',
      '5.1',
      'NULL',
      'FALSE',
      "['no_shot_zones', 'thin_window']",
    ];
    expect(await textOf(columns, values)).toBe(
      '2544|2025-01-21|lebronjames|26.4|5.10|\\N|false|[no_shot_zones,thin_window]',
    );
    const [row] = await select(rowHash(tableOf(columns), sql), columns, [values]);
    expect(row?.['result']).toBe('c4cfc5a3c4297546');
  });

  it.each([
    ['INT64', int64('a', ''), '-12', '-12'],
    ['NUMERIC, exactly its scale', numeric('a', [5, 2], ''), '5', '5.00'],
    ['NUMERIC below one', numeric('a', [5, 3], ''), '0.05', '0.050'],
    ['NUMERIC below zero', numeric('a', [5, 1], ''), '-0.3', '-0.3'],
    ['NUMERIC zero', numeric('a', [5, 2], ''), '0', '0.00'],
    ['FLOAT64, 4 decimals', float64('a', ''), '0.1', '0.1000'],
    ['FLOAT64, large', float64('a', ''), '1e15', '1000000000000000.0000'],
    ['FLOAT64, cut', float64('a', ''), '-33.95671', '-33.9567'],
    ['BOOL', bool('a', ''), 'TRUE', 'true'],
    ['DATE', date('a', ''), "DATE '2023-11-05'", '2023-11-05'],
    ['empty STRING', string('a', ''), "''", ''],
    ['empty ARRAY', arrayOf('STRING', 'a', ''), '[]', '[]'],
    ['ARRAY of INT64', arrayOf('INT64', 'a', ''), '[3, -1]', '[3,-1]'],
    ['ARRAY of FLOAT64', arrayOf('FLOAT64', 'a', ''), '[0.5, 2]', '[0.5000,2.0000]'],
    [
      'TIMESTAMP in UTC',
      timestamp('a', ''),
      "TIMESTAMPTZ '2023-11-05 01:30:00-04'",
      '2023-11-05 05:30:00+00',
    ],
  ])('%s', async (_, column, value, expected) => {
    expect(await textOf([column], [value])).toBe(expected);
  });

  it.each([
    int64('a', '', nullable),
    numeric('a', [5, 2], '', nullable),
    float64('a', '', nullable),
    bool('a', '', nullable),
    date('a', '', nullable),
    string('a', '', nullable),
    string('a', '', { ...nullable, freeText: true }),
    timestamp('a', '', nullable),
  ])('NULL is \\N: $type.kind', async (column) => {
    expect(await textOf([column, string('b', '')], ['NULL', "'x'"])).toBe('\\N|x');
  });

  it('a FLOAT64 that rounds to nothing has no sign', async () => {
    expect(await textOf([float64('a', '')], ['-0.00001'])).toBe('0.0000');
  });

  it('escapes free text, so that no two rows share a text', async () => {
    const columns = [
      string('a', '', { ...nullable, freeText: true }),
      string('b', '', { ...nullable, freeText: true }),
    ];
    const quote = (text: string | null) =>
      text === null ? 'NULL' : `'${text.replaceAll("'", "''")}'`;
    expect(await textOf(columns, [quote("D'Angelo|Russell\\"), quote('\\N')])).toBe(
      "D'Angelo\\|Russell\\\\|\\\\N",
    );
    const piece = fc.option(
      fc
        .array(fc.constantFrom('|', '\\', 'N', '||', '\\|', 'x', '|x', "'"), { maxLength: 4 })
        .map((parts) => parts.join('')),
    );
    const pairs = fc.sample(fc.tuple(piece, piece), { numRuns: 600, seed: 61 });
    const distinct = new Map(pairs.map((pair) => [JSON.stringify(pair), pair]));
    const rows = await select(
      rowText(columns, sql),
      columns,
      [...distinct.values()].map((pair) => pair.map(quote)),
    );
    expect(new Set(rows.map((row) => row['result'])).size).toBe(distinct.size);
  });
});

describe('the partition', () => {
  const columns = [string('team', ''), date('day', ''), int64('points', '')];
  const rows = [
    ["'NYK'", "DATE '2023-11-01'", '101'],
    ["'BOS'", "DATE '2023-11-01'", '99'],
    ["'LAL'", "DATE '2023-11-01'", '120'],
  ];
  const textOfRow = ([team = '', , points = '']: readonly string[]) =>
    `${team.replaceAll("'", '')}|2023-11-01|${points}`;

  it('of a computed table: the row hashes in any order, and the keys without the date', async () => {
    const table = tableOf(columns, { isReadByKeys: true });
    expect(partitionHash(tableOf(columns), sql).keys).toBeUndefined();
    const { data, keys } = partitionHash(table, sql);
    const hash = `, ${rowHash(table, sql)} AS data_hash`;
    const [found] = await select(data, columns, rows, hash);
    const hashes = rows.map((row) => hex16(textOfRow(row)));
    expect(found?.['result']).toBe(hashOfHashes(hashes));
    const [back] = await select(data, columns, rows.toReversed(), hash);
    expect(back).toEqual(found);
    const [key] = await select(keys ?? '', columns, rows, hash);
    expect(key?.['result']).toBe(hashOfHashes(['BOS', 'LAL', 'NYK'].map(hex16)));
  });

  it('its projections: the values of their columns, whatever the others are', async () => {
    const projections = [
      { id: 'aaaa0001', columns: ['team'] },
      { id: 'aaaa0002', columns: ['day', 'points'] },
    ];
    const table = tableOf(columns, { projections });
    const hashesOf = async (given: readonly (readonly string[])[]) => {
      const { projections: json } = partitionHash(table, sql);
      const [found] = await select(
        json ?? '',
        columns,
        given,
        `, ${rowHash(table, sql)} AS data_hash`,
      );
      return JSON.parse(String(found?.['result']));
    };
    const expected = {
      aaaa0001: hashOfHashes(['BOS', 'LAL', 'NYK'].map(hex16)),
      aaaa0002: hashOfHashes(['101', '120', '99'].map(hex16)),
    };
    expect(await hashesOf(rows)).toEqual(expected);
    expect(await hashesOf(rows.toReversed())).toEqual(expected);
    const [first = [], ...rest] = rows;
    const corrected = [[...first.slice(0, 2), '102'], ...rest];
    expect(await hashesOf(corrected)).toEqual({
      ...expected,
      aaaa0002: hashOfHashes(['102', '120', '99'].map(hex16)),
    });
    expect(partitionHash(tableOf(columns), sql).projections).toBeUndefined();
  });

  it('of a loaded table: the values of the rows themselves, in any order, no keys', async () => {
    const { data, keys } = partitionHash(tableOf(columns, { dataset: 'nba_raw' }), sql);
    expect(keys).toBeUndefined();
    const hashOf = async (given: readonly (readonly string[])[]) =>
      (await select(data, columns, given))[0]?.['result'];
    const texts = ['BOS|2023-11-01|99', 'LAL|2023-11-01|120', 'NYK|2023-11-01|101'];
    const expected = hashOfHashes(texts.map(hex16));
    expect(await hashOf(rows)).toBe(expected);
    expect(await hashOf(rows.toReversed())).toBe(expected);
    expect(await hashOf(rows.slice(1))).not.toBe(expected);
    expect(await hashOf([...rows, ...rows.slice(0, 1)])).not.toBe(expected);
  });

  it('a key of two columns keeps them apart', async () => {
    const keyed = tableOf(columns, { key: ['team', 'day', 'points'] });
    const found = await select(keyText(keyed, sql), columns, rows.slice(0, 1));
    expect(found[0]?.['result']).toBe('NYK|101');
  });
});
