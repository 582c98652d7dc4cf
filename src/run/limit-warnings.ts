import type { BatchRequest } from './batch-request.ts';

/** Times a day that BigQuery lets a table be replaced; each batch replaces the staging table of its own. */
const mostReplacements = 1500;

/**
 * Limits of BigQuery that some batches would go over. Partitions are no matter: statements that change rows
 * do not count as modifications of a partition per day, and the 4,000 that one may touch are 333 years of months.
 */
export function limitWarnings(batches: readonly BatchRequest[]): readonly string[] {
  const byTable = Map.groupBy(batches, ({ table }) => table.name);
  return [...byTable].flatMap(([name, own]) => [
    ...(own.length > mostReplacements
      ? [
          `${name}: ${own.length} batches, and BigQuery lets their staging table be replaced ${mostReplacements} times a day; take more --batch-days`,
        ]
      : []),
  ]);
}
