import type { GameDate } from '../calendar/game-date.ts';
import { onDates } from '../ledger/ledger-statements.ts';
import { dateFacts } from '../run/date-facts.ts';
import { emptyStagedDate, inspectStaged } from '../run/inspect-staged.ts';
import { judgeStaged } from '../run/judge-staged.ts';
import type { RunEngine } from '../run/run-engine.ts';
import { type ComputedTable, qualifiedName } from '../table/table-definition.ts';
import { effectiveOptions } from '../table/table-option.ts';
import type { Finding } from './finding.ts';
import type { VerifiedUnit } from './verify-unit.ts';

export interface QualityResult {
  readonly findings: readonly Finding[];
  /** Units with checks of severity warn that do not hold. */
  readonly warned: number;
}

/** Makes the checks of a definition again, over the rows that stand in the table. */
export async function verifyQuality(
  engine: RunEngine,
  table: ComputedTable,
  units: readonly VerifiedUnit[],
): Promise<QualityResult> {
  const { warehouse, ledger } = engine;
  const dates = units.map(({ date }) => date);
  const found = await inspectStaged(warehouse, table, storedRelation(engine, table, dates));
  const findings: Finding[] = [];
  let warned = 0;
  for (const { date, options } of units) {
    const content = {
      ...(found.get(date) ?? emptyStagedDate(date)),
      excluded: ledger.get(table.name, date)?.excluded ?? 0,
    };
    const request = { runId: 'verify', table, dates, options, allowShrink: true };
    const facts = dateFacts(engine, request, date, new Map());
    const expected = table.expectedRows(facts, effectiveOptions(table.options, options));
    const verdict = judgeStaged(`${table.name} ${date}`, content, expected, undefined, true);
    if (verdict.kind === 'fail') {
      findings.push({
        table: table.name,
        date,
        what: verdict.failure.text,
        rows: [],
        cause: 'stored',
      });
    } else if (verdict.kind !== 'refuse' && verdict.warnings.length > 0) warned += 1;
  }
  return { findings, warned };
}

/** Stored rows in the shape of staged ones. */
function storedRelation(
  { warehouse }: RunEngine,
  table: ComputedTable,
  dates: readonly GameDate[],
): string {
  const reason = table.excludes ? ', CAST(NULL AS STRING) AS exclusion_reason' : '';
  return `(SELECT *${reason} FROM ${qualifiedName(table)} WHERE ${onDates(warehouse.dialect, table.partition, dates)})`;
}
