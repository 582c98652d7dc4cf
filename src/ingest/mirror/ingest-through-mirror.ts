import type { Route } from '../../copy/bring-rows.ts';
import { movePartitions } from '../../copy/move-partitions.ts';
import { distrustStatements } from '../../ledger/distrust-readers.ts';
import { rawFilesTable, warehouseTable } from '../../ledger/ledger-tables.ts';
import { readDataKind, readLedger } from '../../ledger/read-ledger.ts';
import { type Warehouse, WarehouseError } from '../../warehouse/warehouse.ts';
import type { IngestReport } from '../files/ingest-report.ts';
import { type IngestRequest, ingestFiles } from '../ingest-files.ts';
import { changedPartitions } from './changed-partitions.ts';
import { makeMirror } from './make-mirror.ts';

export interface MirroredIngest extends IngestRequest {
  /** The warehouse that the files are for. {@link IngestRequest.warehouse} is an empty DuckDB. */
  readonly target: Warehouse;
  /** A folder for the files that go between the two warehouses. */
  readonly folder: string;
}

/**
 * Loads files into a warehouse that reads no local files: a DuckDB gets what stands there, as far as
 * it matters, and loads them with the very same code; what that has changed is then moved in one
 * commit. Files without anything new move nothing.
 * @throws WarehouseError `surroundings` when rows arrive other than they were sent; nothing is written.
 */
export async function ingestThroughMirror(request: MirroredIngest): Promise<IngestReport> {
  const { target, warehouse: mirror, tables, folder, runId } = request;
  const bringStored = await makeMirror({ source: target, target: mirror, folder }, request);
  const before = await readLedger(mirror);
  const held = await readDataKind(target);
  const report = await ingestFiles({ ...request, bringStored, standing: target });
  const { moved, removed } = changedPartitions(before, await readLedger(mirror), tables);
  const route: Route = { source: mirror, target, folder };
  const own = `run_id = ${mirror.dialect.string(runId)}`;
  const notMoved = await movePartitions(
    route,
    {
      changedBy: { runId, now: request.now },
      moved,
      removed,
      also: report.mended.flatMap((dates) => distrustStatements(target.dialect, tables, dates)),
      added: [
        { table: rawFilesTable, condition: own },
        ...(held === undefined ? [{ table: warehouseTable, condition: 'TRUE' }] : []),
      ],
    },
    'all or nothing',
  );
  const [first] = notMoved;
  if (first) {
    const { table, date, difference } = first;
    throw new WarehouseError(
      'surroundings',
      `${table} ${date} arrived in "${target.location}" with ${difference}; nothing was written, load the files again`,
    );
  }
  return report;
}
