import type { GameDate } from '../calendar/game-date.ts';
import { hasDate } from '../calendar/season-calendar.ts';
import { isDistrusted } from '../ledger/distrust-readers.ts';
import { isHashedOtherwise } from '../ledger/partition-record.ts';
import { findBlock } from '../plan/find-block.ts';
import type { OptionsOf } from '../plan/options-of.ts';
import type { Plan, PlannedUnit, UpstreamCount } from '../plan/plan.ts';
import { isSettled } from '../plan/unit-state.ts';
import { countUpstream } from '../plan/upstream-count.ts';
import type { ComputedTable } from '../table/table-definition.ts';
import type { World } from '../world/world.ts';
import type { UnitResult } from './work/unit-result.ts';

/** Dates by table that are about to be written, ascending: they count as there. */
export type Promised = ReadonlyMap<string, readonly GameDate[]>;

export const nothingPromised: Promised = new Map();

/** How many of the days that a unit looks back on are there when its turn comes. */
export type UpstreamOf = (
  table: ComputedTable,
  unit: PlannedUnit,
  promised?: Promised,
) => UpstreamCount | undefined;

/** The plan's counts take for granted that earlier units succeed; where none is worked they are exact. */
export function makeUpstreamOf(world: World, worksAtAll: boolean): UpstreamOf {
  return worksAtAll
    ? (table, { date, upstream }, promised) => upstream && upstreamNow(world, table, date, promised)
    : (_, unit) => unit.upstream;
}

/** How many of the days that a table looks back on from a date are there. */
export function upstreamNow(
  { calendar, ledger }: World,
  { lookback }: ComputedTable,
  date: GameDate,
  promised = nothingPromised,
): UpstreamCount | undefined {
  const has = (table: string, day: GameDate) =>
    (ledger.get(table, day)?.rows ?? 0) > 0 || hasDate(promised.get(table), day);
  return lookback && countUpstream(calendar, lookback, date, has);
}

/** The result of a unit that needs no query now, though the plan may have expected one. */
export function settleWithoutWork(
  world: World,
  plan: Plan,
  optionsOf: OptionsOf,
  upstreamOf: UpstreamOf,
  table: ComputedTable,
  unit: PlannedUnit,
  promised: Promised = nothingPromised,
): UnitResult | undefined {
  const { date, state, reason, remedy, rows } = unit;
  const upstream = upstreamOf(table, unit, promised);
  const result = (outcome: UnitResult['outcome']): UnitResult => ({
    table: table.name,
    date,
    outcome,
    seconds: 0,
    upstream,
    warnings: [],
  });
  const record = world.ledger.get(table.name, date);
  if (unit.action === 'skip') {
    // What this run has mended may have been read by what the plan took for sound.
    const isSound = !isSettled(state) || record === undefined || !isDistrusted(record);
    return isSound ? result({ kind: 'skipped', state, reason, rows }) : undefined;
  }
  if (unit.action === 'block') return result({ kind: 'blocked', state, reason, remedy });

  // Earlier units of this run may have failed, or come out equal to what stood there.
  const block = findBlock(world, plan.request, table, date, upstream, promised);
  if (block) return result({ kind: 'blocked', state: 'blocked', ...block });
  if (state !== 'stale' || record === undefined || record.state === 'failed') return undefined;
  if (plan.request.rewrite || isHashedOtherwise(record)) return undefined;
  const { text: options } = optionsOf(table, record);
  const fingerprint = world.fingerprinter.fingerprint(table, date, options);
  if (record.options !== options || record.fingerprint !== fingerprint) return undefined;
  return result({
    kind: 'skipped',
    state: record.state,
    reason: { kind: 'inputs_came_out_equal' },
    rows: record.rows,
  });
}
