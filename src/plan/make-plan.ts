import type { GameDate } from '../calendar/game-date.ts';
import { lowerBound } from '../calendar/season-calendar.ts';
import { type PartitionRecord, wasWritten } from '../ledger/partition-record.ts';
import type { ComputedTable } from '../table/table-definition.ts';
import { type UnitOptions, unitOptions } from '../table/unit-options.ts';
import type { World } from '../world/world.ts';
import { isInBootstrap } from './bootstrap.ts';
import { changedInputs, movedReason } from './changed-inputs.ts';
import { notFinalYet } from './daily-block.ts';
import { findBlock } from './find-block.ts';
import { ingestLogs } from './ingest-logs.ts';
import { type KnownDays, makeKnownDays } from './known-days.ts';
import type { Plan, PlannedUnit, PlanRequest, UnitId, UpstreamCount } from './plan.ts';
import { countDays } from './upstream-count.ts';

interface UnitDetails {
  readonly help?: string | undefined;
  readonly upstream?: UpstreamCount | undefined;
  readonly fingerprint?: string | undefined;
  readonly cause?: UnitId | undefined;
}

/** What a record is judged by. */
interface Judgement {
  readonly options: string;
  readonly fingerprint: string;
  /** Dates by table that this plan is about to recompute. */
  readonly changing: ReadonlyMap<string, readonly GameDate[]>;
}

/**
 * Gives every unit of the request a state, a reason and an action. Pure and synchronous; `run`,
 * `run --dry-run` and `status` all begin here.
 */
export function makePlan(world: World, request: PlanRequest): Plan {
  const changing = new Map<string, GameDate[]>();
  const units: PlannedUnit[] = [];
  const knownDays = makeKnownDays(world, changing);
  for (const name of request.tables) {
    const table = world.tables.computedTable(name);
    const dates: GameDate[] = [];
    changing.set(name, dates);
    const given = request.options === 'recorded' ? {} : request.options;
    const known = { ...knownDays.of(table), options: unitOptions(table, given) };
    for (const date of selectedDates(request, name)) {
      const unit = planUnit(world, request, table, date, changing, known);
      if (request.select?.kind === 'stale' && unit.state !== 'stale') continue;
      units.push(unit);
      if (unit.action === 'run' || unit.action === 'remove') dates.push(date);
    }
  }
  return { request, units };
}

function selectedDates({ dates, select }: PlanRequest, table: string): readonly GameDate[] {
  if (select?.kind !== 'units') return dates;
  const own = new Set(select.units.filter((unit) => unit.table === table).map(({ date }) => date));
  return dates.filter((date) => own.has(date));
}

