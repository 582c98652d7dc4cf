import type { BigQueryOptions } from '@google-cloud/bigquery';
import { afterAll } from 'vitest';
import {
  type BigQueryWarehouse,
  openBigQuery,
} from '../../src/warehouse/bigquery/bigquery-warehouse.ts';
import { parseBigQueryLocation } from '../../src/warehouse/bigquery/connect.ts';
import { instantTiming } from '../support/instant-timing.ts';
import type { MemoryDatabase } from './googlesql/memory-database.ts';
import {
  type BigQueryStandIn,
  type StandInOptions,
  startBigQueryStandIn,
} from './stand-in/bigquery-stand-in.ts';

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

/** Of own tables. */
const datasets = ['my_tables'];

export const projectId = 'loopback-project';

// What the client asks of credentials; the stand-in alone decides whether they are good.
const anybody = {
  getRequestHeaders: async () => new Headers({ authorization: 'Bearer anybody' }),
} as unknown as NonNullable<BigQueryOptions['authClient']>;

/** What the client is told to find a stand-in. It tries again as in production, but waits no seconds in between. */
export function clientOf({ url }: Pick<BigQueryStandIn, 'url'>) {
  return {
    apiEndpoint: url,
    authClient: anybody,
    retryOptions: { autoRetry: true, maxRetries: 3, retryDelayMultiplier: 2, maxRetryDelay: 0.02 },
  } satisfies BigQueryOptions;
}

/** What the stand-ins of a test file have seen. */
const night = { jobs: 0, statements: 0, seconds: 0, seeds: [] as number[] };

afterAll(() => {
  if (night.seeds.length === 0) return;
  const minutes = (night.seconds / 60).toFixed(1);
  process.stderr.write(
    `the stand-in: ${night.jobs} jobs, ${night.statements} statements, ${minutes} minutes of a virtual clock; seeds ${night.seeds.join(' ')}\n`,
  );
});

/** Seed of the next stand-in: `STAND_IN_SEED` repeats what a test has printed. */
function seedOption(): StandInOptions {
  const seed = process.env['STAND_IN_SEED'];
  return seed === undefined ? {} : { seed: Number(seed) };
}

/** @param prefix of the datasets; none unless given. */
export async function openStandIn(
  database: MemoryDatabase,
  prefix = '',
  options: StandInOptions = {},
): Promise<OpenStandIn> {
  const standIn = await startBigQueryStandIn(projectId, database, {
    ...seedOption(),
    ...options,
  });
  night.seeds.push(standIn.seed);
  const location = parseBigQueryLocation(`bigquery://${projectId}/${prefix}`);
  if (!location) throw new Error('no location');
  const client = clientOf(standIn);
  const openAgain = async (session: string, maxBytes?: number) => {
    const timing = instantTiming;
    const opened = await openBigQuery({ location, datasets, session, maxBytes, client, timing });
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
      night.jobs += standIn.jobs.length;
      night.statements += standIn.statements();
      night.seconds += standIn.virtualSeconds();
      await standIn.close();
    },
  };
}
