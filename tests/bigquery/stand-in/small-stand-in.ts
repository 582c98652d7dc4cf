import { BigQuery, type Job } from '@google-cloud/bigquery';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { type GoogleSqlService, startGoogleSql } from '../googlesql/googlesql-service.ts';
import { type MemoryDatabase, makeMemoryDatabase } from '../googlesql/memory-database.ts';
import { clientOf, projectId } from '../open-stand-in.ts';
import { type BigQueryStandIn, startBigQueryStandIn } from './bigquery-stand-in.ts';

type ApiError = Error & { readonly errors?: readonly { readonly reason?: string }[] };

/** A stand-in with a dataset `d`, and the official client: what is tested here is the stand-in itself. */
export interface SmallStandIn {
  readonly standIn: BigQueryStandIn;
  readonly database: MemoryDatabase;
  readonly client: BigQuery;
  /** Begins a job. */
  begin(sql: string, options?: object): Promise<Job>;
  /** Carries out a script to its end. @returns the rows of its last SELECT. */
  run(sql: string, options?: object): Promise<readonly unknown[]>;
  /** `reason: message` of what fails, `done` of what does not. */
  failure(work: Promise<unknown>): Promise<string>;
}

/** An empty one before each test, of which every choice of chance is that of one seed. */
export function smallStandIn(): () => SmallStandIn {
  let service: GoogleSqlService | undefined;
  let small: SmallStandIn | undefined;

  beforeAll(async () => {
    service = await startGoogleSql();
  });
  afterAll(() => service?.stop());
  beforeEach(async () => {
    if (!service) throw new Error('no service');
    const database = makeMemoryDatabase(service);
    const standIn = await startBigQueryStandIn(projectId, database, { seed: 7 });
    standIn.datasets.create('d', {});
    const client = new BigQuery({ projectId, location: 'US', ...clientOf(standIn) });
    const begin = async (sql: string, options: object = {}) =>
      (await client.createQueryJob({ query: sql, ...options }))[0];
    small = {
      standIn,
      database,
      client,
      begin,
      run: async (sql, options) => (await (await begin(sql, options)).getQueryResults())[0],
      failure: async (work) => {
        const error = await work.then(
          () => undefined,
          (found: ApiError) => found,
        );
        return error ? `${error.errors?.[0]?.reason}: ${error.message}` : 'done';
      },
    };
  });
  afterEach(() => small?.standIn.close());

  return () => {
    if (!small) throw new Error('not open yet');
    return small;
  };
}