function planUnit(
  world: World,
  request: PlanRequest,
  table: ComputedTable,
  date: GameDate,
  changing: ReadonlyMap<string, readonly GameDate[]>,
  known: KnownDays & { readonly options: UnitOptions },
): PlannedUnit {
  const record = world.ledger.get(table.name, date);
  const unit = (
    state: PlannedUnit['state'],
    action: PlannedUnit['action'],
    reason: string,
    more: UnitDetails = {},
  ): PlannedUnit => ({
    table: table.name,
    date,
    state,
    action,
    reason,
    help: more.help,
    upstream: more.upstream,
    rows: wasWritten(record) ? record.rows : undefined,
    dataHash: record?.dataHash,
    fingerprint: more.fingerprint,
    cause: more.cause,
  });

  /** Nothing is to stand there; what a rewrite finds there nevertheless is removed, recorded or not. */
  const nothingDue = (
    state: PlannedUnit['state'],
    action: PlannedUnit['action'],
    reason: string,
    more?: UnitDetails,
  ) =>
    request.rewrite
      ? unit(state, 'remove', `${reason}; what stands there is removed`, more)
      : unit(state, action, reason, more);
  const leftOver = (reason: string) =>
    unit('stale', 'remove', `${reason}: what stands there is removed`);

  const duty = known.duty(date);
  switch (duty.kind) {
    case 'no_games':
      return wasWritten(record)
        ? leftOver(duty.reason)
        : nothingDue('no_games', 'skip', duty.reason);
    case 'not_yet':
      return nothingDue('not_yet', 'skip', duty.reason);
    case 'not_loaded':
      return nothingDue('not_loaded', 'block', ...notLoaded(world, request, date, duty.reason));
    case 'game':
      break;
  }
  const open = notFinalYet(world, table, date);
  if (open !== undefined) return nothingDue('not_yet', 'skip', open);

  // A date that was built with fewer bootstrap days keeps its own state in `status`.
  const wasBuilt = request.options === 'recorded' && wasWritten(record);
  if (!wasBuilt && isInBootstrap(world, table, date, known.options.effective)) {
    return wasWritten(record)
      ? leftOver('bootstrap period, but it was built with fewer bootstrap_days')
      : nothingDue('bootstrap', 'skip', 'bootstrap period');
  }

  const upstream =
    table.lookback && countDays(world.calendar, table.lookback.days, date, known.isUpstream);
  const block = findBlock(world, request, table, date, upstream, changing);
  if (block) {
    return unit('blocked', 'block', block.reason, {
      help: block.help,
      upstream,
      cause: block.cause,
    });
  }
  const recorded = request.options === 'recorded' ? record?.options : undefined;
  const options = recorded ?? known.options.text;
  const fingerprint = world.fingerprinter.fingerprint(table, date, options);
  const { state, reason, cause } = judgeRecord(world, table, date, record, {
    options,
    fingerprint,
    changing,
  });
  const isSettled = state === 'done' || state === 'empty';
  if (isSettled && request.rewrite) {
    return unit(state, 'run', 'is to be rewritten', { upstream, fingerprint });
  }
  const action = isSettled ? 'skip' : 'run';
  return unit(state, action, reason, { upstream, fingerprint, cause });
}

/** In daily mode the log of a day to come cannot help: a schedule file has to tell of its games. */
function notLoaded(
  world: World,
  { backfillMode }: PlanRequest,
  date: GameDate,
  reason: string,
): readonly [string, UnitDetails] {
  const isRefused = (table: string) => {
    const record = world.ledger.get(table, date);
    return record?.state === 'failed' && record.rows === 0;
  };
  if (isRefused('schedule_entries') && !isRefused('player_box')) {
    return [reason, { help: 'backcourt ingest schedule <file>' }];
  }
  if (backfillMode || world.calendar.refused.has(date)) {
    return [reason, { help: ingestLogs(world) }];
  }
  return [
    `${reason}; daily mode needs a schedule file that reaches it`,
    { help: 'backcourt ingest schedule <file>' },
  ];
}

function judgeRecord(
  world: World,
  table: ComputedTable,
  date: GameDate,
  record: PartitionRecord | undefined,
  { options, fingerprint, changing }: Judgement,
): Pick<PlannedUnit, 'state' | 'reason'> & { readonly cause?: UnitId } {
  if (record === undefined) return { state: 'missing', reason: 'never written' };
  if (record.state === 'failed') {
    return { state: 'failed', reason: `last attempt failed: ${record.failure?.text ?? 'unknown'}` };
  }
  if (options !== record.options) {
    return { state: 'stale', reason: `options were ${record.options}, now ${options}` };
  }
  if (fingerprint !== record.fingerprint) {
    const changed = changedInputs(world.fingerprinter, table, date, record);
    return { state: 'stale', reason: movedReason(changed) };
  }
  const cause = changingInput(world, table, date, changing);
  if (cause !== undefined) {
    return { state: 'stale', reason: `${cause.table} ${cause.date} is recomputed first`, cause };
  }
  return { state: record.state, reason: record.reason ?? 'inputs unchanged' };
}

/** The first input partition within reach that this plan is about to recompute. */
function changingInput(
  world: World,
  table: ComputedTable,
  date: GameDate,
  changing: ReadonlyMap<string, readonly GameDate[]>,
): UnitId | undefined {
  for (const input of table.inputs) {
    const dates = changing.get(input.table);
    if (!dates || dates.length === 0) continue;
    for (const window of input.windows) {
      const { from, before } = world.windows.span(window, date);
      for (let at = lowerBound(dates, from); at < dates.length; at += 1) {
        const day = dates[at];
        if (day === undefined || day >= before) break;
        if (world.windows.reads(window, date, day)) return { table: input.table, date: day };
      }
    }
  }
  return undefined;
}
