import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openMemoryWarehouse } from '../../tests/support/memory-warehouse.ts';
import { gameDate } from '../calendar/game-date.ts';
import { duckdbDialect } from '../sql/duckdb-dialect.ts';
import { createStatements } from '../warehouse/duckdb/ddl.ts';
import type { DuckDbWarehouse } from '../warehouse/duckdb/duckdb-warehouse.ts';
import { storedColumns } from './provenance.ts';
import type { SqlContext } from './sql-context.ts';
import { definitionText, stagedSelect } from './staged-select.ts';
import { violationSql } from './table-check.ts';
import { type ComputedTable, qualifiedName } from './table-definition.ts';
import { effectiveOptions } from './table-option.ts';
import { isComputed, loadTables } from './table-registry.ts';
import { targetDatesSelect } from './target-dates.ts';

const tables = await loadTables();
const computed = tables.all.filter(isComputed);
const dates = [
  {
    date: gameDate('2023-11-15'),
    seasonYear: 2023,
    seasonStart: gameDate('2023-10-24'),
    unbrokenSince: gameDate('2023-10-24'),
  },
  {
    date: gameDate('2023-11-16'),
    seasonYear: 2023,
    seasonStart: gameDate('2023-10-24'),
    unbrokenSince: gameDate('2023-10-24'),
  },
];
let warehouse: DuckDbWarehouse;

beforeAll(async () => {
  warehouse = await openMemoryWarehouse();
  await warehouse.commit(createStatements(tables.all));
});
afterAll(() => warehouse.close());

function contextOf(table: ComputedTable): SqlContext {
  const options = effectiveOptions(table.options, {});
  return {
    sql: duckdbDialect,
    input: (name) => {
      const input = tables.get(name);
      if (!input) throw new Error(name);
      return qualifiedName(input);
    },
    option: (name) => String(options[name]),
  };
}

async function describeSelect(select: string): Promise<readonly (readonly [string, string])[]> {
  const rows = await warehouse.query(`DESCRIBE ${select}`);
  return rows.map((row) => [String(row['column_name']), String(row['column_type'])]);
}

/** The type as DESCRIBE writes it. */
const shownType = (column: ComputedTable['columns'][number]) =>
  duckdbDialect
    .typeName(column.type)
    .replace(', ', ',')
    .replace('TIMESTAMPTZ', 'TIMESTAMP WITH TIME ZONE');

describe.each(computed.map((table) => [table.name, table] as const))('%s', (_, table) => {
  const rowsOnly = () =>
    `WITH target_dates AS (${targetDatesSelect(duckdbDialect, dates)})
SELECT * FROM (${table.rowsSql(contextOf(table))}) AS rows_of_table`;

  it('stages exactly its columns, in order and in their types', async () => {
    const found = await describeSelect(stagedSelect(table, contextOf(table), dates));
    const columns = table.columns.map((column) => [column.name, shownType(column)]);
    if (table.excludes) columns.push(['exclusion_reason', 'VARCHAR']);
    if (table.dataset !== 'nba_raw') columns.push(['data_hash', 'VARCHAR']);
    expect(found).toEqual(columns);
  });

  it('selects its columns in the order it declares them, and nothing more', async () => {
    const names = (await describeSelect(rowsOnly())).map(([name]) => name);
    const declared = table.columns.map(({ name }) => name);
    expect(names).toEqual(table.excludes ? [...declared, 'exclusion_reason'] : declared);
  });

  it('runs on an empty warehouse and fits its table', async () => {
    await warehouse.stage('staged_here', stagedSelect(table, contextOf(table), dates));
    const stored = await describeSelect(`SELECT * FROM ${qualifiedName(table)}`);
    expect(stored.map(([name]) => name)).toEqual(storedColumns(table).map(({ name }) => name));
    const staged = new Map(
      await describeSelect('SELECT * FROM staged_here').then((columns) => columns),
    );
    for (const [name, type] of stored) {
      if (staged.has(name)) expect([name, staged.get(name)]).toEqual([name, type]);
    }
  });

  it('passes its own checks where there is nothing, and every check is SQL that runs', async () => {
    await warehouse.stage('staged_here', stagedSelect(table, contextOf(table), dates));
    await warehouse.run(`DELETE FROM staged_here`);
    for (const check of table.checks) {
      const select =
        check.kind === 'row'
          ? `SELECT * FROM staged_here WHERE ${violationSql(check, duckdbDialect)}`
          : check.kind === 'date'
            ? `SELECT 1 FROM staged_here GROUP BY ${table.partition} HAVING ${violationSql(check, duckdbDialect)}`
            : check.sql('staged_here', duckdbDialect);
      expect([check.name, await warehouse.query(select)]).toEqual([check.name, []]);
    }
  });

  it('says for every column what it means', () => {
    expect(table.columns.filter(({ meaning }) => meaning.trim() === '')).toEqual([]);
    expect(table.purpose).not.toBe('');
  });
});

describe('definitionText', () => {
  const table = tables.get('team_offense_game_summary') as ComputedTable;
  const context: SqlContext = {
    sql: duckdbDialect,
    input: (name) => name,
    option: (name) => `@${name}`,
  };
  const text = definitionText(table, context);

  it('is the same for the same definition', () => {
    expect(definitionText({ ...table }, context)).toBe(text);
  });

  it.each([
    ['the SQL', { rowsSql: (c: SqlContext) => `${table.rowsSql(c)} ` }],
    ['the key', { key: [...table.key, 'game_type'] }],
    ['the columns', { columns: table.columns.slice(1) }],
    ['what may be NULL', { columns: table.columns.map((c) => ({ ...c, nullWhen: 'always' })) }],
  ])('moves with %s', (_, change) => {
    expect(definitionText({ ...table, ...change }, context)).not.toBe(text);
  });

  it('moves with a helper', () => {
    const sql = { ...duckdbDialect, sum: (expression: string) => `SUM(${expression})` };
    expect(definitionText(table, { ...context, sql })).not.toBe(text);
  });

  it('does not move with the words of the documents', () => {
    const columns = table.columns.map((column) => ({ ...column, meaning: 'other words' }));
    expect(definitionText({ ...table, columns, purpose: 'other words' }, context)).toBe(text);
  });
});
