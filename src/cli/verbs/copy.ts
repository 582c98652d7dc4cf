import { resolve } from 'node:path';
import type { GameDate } from '../../calendar/game-date.ts';
import { bringRows, type Route } from '../../copy/bring-rows.ts';
import { type CopyUnit, planCopy } from '../../copy/copy-plan.ts';
import { type CopiedTable, copyWarehouse } from '../../copy/copy-warehouse.ts';
import type { AskedDays } from '../../engine/asked-days.ts';
import { chooseAnyTables } from '../../engine/choose-tables.ts';
import { newRun } from '../../engine/new-run.ts';
import { withWarehouse } from '../../engine/open-warehouse.ts';
import { pasteable } from '../../engine/pasteable.ts';
import { defaultBatchDays } from '../../engine/plan-units.ts';
import { UsageError } from '../../engine/usage-error.ts';
import type { LedgerSnapshot } from '../../ledger/ledger-snapshot.ts';
import { warehouseTable } from '../../ledger/ledger-tables.ts';
import { readDataKind, readLedger } from '../../ledger/read-ledger.ts';
import { fetchSchedule, toCalendar } from '../../ledger/read-schedule.ts';
import { endRunStatement, startRunStatement } from '../../ledger/run-record.ts';
import {
  readWarehouseFacts,
  rememberedFromStatements,
  setOptionsStatement,
} from '../../ledger/warehouse-options.ts';
import { type StrangerTable, strangerTables } from '../../plan/stranger-tables.ts';
import { copyJson, copyLines } from '../../report/copy-report.ts';
import { leftBehindLines } from '../../report/words/left-behind-lines.ts';
import { exitCodes } from '../../run/exit-codes.ts';
import type { TableRegistry } from '../../table/table-registry.ts';
import { parseBigQueryLocation } from '../../warehouse/bigquery/connect.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';
import { undatedPartition } from '../../window/window.ts';
import type { CliContext } from '../cli-context.ts';
import { common, dateInputs } from '../options/common-inputs.ts';
import { isDated, readDateFlags } from '../options/date-range.ts';
import { type Asked, flag, value } from '../options/input.ts';
import { namesIn, warehousePlace, wholeNumber } from '../options/option-values.ts';
import { rewriteLine } from '../output/harmless-output.ts';
import { printReport } from '../output/print-report.ts';
import { refuseOlderLedger } from '../process/refuse-older-ledger.ts';
import { withTempFolder } from '../process/with-temp-folder.ts';
import { defineVerb } from '../verb.ts';

const place = (says: string) => value('<warehouse>', says, warehousePlace);

const inputs = {
  from: place('a DuckDB file, or bigquery://project[/prefix]'),
  to: place('the same; made if it is not there'),
  ...dateInputs,
  tables: common.anyTables,
  rewrite: flag('also what both ledgers call equal: replace what stands there'),
  allowShrink: common.allowShrink,
  batchDays: value(
    '<n>',
    `most dates per file and commit (default: ${defaultBatchDays})`,
    wholeNumber(1),
  ),
  maxBytes: common.maxBytes,
  reason: common.reason,
  json: common.json,
  wait: common.wait,
} as const;

type CopyFlags = Asked<typeof inputs>;

/**
 * Copies partitions with their ledger rows from one warehouse to another. Its exit code is 5 when a date was
 * refused or there is nothing in the range, 7 when rows are not what their records say.
 */
