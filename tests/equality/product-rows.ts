import type { TableDefinition } from '../../src/table/table-definition.ts';
import { qualifiedName } from '../../src/table/table-definition.ts';
import type { Warehouse } from '../../src/warehouse/warehouse.ts';
import type { Row } from '../oracle/canonical-row.ts';

/** The rows of a table as the texts that enter their hash, by date. */
export async function productRows(
  warehouse: Warehouse,
  table: TableDefinition,
): Promise<ReadonlyMap<string, readonly Row[]>> {
  const columns = table.columns.map(
    (column) => `${warehouse.dialect.hashText(column)} AS ${column.name}`,
  );
  const rows = await warehouse.query(
    `SELECT CAST(${table.partition} AS STRING) AS partition_date, ${columns.join(', ')}
FROM ${qualifiedName(table)}`,
  );
  const byDate = new Map<string, Row[]>();
  for (const { partition_date, ...texts } of rows) {
    const row: Row = Object.fromEntries(
      Object.entries(texts).map(([name, text]) => [name, String(text)]),
    );
    const date = String(partition_date);
    const known = byDate.get(date);
    if (known) known.push(row);
    else byDate.set(date, [row]);
  }
  return byDate;
}

/** The first differences between two sets of rows, in words; empty when they are equal. */
export function differences(
  key: readonly string[],
  product: readonly Row[],
  oracle: readonly Row[],
): readonly string[] {
  const keyOf = (row: Row) => key.map((name) => row[name]).join(' ');
  const productByKey = new Map(product.map((row) => [keyOf(row), row]));
  const oracleByKey = new Map(oracle.map((row) => [keyOf(row), row]));
  const found: string[] = [];
  if (product.length !== oracle.length) {
    found.push(`${product.length} rows, the oracle has ${oracle.length}`);
  }
  for (const [id, expected] of oracleByKey) {
    const actual = productByKey.get(id);
    if (!actual) {
      found.push(`${id}: no row`);
      continue;
    }
    for (const [name, value] of Object.entries(expected)) {
      if (actual[name] !== value) found.push(`${id} ${name}: ${actual[name]}, oracle ${value}`);
    }
    const extra = Object.keys(actual).filter((name) => !(name in expected));
    if (extra.length > 0)
      found.push(`${id}: columns the oracle does not know: ${extra.join(', ')}`);
  }
  for (const id of productByKey.keys()) {
    if (!oracleByKey.has(id)) found.push(`${id}: a row the oracle does not have`);
  }
  return found.slice(0, 10);
}
