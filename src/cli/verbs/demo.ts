import { existsSync, realpathSync } from 'node:fs';
import { defaultSimulatedYear, lastSimulatedYear } from '../../../simulation/simulated-years.ts';
import { withWarehouse } from '../../engine/open-warehouse.ts';
import { UsageError } from '../../engine/usage-error.ts';
import { withEngine } from '../../engine/with-engine.ts';
import { readDataKind } from '../../ledger/read-ledger.ts';
import { readFirstRun } from '../../ledger/read-run.ts';
import type { TableRegistry } from '../../table/table-registry.ts';
import { removeDuckDbFile } from '../../warehouse/duckdb/remove-duckdb-file.ts';
import { WarehouseError } from '../../warehouse/warehouse.ts';
import type { CliContext } from '../cli-context.ts';
import { common, warehouseAt } from '../options/common-inputs.ts';
import { flag, value } from '../options/input.ts';
import { wholeNumber } from '../options/option-values.ts';
import { callVerb, defineVerb } from '../verb.ts';
import { ingestVerb } from './ingest.ts';
import { runVerb } from './run.ts';
import { statusVerb } from './status.ts';

/** Game ids write no year after the last. */
const mostSeasons = lastSimulatedYear - defaultSimulatedYear + 1;

/** The reason that the runs of a demo are recorded with: a warehouse that begins with it is the demo's own. */
const demoReason = 'backcourt demo';

/** A simulated league, ingested, backfilled and shown: the tour without any data at hand. */
export const demoVerb = defineVerb({
  inputs: {
    warehouse: warehouseAt('./demo.duckdb'),
    json: common.json,
    seasons: value('<n>', 'seasons to play (default: 4)', wholeNumber(1, mostSeasons)),
    overwrite: flag('replace a simulated warehouse that the demo has not made'),
  },
  example: ['backcourt demo'],
  async run(context, tables, flags) {
    const { warehouse, json, seasons } = flags;
    await removeEarlierDemo(context, tables, flags);
    const given = { warehouse, json, reason: demoReason };
    const say = (text: string) => {
      if (!json) context.stdout(`${text}\n`);
    };
    say(`$ backcourt ingest simulated --warehouse ${warehouse}`);
    const league = { ...given, source: 'simulated', seasons };
    const ingested = await callVerb(ingestVerb, context, tables, league);
    if (ingested !== 0) return ingested;

    const { first, last } = await loadedRange(context, tables, warehouse);
    say(
      `\n$ backcourt run --backfill --start-date ${first} --end-date ${last} --warehouse ${warehouse}`,
    );
    // A line per table and date belongs on a screen of its own; the tour shows how it ends.
    const brief: CliContext = { ...context, isBrief: true };
    const history = { ...given, backfill: true, startDate: first, endDate: last };
    const ran = await callVerb(runVerb, brief, tables, history);
    if (ran !== 0) return ran;

    say(`\n$ backcourt status --warehouse ${warehouse}`);
    const shown = await callVerb(statusVerb, context, tables, { warehouse, json });
    say(`\nthe warehouse stays in ${warehouse}; look at it in a browser:`);
    say(`  ${context.command('serve')}`);
    return shown;
  },
});

/** @throws UsageError when what stands there is not the demo's to replace. */
async function removeEarlierDemo(
  context: CliContext,
  tables: TableRegistry,
  { warehouse, overwrite }: { readonly warehouse: string; readonly overwrite: boolean },
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
  const flags = { warehouse, wait: 0 };
  return withEngine(context, tables, flags, 'read', async ({ world: { calendar } }) => ({
    first: calendar.dates[0] ?? '',
    last: calendar.dates.at(-1) ?? '',
  }));
}
