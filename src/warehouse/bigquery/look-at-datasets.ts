import type { BigQuery } from '@google-cloud/bigquery';
import { WarehouseError } from '../warehouse.ts';
import { type BigQueryLocation, locationText } from './connect.ts';
import { describeFailure } from './errors.ts';
import { datasetId } from './qualify-names.ts';

/** A table as its dataset lists it. */
export interface TableThere {
  /** `dataset.table`, without prefix. */
  readonly name: string;
  /** TRUE when BigQuery is told to remove the table, or its partitions, by itself some day. */
  readonly expires: boolean;
  readonly partitionsExpire: boolean;
}

interface DatasetMetadata {
  readonly location?: string;
}

interface TableMetadata {
  readonly tableReference?: { readonly tableId?: string };
  readonly expirationTime?: string | null;
  readonly timePartitioning?: { readonly expirationMs?: string | null } | null;
}

/** Sends a call that is no job, and sends it once more when no answer came: such a call may be repeated. */
type Request = <T>(work: () => Promise<T>) => Promise<T>;

/**
 * The tables of a dataset, for nothing: no job is needed. `undefined` when there is no such dataset.
 * @throws WarehouseError `surroundings` when it stands in another location than the one that was named.
 */
export async function tablesOf(
  client: BigQuery,
  request: Request,
  location: BigQueryLocation,
  dataset: string,
): Promise<readonly TableThere[] | undefined> {
  const place = client.dataset(datasetId(location, dataset));
  const found = await request(async () => {
    const [metadata] = await place.getMetadata();
    return metadata as DatasetMetadata;
  }).catch((error: unknown) => {
    if (isAbsent(error)) return undefined;
    throw error;
  });
  if (!found) return undefined;
  refuseElsewhere(location, dataset, found);
  const [tables] = await request(() => place.getTables());
  return tables.map(({ metadata }) => {
    const { tableReference, expirationTime, timePartitioning } = metadata as TableMetadata;
    return {
      name: `${dataset}.${tableReference?.tableId}`,
      expires: Boolean(expirationTime),
      partitionsExpire: Boolean(timePartitioning?.expirationMs),
    };
  });
}

function refuseElsewhere(
  location: BigQueryLocation,
  dataset: string,
  { location: region }: DatasetMetadata,
): void {
  if (region === undefined || region.toLowerCase() === location.region.toLowerCase()) return;
  const right = locationText({ ...location, region });
  throw new WarehouseError(
    'surroundings',
    `dataset "${datasetId(location, dataset)}" of project ${location.projectId} stands in ${region}, not in ${location.region}; use --warehouse "${right}"`,
  );
}

function isAbsent(error: unknown): boolean {
  if (error instanceof WarehouseError) return error.kind === 'absent';
  const { code, reason } = describeFailure(error);
  return code === 404 || reason === 'notFound';
}
