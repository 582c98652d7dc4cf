import type { GameDate } from '../calendar/game-date.ts';
import { readDataKind } from '../ledger/read-ledger.ts';
import { makeRunId } from '../ledger/run-record.ts';
import { makePlan } from '../plan/make-plan.ts';
import type { Plan } from '../plan/plan.ts';
import { makeJsonReporter } from '../report/json-reporter.ts';
import { bothReporters, type RunReporter } from '../report/reporter.ts';
import type { FollowUps } from '../report/run-summary-lines.ts';
import { makeTextReporter } from '../report/text-reporter.ts';
import { makeRunEngine, type RunEngine } from '../run/run-engine.ts';
import { runPlan } from '../run/run-plan.ts';
import { exitCodeOf } from '../run/run-summary.ts';
import type { ComputedTable } from '../table/table-definition.ts';
import type { TableRegistry } from '../table/table-registry.ts';
import { chooseTables } from './choose-tables.ts';
import type { CliContext } from './cli-context.ts';
import { readDateFlags, readDay, refuseUnknownFuture } from './date-range.ts';
import { lineBuffer } from './line-buffer.ts';
import { withWarehouse } from './open-warehouse.ts';
import { type ProcessorOptions, readProcessorOptions } from './processor-options.ts';
import { makeProgress } from './progress.ts';
import { pasteable, retryCommand } from './retry-command.ts';
import type { RunFlags } from './run-flags.ts';
import { UsageError } from './usage-error.ts';

/** A request with everything checked that can be without a warehouse. */
interface CheckedRequest {
  readonly tables: readonly ComputedTable[];
  readonly dates: readonly GameDate[];
  readonly options: ProcessorOptions;
  readonly backfillMode: boolean;
}

/** Plans the request and, unless it is a dry run, carries it out. @returns the exit code. */
export async function runVerb(
  context: CliContext,
  tables: TableRegistry,
  flags: RunFlags,
): Promise<number> {
  const request = checkRequest(tables, flags);
  const mode = flags.dryRun ? 'read' : 'write';
  const { warehouse: location, wait: waitSeconds, threads } = flags;
  const open = {
    location,
    mode,
    create: false,
    waitSeconds,
    ...(threads !== undefined && { threads }),
  } as const;
  return withWarehouse(context, tables, open, async (warehouse) => {
    const engine = await makeRunEngine(warehouse, tables, context.clock, context.packageVersion);
    refuseUnknownFuture(request.dates, engine.calendar, context.clock.today());
    const plan = makePlan(engine.facts, {
      tables: request.tables.map(({ name }) => name),
      dates: request.dates,
      backfillMode: request.backfillMode,
      options: request.options.tableOptions,
    });
    const output = lineBuffer(context.stdout);
    // With --json stdout is for machines alone, and people read the same lines on stderr.
    const lines = lineBuffer(flags.json ? context.stderr : context.stdout);
    const text = makeTextReporter(lines.print);
    const reporter = flags.json ? bothReporters(makeJsonReporter(output.print), text) : text;
    const flush = () => {
      lines.flush();
      output.flush();
    };
    reporter.header({
      verb: flags.dryRun ? 'dry run of' : request.backfillMode ? 'backfill of' : 'run of',
      tables: request.tables.map(({ name }) => name),
      first: request.dates[0] ?? '',
      last: request.dates.at(-1) ?? '',
      dates: request.dates.length,
      warehouse: location,
      dataKind: await readDataKind(warehouse),
    });
    try {
      return flags.dryRun
        ? reportPlan(reporter, plan, makeFollowUps(context, flags, request.tables))
        : await carryOut(context, engine, plan, flags, request, reporter, flush);
    } finally {
      flush();
    }
  });
}

function checkRequest(tables: TableRegistry, flags: RunFlags): CheckedRequest {
  const chosen = chooseTables(tables, flags.tables);
  const options = readProcessorOptions(flags.option, chosen);
  const { startDate, endDate } = flags;
  if (options.analysisDate !== undefined && (flags.dates ?? startDate ?? endDate) !== undefined) {
    throw new UsageError('option analysis_date cannot be combined with other dates');
  }
  const dates =
    options.analysisDate === undefined
      ? readDateFlags({ startDate, endDate, dates: flags.dates })
      : [readDay('option analysis_date', options.analysisDate)];
  return { tables: chosen, dates, options, backfillMode: options.backfillMode ?? flags.backfill };
}

function reportPlan(reporter: RunReporter, plan: Plan, followUps: FollowUps): number {
  reporter.plan(plan, followUps);
  return plan.units.some(({ action }) => action === 'block') ? 5 : 0;
}

async function carryOut(
  context: CliContext,
  engine: RunEngine,
  plan: Plan,
  flags: RunFlags,
  request: CheckedRequest,
  reporter: RunReporter,
  flush: () => void,
): Promise<number> {
  const startedAt = context.clock.now();
  const progress = makeProgress(context, plan.units.length);
  const run = {
    runId: makeRunId(startedAt, context.randomHex()),
    verb: 'run' as const,
    request: requestText(flags, request),
    codeVersion: context.packageVersion,
    who: context.who,
    reason: flags.reason,
    startedAt,
  };
  const settings = {
    options: request.options.tableOptions,
    batchDays: flags.batchDays,
    maxFailures: flags.maxFailures ?? Number.POSITIVE_INFINITY,
    allowShrink: flags.allowShrink,
    stop: context.stop,
  };
  const summary = await runPlan(engine, plan, run, settings, {
    batchStarted: (table, first) => {
      progress.clear();
      flush();
      progress.at(table, first);
    },
    unitFinished: (result) => {
      progress.count(result);
      reporter.unit(result);
    },
  }).finally(progress.clear);
  reporter.summary(summary, makeFollowUps(context, flags, request.tables));
  return exitCodeOf(summary);
}

function makeFollowUps(
  { invocation }: CliContext,
  flags: RunFlags,
  tables: readonly ComputedTable[],
): FollowUps {
  // A table refuses an option that it does not know, so a retry of it alone must not give one.
  const knownTo = (table: string) => {
    const declared =
      tables.find(({ name }) => name === table)?.options.map(({ name }) => name) ?? [];
    return flags.option.filter((text) => {
      const [name = ''] = text.split('=');
      return !isTableOption(name, tables) || declared.includes(name);
    });
  };
  return {
    retry: (table, dates) =>
      retryCommand(invocation, { ...flags, option: knownTo(table) }, table, dates),
    command: (text) => pasteable(invocation, text, flags.warehouse),
  };
}

function isTableOption(name: string, tables: readonly ComputedTable[]): boolean {
  return tables.some(({ options }) => options.some((option) => option.name === name));
}

function requestText(flags: RunFlags, request: CheckedRequest): string {
  const { startDate, endDate, dates } = flags;
  return JSON.stringify({
    tables: request.tables.map(({ name }) => name),
    ...(dates === undefined ? { start_date: startDate, end_date: endDate } : { dates }),
    backfill_mode: request.backfillMode,
    skip_downstream_trigger: request.options.skipDownstreamTrigger ?? request.backfillMode,
    options: request.options.tableOptions,
    batch_days: flags.batchDays,
    allow_shrink: flags.allowShrink,
  });
}
