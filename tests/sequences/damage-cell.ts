import { existsSync } from 'node:fs';
import { identityColumns, qualifiedName } from '../../src/table/table-definition.ts';
import { loadTables } from '../../src/table/table-registry.ts';
import { cellOf, changeFile } from '../support/warehouse-file.ts';
import { note, type Scene } from './scene.ts';

/** Adds one to a number of some row behind the back of the product. */
export async function damageCell(
  scene: Scene,
  at: { readonly table: number; readonly column: number; readonly row: number },
): Promise<void> {
  const { warehouse } = scene;
  // A log that may be of another state of the file is for the product to judge, not for this.
  if (!existsSync(warehouse) || existsSync(`${warehouse}.wal`)) return note(scene, '(no damage)');
  const { all } = await loadTables();
  const table = all[at.table % all.length];
  if (!table) throw new Error('no tables');
  const name = qualifiedName(table);
  const identity = identityColumns(table);
  const columns = table.columns.filter(
    ({ name: column, type }) =>
      ['INT64', 'FLOAT64', 'NUMERIC'].includes(type.kind) && !identity.includes(column),
  );
  const column = columns[at.column % columns.length]?.name;
  const hasRows = `SELECT COUNT(*) FROM duckdb_tables() WHERE schema_name || '.' || table_name = '${name}'`;
  if (Number(await cellOf(warehouse, hasRows)) === 0 || column === undefined) {
    return note(scene, `(nothing to damage in ${name})`);
  }
  const rows = Number(await cellOf(warehouse, `SELECT COUNT(*) FROM ${name}`));
  if (rows === 0) return note(scene, `(nothing to damage in ${name})`);
  note(scene, `damage: ${name}.${column} of row ${at.row % rows}`);
  await changeFile(
    warehouse,
    `UPDATE ${name} SET ${column} = coalesce(${column}, 0) + 1
WHERE rowid = (SELECT rowid FROM ${name} ORDER BY ${identity.join(', ')} LIMIT 1 OFFSET ${at.row % rows})`,
  );
}
