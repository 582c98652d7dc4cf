import { existsSync, realpathSync } from 'node:fs';
import { readDataKind } from '../../ledger/read-ledger.ts';
import { readFirstRun } from '../../ledger/read-run.ts';
import type { TableRegistry } from '../../table/table-registry.ts';
import { removeDuckDbFile } from '../../warehouse/duckdb/remove-duckdb-file.ts';
import { WarehouseError } from '../../warehouse/warehouse.ts';
import { makeRunEngine } from '../../world/run-engine.ts';
import type { CliContext } from '../cli-context.ts';
import { UsageError } from '../options/usage-error.ts';
import { pasteable } from '../output/retry-command.ts';
import { withWarehouse } from '../process/open-warehouse.ts';
import { ingestVerb } from './ingest.ts';
import { runVerb } from './run.ts';
import { statusVerb } from './status.ts';

export interface DemoFlags {
  readonly warehouse: string;
  readonly json: boolean;
  readonly seasons: number | undefined;
  readonly overwrite: boolean;
}

/** The reason that the runs of a demo are recorded with: a warehouse that begins with it is the demo's own. */
const demoReason = 'backcourt demo';

/** A simulated league, ingested, backfilled and shown: the tour without any data at hand. */
export async function demoVerb(
  context: CliContext,
  tables: TableRegistry,
  flags: DemoFlags,
): Promise<number> {
  const { warehouse, json } = flags;
  await removeEarlierDemo(context, tables, flags);
  const common = { warehouse, json, wait: undefined, reason: demoReason } as const;
  const say = (text: string) => {
    if (!json) context.stdout(`${text}\n`);
  };
  say(`$ backcourt ingest simulated --warehouse ${warehouse}`);
  const ingestFlags = {
    ...common,
    allowShrink: false,
    rewrite: false,
    seasons: flags.seasons,
    seed: undefined,
  };
  const ingested = await ingestVerb(context, tables, 'simulated', [], ingestFlags);
  if (ingested !== 0) return ingested;

  const { first, last } = await loadedRange(context, tables, warehouse);
  say(
    `\n$ backcourt run --backfill --start-date ${first} --end-date ${last} --warehouse ${warehouse}`,
  );
  // A line per table and date belongs on a screen of its own; the tour shows how it ends.
  const quiet: CliContext = json ? context : { ...context, stdout: tailOf(context.stdout) };
  const ran = await runVerb(quiet, tables, {
    ...common,
    backfill: true,
    startDate: first,
    endDate: last,
    dryRun: false,
    option: [],
    stale: false,
    rewrite: false,
    batchDays: undefined,
    maxFailures: undefined,
    allowShrink: false,
    threads: undefined,
  });
  if (ran !== 0) return ran;

  say(`\n$ backcourt status --warehouse ${warehouse}`);
  const shown = await statusVerb(context, tables, { ...common, missing: false, failed: false });
  say(`\nthe warehouse stays in ${warehouse}; look at it in a browser:`);
  say(`  ${pasteable(context.invocation, 'serve', warehouse)}`);
  return shown;
}

/** @throws UsageError when what stands there is not the demo's to replace. */
async function removeEarlierDemo(
  context: CliContext,
  tables: TableRegistry,
  { warehouse, overwrite }: DemoFlags,
): Promise<void> {
  if (!existsSync(warehouse)) return;
  const open = { location: warehouse, mode: 'read', create: false, waitSeconds: 0 } as const;
  const found = await withWarehouse(context, tables, open, async (opened) => ({
    kind: await readDataKind(opened),
    first: await readFirstRun(opened),
  })).catch((error: unknown) => {
    const isForeign = error instanceof WarehouseError && error.kind === 'absent';
    throw isForeign ? new UsageError(error.message) : error;
  });
  if (found.kind === 'real') {
    throw new UsageError(`"${warehouse}" holds real data; the demo needs a file of its own`);
  }
  if (found.first !== undefined && found.first.reason !== demoReason && !overwrite) {
    throw new UsageError(
      `"${warehouse}" was not made by the demo; give it a --warehouse of its own, or replace this one with --overwrite`,
    );
  }
  removeDuckDbFile(realpathSync(warehouse));
}

async function loadedRange(
  context: CliContext,
  tables: TableRegistry,
  warehouse: string,
): Promise<{ readonly first: string; readonly last: string }> {
  const open = { location: warehouse, mode: 'read', create: false, waitSeconds: 0 } as const;
  return withWarehouse(context, tables, open, async (opened) => {
    const engine = await makeRunEngine(opened, tables, context.clock, context.packageVersion);
    return { first: engine.calendar.dates[0] ?? '', last: engine.calendar.dates.at(-1) ?? '' };
  });
}

/** Passes on the first line and what comes after the last line of a date. */
function tailOf(write: (text: string) => void): (text: string) => void {
  return (text) => {
    const kept = text
      .split('\n')
      .filter((line) => !/^(\d{4}-\d\d-\d\d |Skipping |--- |warning: )/.test(line));
    const joined = kept.join('\n');
    if (joined.trim() !== '') write(joined.endsWith('\n') ? joined : `${joined}\n`);
  };
}
