import { plural } from '../report/words/format.ts';
import { definitionVersion, recordedDigits } from '../table/definition-version.ts';
import { type ComputedTable, qualifiedName } from '../table/table-definition.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import type { Surroundings } from './surroundings.ts';

/** Own tables that a verb computes. */
export interface Remakes {
  readonly tables: readonly ComputedTable[];
  /** Whether all dates of a table are to be computed, and not only some that have none. */
  readonly withRows: boolean;
}

/**
 * Statements that make own tables anew of which no date stands by today's definition: somebody has changed it, and with it
 * perhaps the columns. All their dates are to be computed in any case.
 * @param create statements that make tables which are not there.
 */
export async function remakeStatements(
  context: Surroundings,
  warehouse: Warehouse,
  { tables, withRows: mayHaveRows }: Remakes,
  create: (tables: readonly ComputedTable[]) => readonly string[],
): Promise<readonly string[]> {
  if (tables.length === 0) return [];
  const { dialect } = warehouse;
  const names = tables.map(({ name }) => dialect.string(name)).join(', ');
  const rows = await warehouse.query(`
SELECT table_name, code_version, COUNT(*) AS dates
FROM backcourt.partitions
WHERE table_name IN (${names}) AND state <> 'failed'
GROUP BY table_name, code_version`);
  const changed = tables.flatMap((table) => {
    const own = rows.filter((row) => row['table_name'] === table.name);
    // Records have the version of the package before it, and a newer package may mean the same.
    const version = `+${definitionVersion(table).slice(0, recordedDigits)}`;
    if (own.some((row) => String(row['code_version']).endsWith(version))) return [];
    const dates = own.reduce((sum, row) => sum + Number(row['dates']), 0);
    return dates > 0 && !mayHaveRows ? [] : [{ table, dates }];
  });
  // One that has no rows yet may still have the columns of an attempt that failed.
  const withRows = changed.filter(({ dates }) => dates > 0);
  for (const { table, dates } of withRows) {
    context.stderr(
      `${qualifiedName(table)}: its definition has changed; it is made anew, and ${plural(dates, 'date')} with it\n`,
    );
  }
  return [
    ...changed.map(({ table }) => `DROP TABLE IF EXISTS ${qualifiedName(table)}`),
    ...create(changed.map(({ table }) => table)),
    ...['partitions', 'exclusions'].flatMap((ledger) =>
      withRows.map(
        ({ table }) =>
          `DELETE FROM backcourt.${ledger} WHERE table_name = ${dialect.string(table.name)}`,
      ),
    ),
  ];
}
