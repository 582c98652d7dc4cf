import type { BigQuery } from '@google-cloud/bigquery';
import type { BigQueryLocation } from './connect.ts';
import { datasetId } from './qualify-names.ts';
import { stagingDataset } from './settings.ts';

/**
 * The tables that relations are staged in. Each has a name of its own that is never used twice: a read that
 * comes too late finds nothing instead of older rows, and BigQuery limits how often a name is replaced.
 */
export interface StagingTables {
  /** Relation → table that it stands in, with project and dataset. */
  tables(): ReadonlyMap<string, string>;
  /** The name that {@link make} would give. */
  next(relation: string): string;
  /** A table, not made yet, for a relation. */
  make(relation: string): string;
  /** From now on the relation stands in the table. */
  use(relation: string, table: string): void;
  /** Removes what relations stood in before. */
  sweep(): Promise<void>;
  /** Dataset and name of a table. */
  target(table: string): { readonly dataset: string; readonly table: string };
  drop(relations: readonly string[]): Promise<void>;
  /** Removes everything that was made. */
  close(): Promise<void>;
}

/** Makes the staging tables of one process, none of which is there yet. */
export function makeStagingTables(
  client: BigQuery,
  location: BigQueryLocation,
  session: string,
): StagingTables {
  const dataset = datasetId(location, stagingDataset);
  const prefix = `${location.projectId}.${dataset}.`;
  const standing = new Map<string, string>();
  const made = new Set<string>();
  let count = 0;

  const target = (table: string) => ({ dataset, table: table.slice(prefix.length) });
  const next = (relation: string) => `${prefix}${relation}_${session}_${count + 1}`;

  // It is no job, and costs nothing. What cannot be removed now expires.
  async function remove(tables: readonly string[]): Promise<void> {
    const removed = tables.map((table) =>
      client.dataset(dataset).table(target(table).table).delete({ ignoreNotFound: true }),
    );
    for (const table of tables) made.delete(table);
    await Promise.allSettled(removed);
  }

  return {
    tables: () => standing,
    next,
    make: (relation) => {
      const table = next(relation);
      count += 1;
      made.add(table);
      return table;
    },
    use: (relation, table) => void standing.set(relation, table),
    sweep: () => {
      const used = new Set(standing.values());
      return remove([...made].filter((table) => !used.has(table)));
    },
    target,
    drop: async (relations) => {
      const tables = relations.flatMap((relation) => standing.get(relation) ?? []);
      for (const relation of relations) standing.delete(relation);
      await remove(tables);
    },
    close: async () => {
      standing.clear();
      await remove([...made]);
    },
  };
}