export const copyVerb = defineVerb({
  inputs,
  example: ['backcourt copy --from nba.duckdb --to bigquery://my-project/dev'],
  async run(context, tables, flags) {
    const { from, to } = readPlaces(flags);
    const chosen = chooseAnyTables(tables, namesIn(flags.tables));
    const { allowShrink, rewrite } = flags;
    const asked = isDated(flags) ? readDateFlags(flags, context.clock.today()) : undefined;
    const common = {
      waitSeconds: flags.wait,
      ...(flags.maxBytes !== undefined && { maxBytes: flags.maxBytes }),
    };
    const reading = {
      ...common,
      location: from,
      mode: 'read',
      create: false,
      // What was committed stays, and the next copy goes on: no reason to throw the work in hand away.
      stopsItself: true,
    } as const;
    const rebuilds = flags.rewrite ? 'all' : undefined;
    const writing = { ...common, location: to, mode: 'write', create: true, rebuilds } as const;
    return withWarehouse(context, tables, reading, async (source) => {
      // Judged before the target is made: a copy that cannot be must leave nothing.
      await refuseOlderLedger(source, context.clock.now());
      const dataKind = await readDataKind(source);
      const ledger = await readLedger(source);
      const days = asked && (await readDays(source, ledger, asked));
      // A word like `today` says nothing of a run any more once the day is over.
      const spelledOut = flags.dates === undefined ? {} : { dates: days?.join(',') };
      // What has no date goes along with any.
      const inRange = days && new Set([...days, undatedPartition]);
      const isInRange = (date: GameDate) => inRange?.has(date) ?? true;
      const request = { tables: chosen, isInRange, allowShrink, rewrite };
      const isThere = chosen.some(({ name }) =>
        [...ledger.of(name).keys()].some(request.isInRange),
      );
      // Whoever names tables has not asked for others.
      const strangers =
        flags.tables === undefined ? strangerTables({ ledger, tables }, isInRange) : [];
      if (dataKind === undefined || !isThere) {
        const why = `nothing to copy: "${from}" records nothing of these tables and dates`;
        for (const line of [why, ...leftBehindLines(strangers)]) context.stderr(`${line}\n`);
        return exitCodes.blocked;
      }
      return withWarehouse(context, tables, writing, async (target) => {
        await refuseOtherKind(target, to, dataKind);
        await bringOptions(context, source, target, to);
        const units = planCopy(ledger, await readLedger(target), request);
        return withTempFolder('copy', (folder) =>
          work(
            context,
            tables,
            { ...flags, from, to, ...spelledOut },
            { source, target, folder },
            { units, strangers },
            dataKind,
          ),
        );
      });
    });
  },
});

/** What is found in the source: what may go to the target, and what nobody here knows. */
interface Found {
  readonly units: readonly CopyUnit[];
  readonly strangers: readonly StrangerTable[];
}

async function work(
  context: CliContext,
  registry: TableRegistry,
  flags: CopyFlags & { readonly from: string; readonly to: string },
  route: Route,
  { units, strangers }: Found,
  dataKind: string,
): Promise<number> {
  const { clock, stop } = context;
  const startedMs = clock.elapsedMs();
  const startedAt = clock.now();
  const { target } = route;
  const due = units.filter(({ action }) => action === 'copy').length;
  const start = { verb: 'copy', asked: askedOf(flags), reason: flags.reason, startedAt } as const;
  const run = newRun(context, start);
  const { runId } = run;
  if (due > 0) {
    target.label?.({ run: runId, table: 'copy' });
    route.source.label?.({ run: runId, table: 'copy' });
    if ((await readDataKind(target)) === undefined) {
      await bringRows(route, warehouseTable, 'TRUE');
    } else {
      const limits = rememberedFromStatements(
        target.dialect,
        await readWarehouseFacts(route.source),
      );
      if (limits.length > 0) await target.commit(limits);
    }
    await target.write(startRunStatement(target.dialect, run));
  }
  let done = 0;
  const changedBy = { runId, now: startedAt };
  const settings = {
    tables: registry,
    changedBy,
    batchDays: flags.batchDays ?? defaultBatchDays,
    stop,
  };
  const tables = await copyWarehouse(route, units, settings, (table, dates) => {
    rewriteLine(context, `${done}/${due}  ${table}`);
    done += dates;
  }).finally(() => rewriteLine(context));
  const interrupted = tables.some(({ notReached }) => notReached > 0);
  const exitCode = interrupted ? exitCodes.interrupted : copyExitCode(tables);
  if (due > 0) {
    const end = { finishedAt: clock.now(), exitCode, summary: summaryOf(tables) };
    await target.write(endRunStatement(target.dialect, runId, end));
  }
  const { from, to } = flags;
  const seconds = (clock.elapsedMs() - startedMs) / 1000;
  const report = {
    from,
    to,
    dataKind,
    runId: due > 0 ? runId : undefined,
    tables,
    strangers,
    interrupted,
    seconds,
  };
  const command = (text: string) => pasteable(context.invocation, text, from);
  printReport(context, flags.json, {
    lines: copyLines(report, { command }),
    json: copyJson(report),
  });
  return exitCode;
}

