import type { BigQueryOptions } from '@google-cloud/bigquery';
import {
  type BigQueryWarehouse,
  openBigQuery,
} from '../../src/warehouse/bigquery/bigquery-warehouse.ts';
import { parseBigQueryLocation } from '../../src/warehouse/bigquery/connect.ts';
import { instantTiming } from '../support/instant-timing.ts';
import type { MemoryDatabase } from './googlesql/memory-database.ts';
import { type BigQueryStandIn, startBigQueryStandIn } from './stand-in/bigquery-stand-in.ts';

/** The product's own warehouse, over the official client, on a stand-in. */
export interface OpenStandIn {
  readonly standIn: BigQueryStandIn;
  readonly warehouse: BigQueryWarehouse;
  /** `--warehouse` of it, and what the client needs to find it. */
  readonly place: string;
  readonly client: BigQueryOptions;
  /** As another process would. */
  openAgain(session: string, maxBytes?: number): Promise<BigQueryWarehouse>;
  close(): Promise<void>;
}

const projectId = 'loopback-project';

// What the client asks of credentials; the stand-in alone decides whether they are good.
const anybody = {
  getRequestHeaders: async () => new Headers({ authorization: 'Bearer anybody' }),
} as unknown as NonNullable<BigQueryOptions['authClient']>;

/** @param prefix of the datasets; none unless given. */
export async function openStandIn(database: MemoryDatabase, prefix = ''): Promise<OpenStandIn> {
  const standIn = await startBigQueryStandIn(projectId, database);
  const location = parseBigQueryLocation(`bigquery://${projectId}/${prefix}`);
  if (!location) throw new Error('no location');
  const client = {
    apiEndpoint: standIn.url,
    authClient: anybody,
    retryOptions: { autoRetry: false },
  };
  const openAgain = async (session: string, maxBytes?: number) => {
    const opened = await openBigQuery({
      location,
      session,
      maxBytes,
      client,
      timing: instantTiming,
    });
    await opened.beginWriting({ tables: [], waitSeconds: 0 });
    return opened;
  };
  const warehouse = await openAgain('first');
  return {
    standIn,
    warehouse,
    place: `bigquery://${projectId}${prefix === '' ? '' : `/${prefix}`}`,
    client,
    openAgain,
    close: async () => {
      standIn.heal();
      await warehouse.close();
      await standIn.close();
    },
  };
}
