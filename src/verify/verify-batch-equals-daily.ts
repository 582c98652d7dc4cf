import { batchSelect } from '../run/stage/batch-select.ts';
import { qualifiedName } from '../table/table-definition.ts';
import type { RunEngine } from '../world/run-engine.ts';
import { contentsOf, writtenRows } from './computed-content.ts';
import { describeDifferences } from './describe-differences.ts';
import type { Finding } from './finding.ts';
import type { VerifiedUnit } from './verify-unit.ts';

/**
 * Computes each date by itself and compares it with what stands there, made in whatever batch.
 * @throws WarehouseError when one of them cannot be computed.
 */
export async function verifyBatchEqualsDaily(
  { warehouse, world }: RunEngine,
  units: readonly VerifiedUnit[],
): Promise<readonly Finding[]> {
  const { ledger } = world;
  const computations = units.map(({ table, date, options }) => ({
    table,
    select: batchSelect(warehouse.dialect, world, { table, options, dates: [date] }),
  }));
  const contents = await contentsOf(warehouse, computations);
  return describeDifferences(
    warehouse,
    units.flatMap(({ table, date }, index) => {
      const [computation, found] = [computations[index], contents[index]];
      const record = ledger.get(table.name, date);
      if (!computation || !found) throw new Error(`${table.name} ${date} was not computed`);
      if (found.dataHash === record?.dataHash && found.excluded === record.excluded) return [];
      return [
        {
          table,
          date,
          what: `computed alone: ${found.rows} rows and ${found.excluded} left out, hash ${found.dataHash}; recorded: ${record?.rows} and ${record?.excluded}, ${record?.dataHash}`,
          was: `(SELECT * FROM ${qualifiedName(table)} WHERE ${table.partition} = ${warehouse.dialect.date(date)})`,
          is: writtenRows(computation),
        },
      ];
    }),
    'stored',
  );
}