function askedOf(flags: CopyFlags): object {
  const { from, tables, startDate, endDate, dates, allowShrink } = flags;
  return {
    from,
    ...(tables === undefined ? {} : { tables: tables.split(',') }),
    ...(startDate === undefined ? {} : { start_date: startDate, end_date: endDate }),
    ...(dates === undefined ? {} : { dates: dates.split(',') }),
    allow_shrink: allowShrink,
    ...(flags.rewrite && { rewrite: true }),
  };
}

function summaryOf(tables: readonly CopiedTable[]): string {
  return JSON.stringify({
    changed: tables.map(({ table, copied }) => [table, copied.length]),
    refused: tables.reduce((sum, { refused }) => sum + refused.length, 0),
    not_copied: tables.reduce((sum, { notMoved }) => sum + notMoved.length, 0),
    not_reached: tables.reduce((sum, { notReached }) => sum + notReached, 0),
  });
}

function copyExitCode(tables: readonly CopiedTable[]): number {
  if (tables.some(({ notMoved }) => notMoved.length > 0)) return exitCodes.difference;
  return tables.some(({ refused }) => refused.length > 0) ? exitCodes.blocked : exitCodes.done;
}

function readPlaces({ from, to }: CopyFlags): { readonly from: string; readonly to: string } {
  if (from === undefined || to === undefined) {
    throw new UsageError(
      `${from === undefined ? '--from' : '--to'} is missing; a copy goes --from one warehouse --to another`,
    );
  }
  if (placeOf(from) === placeOf(to))
    throw new UsageError(`--from and --to are the same warehouse, "${from}"`);
  return { from, to };
}

/** The same text for the same warehouse, however its file is written. */
function placeOf(location: string): string {
  const place = parseBigQueryLocation(location);
  return place ? `bigquery://${place.projectId}/${place.prefix}` : resolve(location);
}

/** The schedule is read only where days depend on it. */
async function readDays(
  source: Warehouse,
  ledger: LedgerSnapshot,
  asked: AskedDays,
): Promise<readonly GameDate[]> {
  return typeof asked === 'function'
    ? asked(toCalendar(await fetchSchedule(source), ledger))
    : asked;
}

/** A target that has no options yet gets those of the source; its own it keeps, and where they differ that is told. */
async function bringOptions(
  { stderr }: CliContext,
  source: Warehouse,
  target: Warehouse,
  to: string,
): Promise<void> {
  const [from, there] = [await readWarehouseFacts(source), await readWarehouseFacts(target)];
  // A target that is new gets the whole row.
  if (from.options === undefined || there.formatVersion === undefined) return;
  const statement = setOptionsStatement(target.dialect, from.options);
  if (there.options === undefined) await target.commit([statement]);
  else if (statement !== setOptionsStatement(target.dialect, there.options)) {
    stderr(
      `warning: "${to}" keeps its own options, ${JSON.stringify(there.options)}; those of the source are ${JSON.stringify(from.options)}\n`,
    );
  }
}

async function refuseOtherKind(target: Warehouse, to: string, dataKind: string): Promise<void> {
  const held = await readDataKind(target);
  if (held === undefined || held === dataKind) return;
  throw new UsageError(
    `"${to}" holds ${held} data, and what is copied is ${dataKind}; the two never mix, use another --to`,
  );
}
