import type { GameDate } from '../calendar/game-date.ts';
import type { UnitId } from '../plan/plan.ts';
import { stageAndJudge } from '../run/run-batch.ts';
import { type StagedBatch, stagedName } from '../run/work/batch-request.ts';
import type { UnitOutcome } from '../run/work/unit-result.ts';
import { keyText } from '../table/partition-hash.ts';
import { type ComputedTable, qualifiedName } from '../table/table-definition.ts';
import type { UnitOptions } from '../table/unit-options.ts';
import type { RunEngine } from '../world/run-engine.ts';
import { compareRows, type RowChange } from './compare-rows.ts';
import type { UpstreamUnit } from './recompute-upstream.ts';

/** An entity whose reason for having no row has changed; `null` where there is none. */
export interface ExclusionChange {
  readonly key: string;
  readonly was: string | null;
  readonly is: string | null;
}

/** What the units are that a diff reads, where some of them would themselves come out of a run otherwise. */
export type DiffUpstream =
  /** A run would leave them all as they stand. */
  | { readonly kind: 'current' }
  /** They were made again first, beside what stands. */
  | { readonly kind: 'recomputed'; readonly units: readonly UpstreamUnit[] }
  /** A run would work these first, and that was left out: the diff holds for what stands there now. */
  | { readonly kind: 'as_it_stands'; readonly units: readonly UnitId[] };

/** What writing a date again would change. */
export interface DateDiff {
  /** What a run would make of the recomputed rows. */
  readonly outcome: UnitOutcome;
  readonly rows: readonly RowChange[];
  readonly exclusions: readonly ExclusionChange[];
  /** Rows that stand there now. */
  readonly stored: number;
}

/**
 * Recomputes a date into a temporary relation and compares it with what stands there.
 * @param behind what is staged of the tables before it, and takes the place of what stands there.
 * @throws WarehouseError when the query fails on its data.
 */
export async function diffDate(
  engine: RunEngine,
  table: ComputedTable,
  date: GameDate,
  options: UnitOptions,
  behind: readonly StagedBatch[] = [],
): Promise<DateDiff> {
  const { warehouse } = engine;
  const request = { runId: 'diff', table, dates: [date], options, allowShrink: true, behind };
  const [commit] = await stageAndJudge(engine, request);
  if (!commit) throw new Error(`${table.name} ${date}: nothing was judged`);
  const staged = stagedName(table);
  const stored = `(SELECT * FROM ${qualifiedName(table)} WHERE ${table.partition} = ${warehouse.dialect.date(date)})`;
  const computed = table.excludes
    ? `(SELECT * FROM ${staged} WHERE exclusion_reason IS NULL)`
    : staged;
  const [rows = []] = await compareRows(warehouse, table, [{ was: stored, is: computed }]);
  const [count] = await warehouse.query(`SELECT COUNT(*) AS row_count FROM ${stored} AS stored`);
  return {
    outcome: commit.outcome,
    rows,
    exclusions: table.excludes ? await compareExclusions(engine, table, date) : [],
    stored: Number(count?.['row_count']),
  };
}

async function compareExclusions(
  { warehouse }: RunEngine,
  table: ComputedTable,
  date: GameDate,
): Promise<readonly ExclusionChange[]> {
  const sql = warehouse.dialect;
  const rows = await warehouse.query(`
WITH stored AS (
  SELECT entity, reason_code
  FROM backcourt.exclusions
  WHERE table_name = ${sql.string(table.name)}
    AND partition_date = ${sql.date(date)}
),
computed AS (
  SELECT ${keyText(table, sql)} AS entity, exclusion_reason AS reason_code
  FROM ${stagedName(table)} AS staged
  WHERE exclusion_reason IS NOT NULL
)
SELECT
  COALESCE(stored.entity, computed.entity) AS entity,
  stored.reason_code AS was_code,
  computed.reason_code AS is_code
FROM stored
FULL JOIN computed
  ON computed.entity = stored.entity
WHERE stored.reason_code IS DISTINCT FROM computed.reason_code
ORDER BY entity`);
  const code = (value: unknown) => (typeof value === 'string' ? value : null);
  return rows.map((row) => ({
    key: String(row['entity']),
    was: code(row['was_code']),
    is: code(row['is_code']),
  }));
}
