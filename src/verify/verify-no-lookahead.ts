import { targetDate } from '../run/date-facts.ts';
import type { RunEngine } from '../run/run-engine.ts';
import { keyText } from '../table/partition-hash.ts';
import { stagedSelect } from '../table/staged-select.ts';
import { type ComputedTable, knownOf } from '../table/table-definition.ts';
import { compareRows } from './compare-rows.ts';
import type { Finding } from './finding.ts';
import { type Future, probeContext } from './probe-context.ts';
import type { VerifiedUnit } from './verify-unit.ts';

/** TRUE for tables whose rows claim to hold what was known before the day. */
export function isProbed(table: ComputedTable): boolean {
  return knownOf(table) === 'before_the_day';
}

/**
 * Computes a unit three times: with everything from its date on as it stands there, taken away, and
 * replaced by noise. Rows and entities left out must be the same.
 */
export async function verifyNoLookahead(
  engine: RunEngine,
  unit: VerifiedUnit,
): Promise<readonly Finding[]> {
  const { warehouse } = engine;
  const { table, date } = unit;
  const seen = await stageProbe(engine, unit, 'as it was', 'probe_seen');
  const findings: Finding[] = [];
  for (const future of ['taken away', 'replaced by noise'] as const) {
    const blind = await stageProbe(engine, unit, future, 'probe_blind');
    if (blind === seen) continue;
    findings.push({
      table: table.name,
      date,
      what: `looks ahead: the rows change when everything from ${date} on is ${future}`,
      cause: 'definition',
      rows: await compareRows(
        warehouse,
        table,
        rowsOf(table, 'probe_seen'),
        rowsOf(table, 'probe_blind'),
      ),
    });
  }
  return findings;
}

/** Stages the unit over disturbed inputs. @returns number and hash of its rows and exclusions. */
async function stageProbe(
  engine: RunEngine,
  unit: VerifiedUnit,
  future: Future,
  staged: string,
): Promise<string> {
  const { warehouse } = engine;
  const { table, date } = unit;
  const sql = warehouse.dialect;
  const targets = [targetDate(engine, date)];
  await warehouse.stage(staged, stagedSelect(table, probeContext(engine, unit, future), targets));
  const text = table.excludes
    ? sql.concat([keyText(table, sql), "COALESCE(data_hash, '')", "COALESCE(exclusion_reason, '')"])
    : 'data_hash';
  const [row] = await warehouse.query(`
SELECT COUNT(*) AS row_count, ${sql.sha256Hex16(sql.orderedConcat(text))} AS content
FROM ${staged} AS staged`);
  return `${row?.['row_count']} ${row?.['content']}`;
}

function rowsOf({ excludes }: ComputedTable, staged: string): string {
  return excludes ? `(SELECT * FROM ${staged} WHERE exclusion_reason IS NULL)` : staged;
}
