import { gatherEvidence } from '../ledger/partition-evidence.ts';
import { readLedger } from '../ledger/read-ledger.ts';
import { duckdbDialect as sql } from '../sql/duckdb-dialect.ts';
import { qualifiedName, type TableDefinition } from '../table/table-definition.ts';
import type { TableRegistry } from '../table/table-registry.ts';
import type { DuckDbWarehouse } from '../warehouse/duckdb/duckdb-warehouse.ts';

/** What was cut from a raw table of lines, props or reports. */
export interface CutTable {
  readonly table: string;
  readonly rows: number;
}

/**
 * Takes away every line, prop and report that was not there yet so many minutes before the tip-off of its game,
 * and those of which nobody knows when they were seen. Where the tip-off of a game is not known, the first one of its date
 * counts, and else 05:00 UTC.
 */
export async function cutCaptures(
  warehouse: DuckDbWarehouse,
  tables: TableRegistry,
  minutes: number,
): Promise<readonly CutTable[]> {
  const cut: CutTable[] = [];
  for (const table of tables.all) {
    const { known } = table;
    if (typeof known !== 'object') continue;
    const tipoff = tipoffSql(table, known.tipoffAt);
    const late = `${known.seenAt} IS NULL OR ${known.seenAt} > ${tipoff} - INTERVAL ${minutes} MINUTE`;
    const [row] = await warehouse.query(
      `SELECT COUNT(*) AS row_count FROM ${qualifiedName(table)} AS seen WHERE ${late}`,
    );
    const rows = Number(row?.['row_count']);
    if (rows === 0) continue;
    cut.push({ table: table.name, rows });
    await warehouse.commit([`DELETE FROM ${qualifiedName(table)} AS seen WHERE ${late}`]);
    await recordAnew(warehouse, table);
  }
  return cut;
}

/** SQL of the tip-off of the game that a row of `seen` is about. */
function tipoffSql({ columns }: TableDefinition, own: string | undefined): string {
  const teams = columns.flatMap(({ name }) =>
    name === 'team_abbr' || name === 'home_team_abbr' ? [`seen.${name}`] : [],
  );
  const tipoff = (condition: string) =>
    `(SELECT MIN(game.tipoff_at) FROM nba_raw.schedule AS game WHERE game.game_date = seen.game_date${condition})`;
  return `COALESCE(${[
    ...(own === undefined ? [] : [`seen.${own}`]),
    ...teams.map((team) => tipoff(` AND ${team} IN (game.team_a_abbr, game.team_b_abbr)`)),
    tipoff(''),
    sql.dayBegins('seen.game_date'),
  ].join(', ')})`;
}

/** The records of a table by what stands there; one that has lost all its rows has none. */
async function recordAnew(warehouse: DuckDbWarehouse, table: TableDefinition): Promise<void> {
  const ledger = await readLedger(warehouse, [table]);
  const rows = `(SELECT * FROM ${qualifiedName(table)})`;
  const evidence = await gatherEvidence(warehouse, table, rows);
  const statements = [...ledger.of(table.name).values()].flatMap(({ date, rows: stood }) => {
    const found = evidence.get(date);
    const own = `table_name = ${sql.string(table.name)} AND partition_date = ${sql.date(date)}`;
    if (stood === 0 || found?.rows === stood) return [];
    return found === undefined
      ? [`DELETE FROM backcourt.partitions WHERE ${own}`]
      : [
          `UPDATE backcourt.partitions SET row_count = ${found.rows}, data_hash = ${sql.string(found.dataHash)} WHERE ${own}`,
        ];
  });
  if (statements.length > 0) await warehouse.commit(statements);
}
