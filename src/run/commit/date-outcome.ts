import type { GameDate } from '../../calendar/game-date.ts';
import type { Failure, PartitionRecord } from '../../ledger/partition-record.ts';
import type { Reason } from '../../plan/reason.ts';
import type { Remedy } from '../../plan/remedy.ts';
import type { World } from '../../world/world.ts';
import type { Verdict } from '../stage/judge-staged.ts';
import type { StagedDate } from '../stage/staged-dates.ts';
import type { BatchRequest } from '../work/batch-request.ts';
import type { UnitOutcome } from '../work/unit-result.ts';

/** A judged date on its way into the warehouse. */
export interface DateOutcome {
  readonly table: string;
  readonly date: GameDate;
  /** TRUE when the staged rows replace those that stand there. */
  readonly writes: boolean;
  /** `undefined` leaves the ledger as it is. */
  readonly record: PartitionRecord | undefined;
  readonly outcome: UnitOutcome;
}

/** What a verdict means for the rows, the record and the report of its date. */
export function dateOutcome(
  world: World,
  request: BatchRequest,
  content: StagedDate,
  verdict: Verdict,
): DateOutcome {
  const { date, rows } = content;
  switch (verdict.kind) {
    case 'fail':
      return failedOutcome(world, request, date, verdict.failure);
    case 'refuse':
      return blockedOutcome(request, date, verdict.reason, undefined);
    case 'write':
    case 'unchanged': {
      const { kind, state, warnings } = verdict;
      return {
        table: request.table.name,
        date,
        writes: kind === 'write',
        record: successRecord(world, request, content, state, warnings),
        outcome: { kind: kind === 'write' ? 'written' : 'unchanged', state, rows },
      };
    }
  }
}

function successRecord(
  world: World,
  request: BatchRequest,
  content: StagedDate,
  state: 'done' | 'empty',
  warnings: readonly string[],
): PartitionRecord {
  const { table } = request;
  return {
    ...attempt(world, request, content.date),
    state,
    reason: state === 'empty' ? emptyReason(content) : undefined,
    rows: content.rows,
    excluded: content.excluded,
    dataHash: content.dataHash,
    keyHash: content.keyHash,
    projectionHashes: content.projectionHashes,
    fingerprint: world.fingerprinter.fingerprint(table, content.date, request.options.text),
    inputHashes: JSON.stringify(world.fingerprinter.inputHashes(table, content.date)),
    failure: undefined,
    warnings,
  };
}

function emptyReason({ excluded }: StagedDate): string {
  return excluded > 0 ? `INSUFFICIENT_DATA: all ${excluded} candidates left out` : 'no candidates';
}

/**
 * The outcome of a date that cannot be worked before something else is: it gets no record, and what stands
 * there stays.
 */
export function blockedOutcome(
  { table }: BatchRequest,
  date: GameDate,
  reason: Reason,
  remedy: Remedy | undefined,
): DateOutcome {
  return {
    table: table.name,
    date,
    writes: false,
    record: undefined,
    outcome: { kind: 'blocked', state: 'blocked', reason, remedy },
  };
}

/** The outcome of a date whose attempt failed: rows of an earlier success stay, the failure is recorded. */
export function failedOutcome(
  world: World,
  request: BatchRequest,
  date: GameDate,
  failure: Failure,
): DateOutcome {
  const stored = world.ledger.get(request.table.name, date);
  return {
    table: request.table.name,
    date,
    writes: false,
    record: {
      ...attempt(world, request, date),
      state: 'failed',
      reason: undefined,
      rows: stored?.rows ?? 0,
      excluded: stored?.excluded ?? 0,
      dataHash: stored?.dataHash,
      keyHash: stored?.keyHash,
      projectionHashes: stored?.projectionHashes,
      hashVersion: stored?.hashVersion,
      fingerprint: stored?.fingerprint,
      inputHashes: stored?.inputHashes,
      failure,
      warnings: [],
    },
    outcome: { kind: 'failed', failure } satisfies UnitOutcome,
  };
}

function attempt(world: World, request: BatchRequest, date: GameDate) {
  const { table, options, runId } = request;
  return {
    table: table.name,
    date,
    options: options.text,
    codeVersion: world.codeVersion(table),
    runId,
    attempts: (world.ledger.get(table.name, date)?.attempts ?? 0) + 1,
    seconds: 0,
    secondsIsShare: request.dates.length > 1,
  } as const;
}
