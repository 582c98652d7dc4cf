import type { GameDate } from '../calendar/game-date.ts';
import { lowerBound } from '../calendar/season-calendar.ts';
import { isDistrusted } from '../ledger/distrust-readers.ts';
import { isHashedOtherwise, type PartitionRecord, wasWritten } from '../ledger/partition-record.ts';
import type { ComputedTable } from '../table/table-definition.ts';
import { bootstrapDays } from '../table/table-option.ts';
import type { World } from '../world/world.ts';
import { isInBootstrap } from './bootstrap.ts';
import { changedInputs, movedReason } from './changed-inputs.ts';
import { notFinalYet } from './daily-block.ts';
import { findBlock } from './find-block.ts';
import { ingestLogs, ingestSchedule } from './ingest-files.ts';
import { makeOptionsOf, type OptionsOf } from './options-of.ts';
import { differingOptions, fewerBootstrapDays } from './other-options.ts';
import type { Plan, PlannedUnit, PlanRequest, UnitId, UpstreamCount } from './plan.ts';
import type { Reason } from './reason.ts';
import type { Remedy } from './remedy.ts';
import { type RememberedDays, rememberDays } from './remembered-days.ts';
import { guessedStart } from './season-starts.ts';
import { isSettled, stateRow } from './unit-state.ts';
import { countDays } from './upstream-count.ts';

