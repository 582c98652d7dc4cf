import type { PartitionRecord } from '../ledger/partition-record.ts';
import { batchSelect } from '../run/stage/batch-select.ts';
import { qualifiedName } from '../table/table-definition.ts';
import type { RunEngine } from '../world/run-engine.ts';
import { type ComputedContent, contentsOf, writtenRows } from './computed-content.ts';
import { describeDifferences } from './describe-differences.ts';
import type { Discrepancy, Finding } from './finding.ts';
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
          what: differsAlone(found, record),
          was: `(SELECT * FROM ${qualifiedName(table)} WHERE ${table.partition} = ${warehouse.dialect.date(date)})`,
          is: writtenRows(computation),
        },
      ];
    }),
    'stored',
  );
}

function differsAlone(found: ComputedContent, record: PartitionRecord | undefined): Discrepancy {
  const counted = ({
    rows,
    excluded,
    dataHash,
  }: Omit<ComputedContent, 'hash' | 'dataHash'> & Pick<PartitionRecord, 'dataHash'>) => ({
    rows,
    excluded,
    dataHash,
  });
  return {
    kind: 'differs_when_computed_alone',
    found: counted(found),
    recorded: record ? counted(record) : {},
  };
}
