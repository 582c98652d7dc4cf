import type { BatchRequest } from './batch-request.ts';

/** Times a day that BigQuery lets a table be replaced; each batch replaces the staging table of its own. */
const mostReplacements = 1500;
/** Partitions that one statement may modify. */
const mostPartitions = 4000;

/**
 * Limits of BigQuery that some batches would go over. Statements that change rows do not count as
 * modifications of a partition per day, so there is no limit on the dates of a day.
 */
export function limitWarnings(batches: readonly BatchRequest[]): readonly string[] {
  const byTable = Map.groupBy(batches, ({ table }) => table.name);
  return [...byTable].flatMap(([name, own]) => [
    ...(own.length > mostReplacements
      ? [
          `${name}: ${own.length} batches, and BigQuery lets their staging table be replaced ${mostReplacements} times a day; take more --batch-days`,
        ]
      : []),
    ...(own.some(({ dates }) => dates.length > mostPartitions)
      ? [
          `${name}: BigQuery lets a statement modify ${mostPartitions} partitions; take fewer --batch-days`,
        ]
      : []),
  ]);
}
