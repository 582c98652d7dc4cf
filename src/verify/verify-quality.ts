import type { GameDate } from '../calendar/game-date.ts';
import { onDates } from '../ledger/ledger-statements.ts';
import { dateFacts } from '../run/stage/date-facts.ts';
import { judgeStaged } from '../run/stage/judge-staged.ts';
import { lookSql } from '../run/stage/look-sql.ts';
import { emptyStagedDate, type StagedDate, stagedDates } from '../run/stage/staged-dates.ts';
import type { SqlDialect } from '../sql/sql-dialect.ts';
import { type ComputedTable, qualifiedName } from '../table/table-definition.ts';
import type { RunEngine } from '../world/run-engine.ts';
import type { World } from '../world/world.ts';
import type { Finding } from './finding.ts';
import type { VerifiedUnit } from './verify-unit.ts';

export interface QualityResult {
  readonly findings: readonly Finding[];
  /** Units with checks of severity warn that do not hold. */
  readonly warned: number;
}

/** Makes the checks of the definitions again, over the rows that stand in their tables. */
export async function verifyQuality(
  { warehouse, world }: RunEngine,
  units: readonly VerifiedUnit[],
): Promise<QualityResult> {
  const sql = warehouse.dialect;
  const byTable = [...Map.groupBy(units, ({ table }) => table)].map(([table, own]) => ({
    table,
    own,
    relation: storedRelation(
      sql,
      table,
      own.map(({ date }) => date),
    ),
  }));
  const rows = await warehouse.queryEach(byTable.map((staged) => lookSql(sql, [staged])));
  const judged = byTable.flatMap(({ table, own }) => {
    const found = stagedDates(table, sql, rows);
    return own.map((unit) =>
      judge(world, unit, found.get(unit.date) ?? emptyStagedDate(unit.date)),
    );
  });
  return {
    findings: judged.flatMap((finding) => (finding === 'warned' ? [] : (finding ?? []))),
    warned: judged.filter((finding) => finding === 'warned').length,
  };
}

/** What is wrong with a date, or whether checks of severity warn do not hold. */
function judge(
  world: World,
  { table, date, options }: VerifiedUnit,
  stored: StagedDate,
): Finding | 'warned' | undefined {
  const content = { ...stored, excluded: world.ledger.get(table.name, date)?.excluded ?? 0 };
  const request = { runId: 'verify', table, dates: [date], options, allowShrink: true };
  const facts = dateFacts(world, request, date, new Map());
  const expected = table.expectedRows(facts, options.effective);
  const verdict = judgeStaged(`${table.name} ${date}`, content, expected, undefined, true);
  switch (verdict.kind) {
    case 'fail':
      return {
        table: table.name,
        date,
        what: { kind: 'check_failed', failure: verdict.failure },
        rows: [],
        cause: 'stored',
      };
    case 'refuse':
      return undefined;
    case 'write':
    case 'unchanged':
      return verdict.warnings.length > 0 ? 'warned' : undefined;
  }
}

/** Stored rows in the shape of staged ones. */
function storedRelation(sql: SqlDialect, table: ComputedTable, dates: readonly GameDate[]): string {
  const reason = table.excludes ? ', CAST(NULL AS STRING) AS exclusion_reason' : '';
  return `(SELECT *${reason} FROM ${qualifiedName(table)} WHERE ${onDates(sql, table.partition, dates)})`;
}
