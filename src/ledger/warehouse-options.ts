import type { SqlDialect } from '../sql/sql-dialect.ts';
import type { EffectiveOptions } from '../table/table-option.ts';
import { textOf } from '../warehouse/text-of.ts';
import type { Row, Warehouse } from '../warehouse/warehouse.ts';
import { parseObject } from './parse-object.ts';

/** What the one row of `backcourt.warehouse` says. */
export interface WarehouseFacts {
  /** Version of the ledger's layout; `undefined` before the first ingest. */
  readonly formatVersion: number | undefined;
  /** Options that belong to the warehouse, by name; `undefined` where none was ever set. */
  readonly options: EffectiveOptions | undefined;
  /** What raw tables held before this time is not known, as the engine prints it; `undefined` where all is. */
  readonly historyFrom: string | undefined;
  /** Changes before this time are not remembered, as the engine prints it; `undefined` where all are. */
  readonly changesFrom: string | undefined;
}

/** Reads all columns that are there: an older ledger has no options. */
export async function readWarehouseFacts(warehouse: Warehouse): Promise<WarehouseFacts> {
  const [row] = await warehouse.query('SELECT * FROM backcourt.warehouse');
  return {
    formatVersion: row && Number(row['format_version']),
    options: row && optionsIn(row),
    changesFrom: textOf(row?.['changes_from'] ?? null),
    historyFrom: textOf(row?.['history_from'] ?? null),
  };
}

/** What something else has written there is no option. */
function optionsIn({ options }: Row): EffectiveOptions | undefined {
  if (options === undefined || options === null) return undefined;
  return Object.fromEntries(
    Object.entries(parseObject(String(options))).flatMap(([name, value]) =>
      typeof value === 'number' ? [[name, value]] : [],
    ),
  );
}

/** Keeps options as those of the warehouse, in place of those that it had. */
export function setOptionsStatement(sql: SqlDialect, options: EffectiveOptions): string {
  const sorted = Object.entries(options).sort(([a], [b]) => (a < b ? -1 : 1));
  return `UPDATE backcourt.warehouse
SET options = ${sql.string(JSON.stringify(Object.fromEntries(sorted)))}
WHERE TRUE`;
}

/** Says that changes before a time are not remembered. @param from UTC, ISO 8601. */
export function changesFromStatement(sql: SqlDialect, from: string): string {
  return `UPDATE backcourt.warehouse
SET changes_from = ${sql.timestamp(from)}
WHERE TRUE`;
}

/** Says that what raw tables held before a time is not known. @param from UTC, ISO 8601. */
export function historyFromStatement(sql: SqlDialect, from: string): string {
  return `UPDATE backcourt.warehouse
SET history_from = ${sql.timestamp(from)}
WHERE TRUE`;
}

/** Says that no more is remembered than in the warehouse that dates are brought from. */
export function rememberedFromStatements(
  sql: SqlDialect,
  { changesFrom, historyFrom }: Pick<WarehouseFacts, 'changesFrom' | 'historyFrom'>,
): readonly string[] {
  return [['changes_from', changesFrom] as const, ['history_from', historyFrom] as const].flatMap(
    ([column, from]) =>
      from === undefined
        ? []
        : [
            `UPDATE backcourt.warehouse
SET ${column} = ${sql.timestamp(from)}
WHERE ${column} IS NULL OR ${column} < ${sql.timestamp(from)}`,
          ],
  );
}
