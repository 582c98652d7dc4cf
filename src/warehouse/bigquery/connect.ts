import type { BigQuery, BigQueryOptions } from '@google-cloud/bigquery';
import { WarehouseError } from '../warehouse.ts';

/** Where the tables stand: `bigquery://project[/prefix][?location=EU]`. */
export interface BigQueryLocation {
  readonly projectId: string;
  /** Put before the name of every dataset, with `_`; empty for none. */
  readonly prefix: string;
  /** Region or multi-region of the datasets. */
  readonly region: string;
}

const defaultRegion = 'US';

const form =
  /^bigquery:\/\/([a-z][a-z0-9-]{4,28}[a-z0-9])(?:\/([A-Za-z0-9_]+))?\/?(?:\?location=([A-Za-z0-9-]+))?$/;

/** @returns `undefined` when the text is not of this form. */
export function parseBigQueryLocation(text: string): BigQueryLocation | undefined {
  const match = form.exec(text);
  if (!match) return undefined;
  const [, projectId = '', prefix = '', region = defaultRegion] = match;
  return { projectId, prefix, region };
}

/** A place as `--warehouse` takes it. */
export function locationText({ projectId, prefix, region }: BigQueryLocation): string {
  const path = prefix === '' ? projectId : `${projectId}/${prefix}`;
  return `bigquery://${path}${region === defaultRegion ? '' : `?location=${region}`}`;
}

/**
 * The official client, loaded only here: whoever works with DuckDB does not wait for it.
 * Credentials are found the ordinary way (application default).
 */
export async function connect(
  { projectId, region }: BigQueryLocation,
  options: BigQueryOptions = {},
): Promise<BigQuery> {
  const { BigQuery: Client } = await import('@google-cloud/bigquery').catch((error: unknown) => {
    throw new WarehouseError('surroundings', `cannot load @google-cloud/bigquery: ${error}`);
  });
  return new Client({ projectId, location: region, ...options });
}