interface UnitDetails {
  readonly remedy?: Remedy | undefined;
  readonly upstream?: UpstreamCount | undefined;
  readonly fingerprint?: string | undefined;
  readonly cause?: UnitId | undefined;
  readonly otherOptions?: PlannedUnit['otherOptions'];
  /** The action, where it is not the one that follows from the state. */
  readonly action?: PlannedUnit['action'] | undefined;
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
  const rememberedDays = rememberDays(world, changing);
  const optionsOf = makeOptionsOf(world, request);
  for (const name of request.tables) {
    const table = world.tables.computedTable(name);
    const dates: GameDate[] = [];
    changing.set(name, dates);
    const days = { ...rememberedDays.of(table), optionsOf };
    for (const date of selectedDates(request, name)) {
      const unit = planUnit(world, request, table, date, changing, days);
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
  days: RememberedDays & { readonly optionsOf: OptionsOf },
): PlannedUnit {
  const record = world.ledger.get(table.name, date);
  const unit = (
    state: PlannedUnit['state'],
    reason: Reason,
    more: UnitDetails = {},
  ): PlannedUnit => ({
    table: table.name,
    date,
    state,
    action: more.action ?? stateRow(state).action,
    reason,
    remedy: more.remedy,
    upstream: more.upstream,
    rows: wasWritten(record) ? record.rows : undefined,
    dataHash: record?.dataHash,
    fingerprint: more.fingerprint,
    cause: more.cause,
    ...(more.otherOptions && { otherOptions: more.otherOptions }),
  });

  /**
   * A unit of which nothing is to stand there; what a rewrite finds there nevertheless is removed, recorded
   * or not.
   */
  const nothingDue = (state: PlannedUnit['state'], reason: Reason, more?: UnitDetails) =>
    request.rewrite ? removal(state, reason, more) : unit(state, reason, more);
  const removal = (state: PlannedUnit['state'], because: Reason, more?: UnitDetails) =>
    unit(state, { kind: 'to_be_removed', because }, { ...more, action: 'remove' });

  const duty = days.duty(date);
  switch (duty.kind) {
    case 'no_games':
      return wasWritten(record)
        ? removal('stale', duty.reason)
        : nothingDue('no_games', duty.reason);
    case 'not_yet':
      return nothingDue('not_yet', duty.reason);
    case 'not_loaded':
      return nothingDue('not_loaded', ...notLoaded(world, request, date, duty.reason));
    case 'game':
      break;
  }
  const open = notFinalYet(world, table, date);
  if (open) return nothingDue('not_yet', open);

  const today = days.optionsOf(table, undefined);
  const isEarly = isInBootstrap(world, table, date, today.effective);
  // A date that was built with fewer bootstrap days stays, unless somebody says how many they are to be.
  if (isEarly && !(wasWritten(record) && keepsBootstrap(request))) {
    return wasWritten(record)
      ? removal('stale', { kind: 'built_in_bootstrap_period' })
      : nothingDue('bootstrap', bootstrapReason(world, date));
  }

  const upstream =
    table.lookback && countDays(world.calendar, table.lookback.days, date, days.isUpstream);
  const block = findBlock(world, request, table, date, upstream, changing);
  if (block) {
    const { reason, remedy, cause } = block;
    return unit('blocked', reason, { remedy, upstream, cause });
  }
  const { text: options } = days.optionsOf(table, record);
  const others = [
    ...(isEarly ? [fewerBootstrapDays(today)] : []),
    ...differingOptions(table, options, today),
  ];
  const otherOptions = others.length > 0 ? others : undefined;
  const fingerprint = world.fingerprinter.fingerprint(table, date, options);
  const { state, reason, cause } = judgeRecord(world, table, date, record, {
    options,
    fingerprint,
    changing,
  });
  if (isSettled(state) && request.rewrite) {
    const rewritten = { upstream, fingerprint, otherOptions, action: 'run' } as const;
    return unit(state, { kind: 'to_be_rewritten' }, rewritten);
  }
  const kept =
    isSettled(state) && otherOptions
      ? ({ kind: 'other_options', options: otherOptions, note: record?.reason } as const)
      : undefined;
  return unit(state, kept ?? reason, { upstream, fingerprint, cause, otherOptions });
}

function bootstrapReason(world: World, date: GameDate): Reason {
  const start = guessedStart(world, date);
  return { kind: 'bootstrap_period', ...(start === undefined ? {} : { guessedStart: start }) };
}

/** TRUE when nobody has asked for other bootstrap days than a date was built with. */
function keepsBootstrap({ options, restateOptions }: PlanRequest): boolean {
  return options === 'recorded' || (!restateOptions && options[bootstrapDays.name] === undefined);
}

/** The log of a day to come cannot help, and none does in daily mode: a schedule file has to tell of its games. */
function notLoaded(
  world: World,
  { backfillMode }: PlanRequest,
  date: GameDate,
  reason: Reason,
): readonly [Reason, UnitDetails] {
  const isRefused = (table: string) => {
    const record = world.ledger.get(table, date);
    return record?.state === 'failed' && record.rows === 0;
  };
  if (isRefused('schedule_entries') && !isRefused('player_box')) {
    return [reason, { remedy: ingestSchedule }];
  }
  if (backfillMode || world.calendar.refused.has(date)) {
    return [reason, { remedy: date > world.today ? ingestSchedule : ingestLogs(world) }];
  }
  return [{ kind: 'schedule_file_needed', because: reason }, { remedy: ingestSchedule }];
}

function judgeRecord(
  world: World,
  table: ComputedTable,
  date: GameDate,
  record: PartitionRecord | undefined,
  { options, fingerprint, changing }: Judgement,
): Pick<PlannedUnit, 'state' | 'reason'> & { readonly cause?: UnitId } {
  if (record === undefined) return { state: 'missing', reason: { kind: 'never_written' } };
  if (record.state === 'failed') {
    return { state: 'failed', reason: { kind: 'last_attempt_failed', failure: record.failure } };
  }
  if (options !== record.options) {
    const reason = { kind: 'options_changed', was: record.options, now: options } as const;
    return { state: 'stale', reason };
  }
  if (isHashedOtherwise(record)) return { state: 'stale', reason: { kind: 'hashed_otherwise' } };
  if (isDistrusted(record)) return { state: 'stale', reason: { kind: 'inputs_were_damaged' } };
  if (fingerprint !== record.fingerprint) {
    const changed = changedInputs(world.fingerprinter, table, date, record);
    return { state: 'stale', reason: movedReason(changed) };
  }
  const cause = changingInput(world, table, date, changing);
  if (cause !== undefined) {
    return { state: 'stale', reason: { kind: 'recomputed_first', ...cause }, cause };
  }
  const { state, reason: note } = record;
  return {
    state,
    reason: note === undefined ? { kind: 'inputs_unchanged' } : { kind: 'recorded', note },
  };
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
