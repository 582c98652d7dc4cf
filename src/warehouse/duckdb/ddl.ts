import { duckdbDialect } from '../../sql/duckdb-dialect.ts';
import { storedColumns } from '../../table/provenance.ts';
import { qualifiedName, type StoredTable } from '../../table/table-definition.ts';

/** `CREATE TABLE` where it does not exist yet. No index: uniqueness is a check, and commits stay fast. */
export function createTableStatement(
  table: Pick<StoredTable, 'name' | 'dataset' | 'columns'>,
): string {
  const lines = storedColumns(table).map(
    ({ name, type, nullWhen }) =>
      `  ${name} ${duckdbDialect.storedTypeName(type)}${nullWhen === undefined ? ' NOT NULL' : ''}`,
  );
  return `CREATE TABLE IF NOT EXISTS ${qualifiedName(table)} (\n${lines.join(',\n')}\n)`;
}

/** Everything a warehouse needs before its first run; changes nothing that is there. */
export function createStatements(
  tables: readonly Pick<StoredTable, 'name' | 'dataset' | 'columns'>[],
): readonly string[] {
  const datasets = [...new Set(tables.map((table) => table.dataset))];
  return [
    ...datasets.map((dataset) => `CREATE SCHEMA IF NOT EXISTS ${dataset}`),
    ...tables.map(createTableStatement),
  ];
}
