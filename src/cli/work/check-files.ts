import { interruptible } from '../../engine/interruptible.ts';
import { withMemoryWarehouse, withWarehouse } from '../../engine/open-warehouse.ts';
import { checkLoads } from '../../ingest/mirror/check-loads.ts';
import type { Rewrite } from '../../ingest/raw/replace-raw-dates.ts';
import type { TableRegistry } from '../../table/table-registry.ts';
import { type Warehouse, WarehouseError } from '../../warehouse/warehouse.ts';
import type { CliContext } from '../cli-context.ts';
import { withTempFolder } from '../process/with-temp-folder.ts';
import { type LoadFlags, printIngest, type SourceLoad, worstExitCode } from './load-source.ts';

/**
 * Prints what loading the files would do, and does not do it.
 * @returns the exit code that the ingest would end in.
 */
export async function checkFiles(
  context: CliContext,
  tables: TableRegistry,
  loads: readonly SourceLoad[],
  rewrite: Rewrite | undefined,
  flags: LoadFlags,
): Promise<number> {
  const { clock } = context;
  const startedMs = clock.elapsedMs();
  const [first] = loads;
  const dataKind = first?.dataKind ?? 'real';
  const check = (target: Warehouse | undefined) =>
    withTempFolder('check', (folder) =>
      withMemoryWarehouse(context, tables, (memory) =>
        checkLoads({
          tables,
          loads,
          target: target && interruptible(target, context.stop),
          warehouse: interruptible(memory, context.stop),
          folder,
          dataKind,
          rewrite,
          allowShrink: flags.allowShrink,
          runId: 'check',
          codeVersion: context.packageVersion,
          now: clock.now(),
          elapsedMs: () => clock.elapsedMs() - startedMs,
        }),
      ),
    );
  const open = {
    location: flags.warehouse,
    mode: 'read',
    create: false,
    waitSeconds: flags.wait,
    stopsItself: true,
  } as const;
  const reports = await withWarehouse(context, tables, open, check).catch((error: unknown) => {
    if (error instanceof WarehouseError && error.kind === 'absent') return check(undefined);
    throw error;
  });
  for (const report of reports) printIngest(context, report, flags, 'checked');
  return worstExitCode(reports);
}
