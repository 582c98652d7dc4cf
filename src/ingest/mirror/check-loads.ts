import type { DuckDbWarehouse } from '../../warehouse/duckdb/duckdb-warehouse.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';
import type { IngestReport } from '../files/ingest-report.ts';
import { type IngestRequest, ingestFiles, refuseMixing } from '../ingest-files.ts';
import { makeMirror } from './make-mirror.ts';

export interface CheckRequest
  extends Omit<IngestRequest, 'warehouse' | 'bringStored' | 'standing' | 'files'> {
  /** The warehouse that the files are for; it is only read. `undefined` when there is none yet. */
  readonly target: Warehouse | undefined;
  /** An empty DuckDB with the tables of a warehouse. */
  readonly warehouse: DuckDbWarehouse;
  /** A folder for the files that go between the two. */
  readonly folder: string;
  /** What would be loaded, in this order, each upon what those before it have left. */
  readonly loads: readonly Pick<IngestRequest, 'files' | 'damaged'>[];
}

/**
 * Reads and judges files as an ingest into the target would, and writes nothing there: they are loaded into
 * a DuckDB that has what stands there, as far as it matters.
 * @returns one report per load. @throws BadInput as {@link ingestFiles} does, and for mixed kinds of data.
 */
export async function checkLoads({
  target,
  folder,
  loads,
  ...request
}: CheckRequest): Promise<readonly IngestReport[]> {
  const { warehouse: mirror, tables, dataKind } = request;
  if (target) await refuseMixing(target, dataKind);
  const files = loads.flatMap((load) => load.files);
  const bringStored =
    target && (await makeMirror({ source: target, target: mirror, folder }, { files, tables }));
  const reports: IngestReport[] = [];
  const stored = { bringStored, standing: target };
  for (const load of loads) reports.push(await ingestFiles({ ...request, ...load, ...stored }));
  return reports;
}
