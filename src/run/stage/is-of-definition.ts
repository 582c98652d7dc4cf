import type { PartitionRecord } from '../../ledger/partition-record.ts';
import type { ComputedTable } from '../../table/table-definition.ts';
import type { World } from '../../world/world.ts';

/** TRUE when what stands was made by a definition as it is today, by whatever version of the package. */
export function isOfDefinition(
  { codeVersion }: Pick<World, 'codeVersion'>,
  table: ComputedTable,
  record: PartitionRecord,
): boolean {
  const definition = (version: string) => version.slice(version.lastIndexOf('+'));
  // A failed attempt has left the rows of the one before it, and the record says no more of that.
  return (
    record.state !== 'failed' && definition(record.codeVersion) === definition(codeVersion(table))
  );
}
