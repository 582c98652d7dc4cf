import { addDays, type GameDate } from '../calendar/game-date.ts';
import type { Failure, PartitionRecord } from '../ledger/partition-record.ts';
import { unitOptionsText } from '../plan/make-plan.ts';
import type { DateFacts } from '../table/expected-rows.ts';
import { stagedSelect } from '../table/staged-select.ts';
import { effectiveOptions } from '../table/table-option.ts';
import type { TargetDate } from '../table/target-dates.ts';
import { WarehouseError } from '../warehouse/warehouse.ts';
import { batchContext } from './batch-context.ts';
import { type BatchRequest, stagedName } from './batch-request.ts';
import { commitDates, type DateCommit } from './commit-dates.ts';
import { emptyStagedDate, inspectStaged, type StagedDate } from './inspect-staged.ts';
import { judgeStaged } from './judge-staged.ts';
import type { RunEngine } from './run-engine.ts';
import type { UnitOutcome, UnitResult } from './unit-result.ts';

/**
 * Works some dates of one table: one query stages them all, each is judged by itself, and the good
 * ones are replaced together with their records in one commit. When the query or the commit fails
 * on its data, the batch is halved until the date at fault stands alone.
 * @throws WarehouseError for the surroundings: disk, lock, network.
 */
export async function runBatch(
  engine: RunEngine,
  request: BatchRequest,
): Promise<readonly UnitResult[]> {
  const startedMs = engine.clock.elapsedMs();
  try {
    const commits = await stageAndJudge(engine, request);
    const seconds = (engine.clock.elapsedMs() - startedMs) / 1000;
    return await commitDates(engine, request, commits, seconds);
  } catch (error) {
    if (!(error instanceof WarehouseError)) throw error;
    if (error.kind !== 'statement' && error.kind !== 'definition') throw error;
    if (error.kind === 'statement' && request.dates.length > 1) return runHalves(engine, request);
    const seconds = (engine.clock.elapsedMs() - startedMs) / 1000;
    const kind = error.kind === 'definition' ? 'bug' : 'bad_data';
    const failures = request.dates.map((date) =>
      failedCommit(engine, request, date, {
        kind,
        text: `${request.table.name} ${date}: ${error.message}`,
      }),
    );
    return commitDates(engine, request, failures, seconds);
  }
}

async function runHalves(engine: RunEngine, request: BatchRequest): Promise<readonly UnitResult[]> {
  const middle = Math.ceil(request.dates.length / 2);
  const first = await runBatch(engine, { ...request, dates: request.dates.slice(0, middle) });
  const second = await runBatch(engine, { ...request, dates: request.dates.slice(middle) });
  return [...first, ...second];
}

async function stageAndJudge(
  engine: RunEngine,
  request: BatchRequest,
): Promise<readonly DateCommit[]> {
  const { warehouse, tables, facts } = engine;
  const { table, options, allowShrink } = request;
  const targets = request.dates.map((date) => targetDate(engine, date));
  const context = batchContext(warehouse.dialect, tables, facts.windows, table, options, targets);
  const staged = stagedName(table);
  await warehouse.stage(staged, stagedSelect(table, context, targets));
  const found = await inspectStaged(warehouse, table, staged);
  const stray = [...found.keys()].find((date) => !request.dates.includes(date));
  if (stray !== undefined) {
    throw new WarehouseError('definition', `the query yields rows for ${stray}, not asked for`);
  }
  const effective = effectiveOptions(table.options, options);
  const judged = new Map<GameDate, StagedDate>();
  return request.dates.map((date) => {
    const content = found.get(date) ?? emptyStagedDate(date);
    judged.set(date, content);
    const record = engine.ledger.get(table.name, date);
    const expected = table.expectedRows(dateFacts(engine, request, date, judged), effective);
    const where = `${table.name} ${date}`;
    const verdict = judgeStaged(where, content, expected, record, allowShrink);
    switch (verdict.kind) {
      case 'fail':
        return failedCommit(engine, request, date, verdict.failure);
      case 'refuse':
        return {
          date,
          writes: false,
          record: undefined,
          outcome: { kind: 'blocked', state: 'stale', reason: verdict.reason, help: undefined },
        };
      case 'write':
      case 'unchanged':
        return {
          date,
          writes: verdict.kind === 'write',
          record: successRecord(engine, request, content, verdict.state, verdict.warnings),
          outcome: {
            kind: verdict.kind === 'write' ? 'written' : 'unchanged',
            state: verdict.state,
            rows: content.rows,
          },
        };
    }
  });
}

