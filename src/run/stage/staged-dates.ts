import { type GameDate, gameDate } from '../../calendar/game-date.ts';
import type { Severity } from '../../sql/column.ts';
import type { SqlDialect } from '../../sql/sql-dialect.ts';
import { emptyHash } from '../../table/partition-hash.ts';
import type { ComputedTable } from '../../table/table-definition.ts';
import { textOf } from '../../warehouse/text-of.ts';
import type { Row } from '../../warehouse/warehouse.ts';
import type { LookTopic } from './look-sql.ts';
import { stagedRules } from './staged-rules.ts';

export interface CheckViolation {
  readonly check: string;
  readonly severity: Severity;
  /** How many rows, or groups of rows, break the rule. */
  readonly count: number;
  /** One of the groups, for example `game 0022300061`. */
  readonly example?: string | undefined;
}

/** What the staged relation holds for one date. */
export interface StagedDate {
  readonly date: GameDate;
  readonly rows: number;
  readonly excluded: number;
  readonly dataHash: string;
  /** `undefined` where nobody reads the keys alone, or there are no rows. */
  readonly keyHash: string | undefined;
  /** JSON of projection → hash; `undefined` where there are no projections, or no rows. */
  readonly projectionHashes: string | undefined;
  readonly violations: readonly CheckViolation[];
}

/** What is found of a date for which the staged relation holds nothing. */
export function emptyStagedDate(date: GameDate): StagedDate {
  return {
    date,
    rows: 0,
    excluded: 0,
    dataHash: emptyHash,
    keyHash: undefined,
    projectionHashes: undefined,
    violations: [],
  };
}

/** What the rows of {@link lookSql} say of one table, by date. */
export function stagedDates(
  table: ComputedTable,
  sql: SqlDialect,
  found: readonly Row[],
): ReadonlyMap<GameDate, StagedDate> {
  const rules = stagedRules(table, sql);
  const dates = new Map<GameDate, StagedDate>();
  for (const row of found) {
    if (row['table_name'] !== table.name) continue;
    const date = gameDate(String(row['partition_date']));
    dates.set(date, withRow(table, rules, dates.get(date) ?? emptyStagedDate(date), row));
  }
  return dates;
}

function withRow(
  table: ComputedTable,
  rules: ReturnType<typeof stagedRules>,
  known: StagedDate,
  row: Row,
): StagedDate {
  const topic = String(row['topic']) as LookTopic;
  const count = Number(row['row_count']);
  switch (topic) {
    case 'left_out':
      return { ...known, excluded: count };
    case 'group': {
      const check = table.checks.find(({ name }) => name === row['check_name']);
      if (!check) throw new Error(`${table.name} has no check "${row['check_name']}"`);
      const example = textOf(row['counts']);
      const violation = { check: check.name, severity: check.severity, count, example };
      return count > 0 ? { ...known, violations: [...known.violations, violation] } : known;
    }
    case 'rows': {
      const [doubled = 0, ...counts] = String(row['counts']).split(',').map(Number);
      const violations = rules
        .map(({ check, severity }, index) => ({ check, severity, count: counts[index] ?? 0 }))
        .concat({ check: 'doubled key', severity: 'error', count: doubled })
        .filter((violation) => violation.count > 0);
      return {
        ...known,
        rows: count,
        dataHash: String(row['data_hash']),
        keyHash: textOf(row['key_hash']),
        projectionHashes: textOf(row['projection_hashes']),
        violations: [...violations, ...known.violations],
      };
    }
  }
}
