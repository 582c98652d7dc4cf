import type { BigQuery } from '@google-cloud/bigquery';
import { qualifiedName } from '../../table/table-definition.ts';
import { WarehouseError } from '../warehouse.ts';
import type { BigQueryLocation } from './connect.ts';
import { type CreatedTable, createTableStatement, keepForeverStatement } from './ddl.ts';
import { isDuplicate } from './errors.ts';
import { type TableThere, tablesOf } from './look-at-datasets.ts';
import { datasetId } from './qualify-names.ts';
import { createWriter, writerTable } from './writer-fence.ts';

export interface CreateTables {
  readonly client: BigQuery;
  readonly location: BigQueryLocation;
  readonly tables: readonly CreatedTable[];
  /** Sends a call that is no job, and sends it once more when no answer came: such a call may be repeated. */
  readonly request: <T>(work: () => Promise<T>) => Promise<T>;
  /** Carries out statements, which name tables without project and prefix. */
  readonly define: (statements: readonly string[]) => Promise<void>;
}

/**
 * Makes the datasets and tables that are not there, and sees to it that none of them expires: what is
 * written today is to be there in years. Where nothing is lacking, no job is needed.
 * @throws WarehouseError `surroundings` when BigQuery insists on removing a table some day.
 */
export async function createLacking(made: CreateTables): Promise<void> {
  const { tables, define } = made;
  let there = await lookAt(made);
  const lacking = tables.filter((table) => !there.has(qualifiedName(table)));
  if (lacking.length > 0) {
    await define(lacking.map(createStatement));
    there = await lookAt(made);
  }
  const expiring = () => tables.filter((table) => expires(there.get(qualifiedName(table))));
  const mended = expiring();
  if (mended.length === 0) return;
  await define(mended.map(keepForeverStatement));
  there = await lookAt(made);
  const [left] = expiring();
  if (!left) return;
  throw new WarehouseError(
    'surroundings',
    `table ${qualifiedName(left)} of project ${made.location.projectId} is to expire, and BigQuery does not let that be changed, as in a sandbox without billing; link a billing account, or take another project`,
  );
}

function createStatement(table: CreatedTable): string {
  return table === writerTable ? createWriter : createTableStatement(table);
}

function expires(table: TableThere | undefined): boolean {
  return table !== undefined && (table.expires || table.partitionsExpire);
}

async function lookAt(made: CreateTables): Promise<ReadonlyMap<string, TableThere>> {
  const { client, location, tables, request } = made;
  const datasets = [...new Set(tables.map(({ dataset }) => dataset))];
  const found = await Promise.all(
    datasets.map(async (dataset) => {
      const there = await tablesOf(client, request, location, dataset);
      if (there === undefined) await createDataset(made, dataset);
      return there ?? [];
    }),
  );
  return new Map(found.flat().map((table) => [table.name, table]));
}

async function createDataset(
  { client, location, request }: CreateTables,
  dataset: string,
): Promise<void> {
  await request(() =>
    client
      .createDataset(datasetId(location, dataset), { location: location.region })
      .catch((error: unknown) => {
        // Another process has made it in the meantime, which is as good.
        if (!isDuplicate(error)) throw error;
      }),
  );
}
