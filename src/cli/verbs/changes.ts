import { daysOf } from '../../engine/asked-days.ts';
import { chooseAnyTables } from '../../engine/choose-tables.ts';
import { UsageError } from '../../engine/usage-error.ts';
import { withEngine } from '../../engine/with-engine.ts';
import { playerLookup } from '../../ingest/names/player-lookup.ts';
import { readRunIds, readRunStart } from '../../ledger/read-run.ts';
import { readRemembered } from '../../ledger/remembered-changes.ts';
import { recordedVerbs } from '../../ledger/run-record.ts';
import { changesJson, changesLines } from '../../report/changes-report.ts';
import { nearestName } from '../../table/nearest-name.ts';
import type { StoredTable } from '../../table/table-definition.ts';
import type { TableRegistry } from '../../table/table-registry.ts';
import { findKeys } from '../../verify/find-keys.ts';
import { readChanges } from '../../verify/read-changes.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';
import type { VerbContext } from '../cli-context.ts';
import { common, dateInputs, warehouseInputs } from '../options/common-inputs.ts';
import { isDated, readDateFlags } from '../options/date-range.ts';
import { type Asked, value } from '../options/input.ts';
import { namesIn, once } from '../options/option-values.ts';
import { readTime } from '../options/read-time.ts';
import { printReport } from '../output/print-report.ts';
import { defineVerb } from '../verb.ts';

const shownNames = 10;

const inputs = {
  ...warehouseInputs,
  since: value(
    '<run|time>',
    'id of a run, whose own changes are shown too; or YYYY-MM-DD[THH:MM[:SS]], UTC, today, yesterday',
    once,
  ),
  tables: common.changedTables,
  ...dateInputs,
  key: value(
    '<key>',
    'only rows with this key: team or player, without the date; or the name of a player',
    once,
  ),
};

/** Shows which rows came out different since a run or a time: of computed tables, and of raw ones that are named. */
export const changesVerb = defineVerb({
  inputs,
  example: [
    'backcourt changes --since 2024-11-01',
    'backcourt changes --since 2024-11-01T06:00 --key 201939',
  ],
  async run(context, tables, flags) {
    const { since } = flags;
    if (since === undefined) throw new UsageError('since when? give --since <run|time>');
    return show(context, tables, flags, since);
  },
});

function show(
  context: VerbContext,
  tables: TableRegistry,
  flags: Asked<typeof inputs>,
  since: string,
): Promise<number> {
  const chosen =
    flags.tables === undefined ? tables.computed : chooseAnyTables(tables, namesIn(flags.tables));
  const asked = isDated(flags) ? readDateFlags(flags, context.clock.today()) : undefined;
  return withEngine(context, tables, flags, 'read', async ({ warehouse, world }) => {
    const { runId, time } = await findSince(context, warehouse, since);
    const sinceSql = warehouse.dialect.timestamp(time);
    const remembered = await readRemembered(warehouse, sinceSql);
    const request = {
      tables: chosen,
      since: sinceSql,
      dates: asked && daysOf(asked, world.calendar),
      keys:
        flags.key === undefined || remembered.kind === 'nothing_yet'
          ? undefined
          : await keysOf(warehouse, chosen, flags.key),
    };
    const changed = remembered.kind === 'since' ? await readChanges(warehouse, request) : [];
    const report = { runId, since: time, remembered, changed };
    printReport(context, flags.json, { lines: changesLines(report), json: changesJson(report) });
    return 0;
  });
}

/** @throws UsageError for what is neither a key nor the name of a player, or a part of several names. */
async function keysOf(
  warehouse: Warehouse,
  tables: readonly StoredTable[],
  key: string,
): Promise<readonly string[]> {
  const { keys, isPart } = await findKeys(warehouse, tables, key, playerLookup(key));
  if (isPart && keys.length > 1) {
    const list = keys.slice(0, shownNames).map((one) => `${one.key} ${one.lookup}`);
    const more = keys.length > shownNames ? ` and ${keys.length - shownNames} more` : '';
    throw new UsageError(
      `--key "${key}" is in the names of ${keys.length} players: ${list.join(', ')}${more}; give the key of one`,
    );
  }
  if (keys.length > 0) return keys.map((one) => one.key);
  throw new UsageError(
    `--key "${key}": no row of these tables has this key, and no player has this name`,
  );
}

/** @returns the time from which on changes count, UTC. @throws UsageError for no time and no run. */
async function findSince(
  context: VerbContext,
  warehouse: Warehouse,
  since: string,
): Promise<{ readonly runId: string | undefined; readonly time: string }> {
  const time = readTime(since, context.clock.now());
  if (time !== undefined && time > context.clock.now()) {
    throw new UsageError(`--since ${since} is in the future`);
  }
  if (time !== undefined) return { runId: undefined, time };
  const start = await readRunStart(warehouse, since);
  if (start !== undefined) return { runId: since, time: start };
  const near = nearestName(since, await readRunIds(warehouse, recordedVerbs));
  throw new UsageError(
    `--since "${since}": there is no such run${near ? `; did you mean "${near}"?` : ''}, and a time is YYYY-MM-DD[THH:MM[:SS]], today or yesterday; runs are listed by: ${context.command('runs')}`,
  );
}
