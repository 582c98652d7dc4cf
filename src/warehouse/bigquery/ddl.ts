import { googlesqlDialect } from '../../sql/googlesql-dialect.ts';
import { storedColumns } from '../../table/provenance.ts';
import { qualifiedName, type StoredTable } from '../../table/table-definition.ts';
import type { RowFileColumn } from '../warehouse.ts';
import { stagingOptions } from './settings.ts';

/** A table of a definition, or of the ledger, which has neither partition nor cluster. */
export type CreatedTable = Pick<StoredTable, 'name' | 'dataset' | 'columns' | 'purpose'> &
  Partial<Pick<StoredTable, 'partition' | 'cluster'>>;

/** BigQuery clusters by at most so many columns. */
const mostClusterColumns = 4;

/**
 * `CREATE TABLE` where it does not exist yet: a partition per month. A date has some kilobytes: in a
 * partition of its own it would only be a burden to whatever lists partitions, and a month is still less than
 * the least that a query is billed for. Within its month a date is found by the clustering. Nothing else
 * depends on how a table is partitioned. That nothing expires cannot be said here, where BigQuery ignores an
 * option that is NULL: see {@link keepForeverStatement}.
 */
export function createTableStatement(table: CreatedTable): string {
  const lines = storedColumns(table).map(({ name, type, nullWhen, meaning }) => {
    // An array is never NULL in BigQuery, which refuses a column that says so.
    const required = nullWhen === undefined && type.kind !== 'ARRAY' ? ' NOT NULL' : '';
    const description = `OPTIONS(description = ${googlesqlDialect.string(meaning)})`;
    return `  ${name} ${googlesqlDialect.storedTypeName(type)}${required} ${description}`;
  });
  const { partition, cluster = [] } = table;
  const clustered = [...(partition === undefined ? [] : [partition]), ...cluster]
    .filter((name, index, names) => names.indexOf(name) === index)
    .slice(0, mostClusterColumns);
  return [
    `CREATE TABLE IF NOT EXISTS ${qualifiedName(table)} (\n${lines.join(',\n')}\n)`,
    ...(partition === undefined ? [] : [`PARTITION BY DATE_TRUNC(${partition}, MONTH)`]),
    ...(clustered.length === 0 ? [] : [`CLUSTER BY ${clustered.join(', ')}`]),
    `OPTIONS(description = ${googlesqlDialect.string(table.purpose)})`,
  ].join('\n');
}

/** Takes back what the dataset has a new table inherit: that it, or its partitions, are removed some day. */
export function keepForeverStatement(table: CreatedTable): string {
  const options = [
    'expiration_timestamp = NULL',
    ...(table.partition === undefined ? [] : ['partition_expiration_days = NULL']),
  ];
  return `ALTER TABLE ${qualifiedName(table)}\nSET OPTIONS(${options.join(', ')})`;
}

/** `CREATE` of an empty staging table. @param table with project and dataset. */
export function stagingTableStatement(table: string, columns: readonly RowFileColumn[]): string {
  const lines = columns.map(({ name, type }) => `  ${name} ${googlesqlDialect.typeName(type)}`);
  return `CREATE OR REPLACE TABLE \`${table}\` (\n${lines.join(',\n')}\n)\n${stagingOptions}`;
}
