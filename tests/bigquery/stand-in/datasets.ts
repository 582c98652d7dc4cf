import type { MemoryDatabase } from '../googlesql/memory-database.ts';
import { JobError } from './job-error.ts';

/** What a dataset says of the tables in it. */
export interface Dataset {
  readonly location: string;
  readonly defaultTableExpirationMs?: string;
  readonly defaultPartitionExpirationMs?: string;
}

export interface Datasets {
  /** A dataset that nobody has made is there all the same when a table stands in it. */
  find(name: string): Dataset | undefined;
  /** @throws JobError 409 when it is there. */
  create(name: string, settings: Partial<Dataset>): Dataset;
  change(name: string, settings: Partial<Dataset>): Dataset;
  drop(name: string): void;
  /** @throws JobError 404 when SQL names a dataset that stands in another location. */
  refuseElsewhere(sql: string, location: string): void;
}

export const defaultLocation = 'US';

export function makeDatasets(projectId: string, database: MemoryDatabase): Datasets {
  const made = new Map<string, Dataset>();
  const tablesOf = (name: string) =>
    [...database.tables().keys()].filter((table) => table.startsWith(`${name}.`));

  const find = (name: string): Dataset | undefined =>
    made.get(name) ?? (tablesOf(name).length > 0 ? { location: defaultLocation } : undefined);

  function change(name: string, settings: Partial<Dataset>): Dataset {
    const dataset = { location: defaultLocation, ...find(name), ...settings };
    made.set(name, dataset);
    return dataset;
  }

  return {
    find,
    create: (name, settings) => {
      if (made.has(name)) {
        throw new JobError(409, 'duplicate', `Already Exists: Dataset ${projectId}:${name}`);
      }
      return change(name, settings);
    },
    change,
    drop: (name) => {
      made.delete(name);
      for (const table of tablesOf(name)) database.drop(table);
    },
    refuseElsewhere: (sql, location) => {
      for (const [name, dataset] of made) {
        const isElsewhere = dataset.location.toUpperCase() !== location.toUpperCase();
        if (isElsewhere && new RegExp(`\\b${name}\\.`).test(sql)) {
          const message = `Not found: Dataset ${projectId}:${name} was not found in location ${location}`;
          throw new JobError(404, 'notFound', message);
        }
      }
    },
  };
}
