import type { GameDate } from '../../calendar/game-date.ts';
import { daysOf } from '../../engine/asked-days.ts';
import { chooseAnyTables } from '../../engine/choose-tables.ts';
import { makeProofs } from '../../engine/make-proofs.ts';
import { pasteable } from '../../engine/pasteable.ts';
import { UsageError } from '../../engine/usage-error.ts';
import { commandText } from '../../report/words/command-text.ts';
import { discrepancyText } from '../../report/words/discrepancy-text.ts';
import type { RowChange } from '../../verify/compare-rows.ts';
import { type Proof, proofs } from '../../verify/finding.ts';
import { type Days, readDays } from './ask-units.ts';
import { openedBehind, type WarehouseHandle } from './open-warehouse.ts';
import { engineOf } from './plan.ts';

/** What is to be proven. */
export interface VerifyRequest {
  /** All four unless given. */
  readonly proofs?: readonly Proof[];
  /** Names of tables, loaded ones among them; all unless given. */
  readonly tables?: readonly string[];
  /** All that stand unless given. */
  readonly dates?: Days;
  /** Most dates per table, drawn by lot; 0 for all, 5 unless given. */
  readonly sample?: number;
  /** Draws the same sample again; another each time unless given. */
  readonly seed?: string;
}

/** What the proofs have come to. */
export interface VerifyResult {
  /** No proof has found a difference. */
  readonly isProven: boolean;
  readonly proofs: readonly {
    readonly proof: Proof;
    /** Tables and dates that were looked at. */
    readonly units: number;
    readonly findings: readonly {
      readonly table: string;
      readonly date: string;
      /** What is wrong, in words. */
      readonly what: string;
      /** What has to change: what is stored, or the definition of the table. */
      readonly cause: 'stored' | 'definition';
      /** Rows that differ, where rows were compared. */
      readonly rows: readonly RowChange[];
    }[];
    readonly seconds: number;
  }[];
  readonly seed: string;
  /** Command lines that make again what is stored and wrong, in order. */
  readonly commands: readonly string[];
}

/**
 * Proves what stands in the warehouse: that rows, hashes and records agree, that checks hold, that one date computed
 * alone gives the same, and that nothing from a date on moves its rows. Writes nothing.
 * @throws UsageError for a request that cannot be meant; WarehouseError when the warehouse cannot be read.
 */
export async function verify(
  warehouse: WarehouseHandle,
  request: VerifyRequest = {},
): Promise<VerifyResult> {
  const opened = openedBehind(warehouse);
  const { context, tables } = opened;
  const { sample = 5 } = request;
  if (!(Number.isInteger(sample) && sample >= 0))
    throw new UsageError(`sample ${sample}: a number of dates, 0 for all`);
  const chosen = chooseAnyTables(tables, request.tables);
  const asked = request.dates && readDays(request.dates);
  const engine = await engineOf(opened);
  const days = asked && new Set(daysOf(asked, engine.world.calendar));
  const seed = request.seed ?? context.randomHex();
  const { results, remedies } = await makeProofs(
    engine,
    {
      proofs: request.proofs ?? proofs,
      tables: chosen,
      isInRange: (date: GameDate) => days?.has(date) ?? true,
      perTable: sample,
      seed,
      stop: context.stop,
    },
    () => undefined,
  );
  return {
    isProven: results.every(({ findings }) => findings.length === 0),
    proofs: results.map(({ proof, units, findings, seconds }) => ({
      proof,
      units,
      findings: findings.map(({ table, date, what, cause, rows }) => ({
        table,
        date,
        what: discrepancyText(what),
        cause,
        rows,
      })),
      seconds,
    })),
    seed,
    commands: remedies.map((remedy) =>
      pasteable(context.invocation, commandText(remedy), warehouse.location),
    ),
  };
}
