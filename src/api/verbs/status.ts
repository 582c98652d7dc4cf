import { lookAtStatus } from '../../engine/look-at-status.ts';
import { pasteable } from '../../engine/pasteable.ts';
import type { CoverageCell } from '../../plan/coverage.ts';
import type { UnitState } from '../../plan/unit-state.ts';
import { commandText } from '../../report/words/command-text.ts';
import { reasonText } from '../../report/words/reason-text.ts';
import { openedBehind, type WarehouseHandle } from './open-warehouse.ts';
import { engineOf } from './plan.ts';

/** What is looked at. */
export interface StatusRequest {
  /** The first year of a season, the only one that is looked at; all of them unless given. */
  readonly season?: number;
}

/** How far a warehouse is, against the schedule. */
export interface StatusResult {
  /** Whether the data are of the league (`real`) or of a made-up one (`simulated`); absent while there are none. */
  readonly dataKind?: string;
  /** Tables that are computed, by season. */
  readonly computed: readonly CoverageCell[];
  /** Tables that are loaded from files, by season. */
  readonly raw: readonly CoverageCell[];
  /** Every date that is missing, stale, blocked or failed. */
  readonly open: readonly {
    readonly table: string;
    readonly date: string;
    readonly state: UnitState;
    readonly reason: string;
  }[];
  /** The command lines that lead on, in order; none when everything is done. */
  readonly commands: readonly string[];
}

/**
 * Which tables and dates are right. Writes nothing.
 * @throws UsageError for a season that is not loaded; WarehouseError when the warehouse cannot be read.
 */
export async function status(
  warehouse: WarehouseHandle,
  request: StatusRequest = {},
): Promise<StatusResult> {
  const opened = openedBehind(warehouse);
  const { location } = warehouse;
  const { invocation } = opened.context;
  const { dataKind, computed, raw, listed, remedies } = await lookAtStatus(await engineOf(opened), {
    location,
    season: request.season,
    listed: ['missing'],
  });
  return {
    ...(dataKind !== undefined && { dataKind }),
    computed,
    raw,
    open: listed.map(({ table, date, state, reason }) => ({
      table,
      date,
      state,
      reason: reasonText(reason),
    })),
    commands: remedies.map((remedy) => pasteable(invocation, commandText(remedy), location)),
  };
}