function targetDate(engine: RunEngine, date: GameDate): TargetDate {
  const seasonYear = engine.calendar.scheduled(date)?.seasonYear;
  const season = seasonYear === undefined ? undefined : engine.calendar.season(seasonYear);
  if (!season) throw new Error(`${date} is not a game date`);
  return { date, seasonYear: season.year, seasonStart: season.start };
}

function dateFacts(
  engine: RunEngine,
  request: BatchRequest,
  date: GameDate,
  judged: ReadonlyMap<GameDate, StagedDate>,
): DateFacts {
  const { seasonStart, seasonYear } = targetDate(engine, date);
  const options = unitOptionsText(request.table, request.options);
  const earlier = () => engine.calendar.gameDatesIn(seasonYear, seasonStart, date);
  const previous = engine.calendar.gameDatesIn(seasonYear, addDays(date, -200), date).at(-1);
  const previousRecord = previous && engine.ledger.get(request.table.name, previous);
  const recordedRows =
    previousRecord?.options === options && previousRecord.state !== 'failed'
      ? previousRecord.rows
      : undefined;
  return {
    finalGames: (engine.calendar.scheduled(date)?.finalTeams.length ?? 0) / 2,
    inputRows: (table) => engine.ledger.get(table, date)?.rows,
    inputComplete: (table) =>
      earlier().every((day) => engine.ledger.get(table, day)?.dataHash !== undefined),
    teamsWithGames: (games) => engine.teamsWithGames(date, games),
    previousDateRows: previous && (judged.get(previous)?.rows ?? recordedRows),
  };
}

function successRecord(
  engine: RunEngine,
  request: BatchRequest,
  content: StagedDate,
  state: 'done' | 'empty',
  warnings: readonly string[],
): PartitionRecord {
  const { table } = request;
  const options = unitOptionsText(table, request.options);
  return {
    ...attempt(engine, request, content.date),
    state,
    reason: state === 'empty' ? emptyReason(content) : undefined,
    rows: content.rows,
    excluded: content.excluded,
    dataHash: content.dataHash,
    keyHash: content.keyHash,
    fingerprint: engine.facts.fingerprinter.fingerprint(table, content.date, options),
    failure: undefined,
    warnings,
  };
}

function emptyReason({ excluded }: StagedDate): string {
  return excluded > 0 ? `INSUFFICIENT_DATA: all ${excluded} candidates left out` : 'no candidates';
}

function failedCommit(
  engine: RunEngine,
  request: BatchRequest,
  date: GameDate,
  failure: Failure,
): DateCommit {
  const stored = engine.ledger.get(request.table.name, date);
  return {
    date,
    writes: false,
    record: {
      ...attempt(engine, request, date),
      state: 'failed',
      reason: undefined,
      rows: stored?.rows ?? 0,
      excluded: stored?.excluded ?? 0,
      dataHash: stored?.dataHash,
      keyHash: stored?.keyHash,
      fingerprint: stored?.fingerprint,
      failure,
      warnings: [],
    },
    outcome: { kind: 'failed', failure } satisfies UnitOutcome,
  };
}

function attempt(engine: RunEngine, request: BatchRequest, date: GameDate) {
  const { table, options, runId } = request;
  return {
    table: table.name,
    date,
    options: unitOptionsText(table, options),
    codeVersion: engine.codeVersion(table.name),
    runId,
    attempts: (engine.ledger.get(table.name, date)?.attempts ?? 0) + 1,
    seconds: 0,
    secondsIsShare: request.dates.length > 1,
  } as const;
}
