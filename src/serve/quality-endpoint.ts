import { features } from '../../data_processors/precompute/ml_feature_store/features.ts';
import type { AllowedRange, Column } from '../sql/column.ts';
import type { SqlDialect } from '../sql/sql-dialect.ts';
import { typeText } from '../sql/type-text.ts';
import { type ComputedTable, qualifiedName } from '../table/table-definition.ts';
import type { Row } from '../warehouse/warehouse.ts';
import type { QualityAnswer, QualityColumn } from './api-types.ts';
import { readComputedTable } from './request-values.ts';
import { cellNumber, cellText } from './rows.ts';
import type { ServeContext } from './serve-context.ts';

/** A column, or one element of an array whose elements have names. */
interface Measure {
  readonly name: string;
  readonly column: Column;
  readonly value: string;
  /** SQL condition that holds for a default; `undefined` where there are none. */
  readonly isDefault: string | undefined;
  readonly isNumber: boolean;
  readonly range: AllowedRange | undefined;
}

/** NULLs, defaults, ranges and exclusions of a table by month, aggregated by the engine. */
export function qualityEndpoint(
  { read, tables }: ServeContext,
  name: string,
): Promise<QualityAnswer> {
  const table = readComputedTable(tables, name);
  return read(async ({ engine: { warehouse } }) => {
    const sql = warehouse.dialect;
    const measures = measuresOf(table, sql);
    const rows = await warehouse.query(aggregateSql(table, measures, sql));
    const months = rows.map(monthOf);
    const excluded = await warehouse.query(`
SELECT ${monthColumns(sql, 'partition_date')}, reason_code, COUNT(*) AS entities
FROM backcourt.exclusions
WHERE table_name = ${sql.string(name)}
GROUP BY year, month, reason_code
ORDER BY reason_code, year, month`);
    const allMonths = [...new Set([...months, ...excluded.map(monthOf)])].sort();
    const byMonth = new Map(rows.map((row) => [monthOf(row), row]));
    const monthRows = allMonths.map((month) => byMonth.get(month));
    return {
      table: name,
      months: allMonths,
      rows: monthRows.map((row) => cellNumber(row, 'row_count') ?? 0),
      columns: measures.map((measure, index) => toColumn(measure, index, monthRows)),
      exclusions: [...new Set(excluded.map((row) => cellText(row, 'reason_code') ?? ''))].map(
        (code) => ({
          code,
          counts: allMonths.map((month) => {
            const found = excluded.find(
              (row) => row['reason_code'] === code && monthOf(row) === month,
            );
            return cellNumber(found, 'entities') ?? 0;
          }),
        }),
      ),
    };
  });
}

function measuresOf({ columns, key }: ComputedTable, sql: SqlDialect): readonly Measure[] {
  const sources = columns.find(({ name }) => name === 'feature_sources');
  return columns.flatMap((column): readonly Measure[] => {
    if (key.includes(column.name)) return [];
    if (column.type.kind === 'ARRAY') {
      return (column.elements ?? []).map((element, index) => ({
        name: element,
        column,
        value: sql.arrayElement(column.name, index),
        isDefault: sources && `${sql.arrayElement(sources.name, index)} = 'default'`,
        isNumber: true,
        range: column.elementRanges?.[index],
      }));
    }
    const { kind } = column.type;
    const isNumber = kind === 'INT64' || kind === 'FLOAT64' || kind === 'NUMERIC';
    const { name, range } = column;
    return [{ name, column, value: name, isDefault: undefined, isNumber, range }];
  });
}

function aggregateSql(table: ComputedTable, measures: readonly Measure[], sql: SqlDialect): string {
  const number = (text: string) => `CAST(${text} AS ${sql.typeName({ kind: 'FLOAT64' })})`;
  const selected = measures.flatMap(({ value, isDefault, isNumber, range }, index) => [
    `COUNT(${value}) AS known_${index}`,
    ...(isDefault === undefined ? [] : [`${sql.countIf(isDefault)} AS defaults_${index}`]),
    ...(isNumber
      ? [`${number(`MIN(${value})`)} AS min_${index}`, `${number(`MAX(${value})`)} AS max_${index}`]
      : []),
    ...(isNumber && range
      ? [`${sql.countIf(`${value} < ${range.min} OR ${value} > ${range.max}`)} AS outside_${index}`]
      : []),
  ]);
  return `
SELECT
  ${monthColumns(sql, table.partition)},
  COUNT(*) AS row_count,
  ${selected.join(',\n  ')}
FROM ${qualifiedName(table)}
GROUP BY year, month
ORDER BY year, month`;
}

function monthColumns(sql: SqlDialect, date: string): string {
  return `${sql.datePart('YEAR', date)} AS year, ${sql.datePart('MONTH', date)} AS month`;
}

function monthOf(row: Row): string {
  return `${row['year']}-${String(row['month']).padStart(2, '0')}`;
}

function toColumn(
  { name, column, isDefault, range }: Measure,
  index: number,
  months: readonly (Row | undefined)[],
): QualityColumn {
  const { type, unit, meaning, nullWhen } = column;
  const isElement = name !== column.name;
  const feature = isElement ? features.find((other) => other.name === name) : undefined;
  return {
    name,
    type: isElement ? 'FLOAT64' : typeText(type),
    unit: (feature?.unit ?? unit) || null,
    meaning: feature ? `${feature.meaning}: ${feature.formula}` : meaning,
    null_when: nullWhen ?? null,
    constant_when: feature?.mayBeConstant ?? null,
    range: range ?? null,
    nulls: months.map(
      (row) => (cellNumber(row, 'row_count') ?? 0) - (cellNumber(row, `known_${index}`) ?? 0),
    ),
    defaults:
      isDefault === undefined
        ? null
        : months.map((row) => cellNumber(row, `defaults_${index}`) ?? 0),
    min: months.map((row) => cellNumber(row, `min_${index}`)),
    max: months.map((row) => cellNumber(row, `max_${index}`)),
    outside: months.map((row) => cellNumber(row, `outside_${index}`) ?? 0),
  };
}
