import { definitionVersion } from '../table/definition-version.ts';
import type { TableRegistry } from '../table/table-registry.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import { makeRunEngine, type RunEngine } from '../world/run-engine.ts';
import type { Rebuilds } from './damaged-tables.ts';
import { withWarehouse } from './open-warehouse.ts';
import type { Surroundings } from './surroundings.ts';

/** Opens the warehouse that the flags name, with its ledger and schedule read, for the time of `work`. */
export function withEngine<T>(
  context: Surroundings,
  tables: TableRegistry,
  flags: {
    readonly warehouse: string;
    /** Seconds. */
    readonly wait: number | undefined;
    readonly threads?: number | undefined;
    readonly maxBytes?: number | undefined;
    readonly rebuilds?: Rebuilds | undefined;
    /** What the work would come to, where that is known before ledger and schedule are read. */
    readonly known?: ((warehouse: Warehouse) => Promise<T | undefined>) | undefined;
  },
  mode: 'read' | 'write',
  work: (engine: RunEngine) => Promise<T>,
): Promise<T> {
  const { warehouse: location, wait: waitSeconds, threads, maxBytes, rebuilds, known } = flags;
  const open = {
    location,
    mode,
    create: false,
    waitSeconds,
    rebuilds,
    // Both keep what they find, so that what comes later finds digests and time zone ready.
    meanwhile: () => {
      for (const table of tables.computed) definitionVersion(table);
      context.clock.today();
    },
    ...(threads !== undefined && { threads }),
    ...(maxBytes !== undefined && { maxBytes }),
  } as const;
  return withWarehouse(context, tables, open, async (warehouse) => {
    const outcome = await known?.(warehouse);
    if (outcome !== undefined) return outcome;
    return work(await makeRunEngine(warehouse, tables, context.clock, context.packageVersion));
  });
}
