import { stagedName } from '../run/batch-request.ts';
import { batchSelect } from '../run/batch-select.ts';
import { emptyStagedDate, inspectStaged } from '../run/inspect-staged.ts';
import type { RunEngine } from '../run/run-engine.ts';
import { qualifiedName } from '../table/table-definition.ts';
import { compareRows } from './compare-rows.ts';
import type { Finding } from './finding.ts';
import type { VerifiedUnit } from './verify-unit.ts';

/** Computes a date by itself and compares it with what stands there, made in whatever batch. */
export async function verifyBatchEqualsDaily(
  engine: RunEngine,
  { table, date, options }: VerifiedUnit,
): Promise<Finding | undefined> {
  const { warehouse, ledger } = engine;
  const sql = warehouse.dialect;
  const staged = stagedName(table);
  await warehouse.stage(staged, batchSelect(engine, { table, options, dates: [date] }));
  const found = (await inspectStaged(warehouse, table, staged)).get(date) ?? emptyStagedDate(date);
  const record = ledger.get(table.name, date);
  if (found.dataHash === record?.dataHash && found.excluded === record.excluded) return undefined;
  const stored = `(SELECT * FROM ${qualifiedName(table)} WHERE ${table.partition} = ${sql.date(date)})`;
  const computed = table.excludes
    ? `(SELECT * FROM ${staged} WHERE exclusion_reason IS NULL)`
    : staged;
  return {
    table: table.name,
    date,
    what: `computed alone: ${found.rows} rows and ${found.excluded} left out, hash ${found.dataHash}; recorded: ${record?.rows} and ${record?.excluded}, ${record?.dataHash}`,
    cause: 'stored',
    rows: await compareRows(warehouse, table, stored, computed),
  };
}
