import { DuckDBInstance, type Json } from '@duckdb/node-api';
import { hasRowProvenance, provenanceColumns, storedColumns } from '../../src/table/provenance.ts';
import { qualifiedName } from '../../src/table/table-definition.ts';
import { loadTables } from '../../src/table/table-registry.ts';

/** What of a record says what stands there, and not who wrote it, when and how often. */
const recordColumns = [
  ...['table_name', 'partition_date', 'state', 'reason', 'row_count', 'excluded_count'],
  ...['data_hash', 'key_hash', 'projection_hashes', 'fingerprint', 'input_hashes', 'options'],
  ...['failure_kind', 'failure_text', 'warnings'],
];

const exclusionColumns = ['table_name', 'partition_date', 'entity', 'reason_code'];

/** Tables and rows of each that are told; raw tables come first, and the rest follows from them. */
const shown = { tables: 5, rows: 2 };

/** Everything in which two warehouses differ, in words; empty when they hold the same. */
export async function compareWarehouses(worked: string, fresh: string): Promise<readonly string[]> {
  const { all } = await loadTables();
  const written = new Set(provenanceColumns.map(({ name }) => name));
  const tables = [
    ...all.map((table) => ({
      name: qualifiedName(table),
      columns: storedColumns(table)
        .map(({ name }) => name)
        .filter((name) => name === 'data_hash' || !written.has(name)),
      // The hash of a computed row covers its values.
      compared: hasRowProvenance(table) ? [...table.key, 'data_hash'] : undefined,
    })),
    { name: 'backcourt.partitions', columns: recordColumns, compared: undefined },
    { name: 'backcourt.exclusions', columns: exclusionColumns, compared: undefined },
  ];
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const rows = async (sql: string) => (await connection.runAndReadAll(sql)).getRowsJson();
  try {
    await rows(`ATTACH '${worked}' AS worked (READ_ONLY)`);
    await rows(`ATTACH '${fresh}' AS fresh (READ_ONLY)`);
    const differing = await rows(
      tables
        .map(({ name, columns, compared }) => countSql(name, compared ?? columns))
        .join('\nUNION ALL '),
    );
    const found: string[] = [];
    for (const [name, surplus, lacking] of differing.slice(0, shown.tables)) {
      const columns = tables.find((table) => table.name === name)?.columns ?? [];
      found.push(`${name}: ${surplus} rows too many or other, ${lacking} missing`);
      for (const [one, other] of [
        ['worked', 'fresh'],
        ['fresh', 'worked'],
      ] as const) {
        const examples = await rows(
          `SELECT * FROM (${exceptSql(String(name), columns, one, other)}) ORDER BY ALL LIMIT ${shown.rows}`,
        );
        for (const example of examples) found.push(`  only ${one}: ${told(columns, example)}`);
      }
    }
    const more = differing.length - shown.tables;
    return more > 0 ? [...found, `and ${more} tables more`] : found;
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

function exceptSql(table: string, columns: readonly string[], one: string, other: string): string {
  const list = columns.join(', ');
  return `SELECT ${list} FROM ${one}.${table} EXCEPT ALL SELECT ${list} FROM ${other}.${table}`;
}

function countSql(table: string, columns: readonly string[]): string {
  return `SELECT * FROM (SELECT '${table}' AS name,
  (SELECT COUNT(*) FROM (${exceptSql(table, columns, 'worked', 'fresh')})) AS surplus,
  (SELECT COUNT(*) FROM (${exceptSql(table, columns, 'fresh', 'worked')})) AS lacking)
WHERE surplus > 0 OR lacking > 0`;
}

function told(columns: readonly string[], row: readonly Json[]): string {
  return columns
    .map((column, index) => [column, row[index]] as const)
    .filter(([, value]) => value !== null)
    .slice(0, 12)
    .map(
      ([column, value]) => `${column}=${typeof value === 'string' ? value : JSON.stringify(value)}`,
    )
    .join(' ');
}
