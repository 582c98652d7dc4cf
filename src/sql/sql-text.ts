import type { SqlDialect } from './sql-dialect.ts';

/** A piece of SQL: the text itself, or what makes it of the engine's words. */
export type SqlText = string | ((sql: SqlDialect) => string);

/** A fraction of two INT64 expressions, stored as a decimal that is rounded once. */
export interface Quotient {
  readonly num: string;
  /** The quotient is NULL where this is 0. */
  readonly den: string;
  /** SQL condition without which the quotient is NULL. */
  readonly when?: string;
  /** `signed`, where the numerator may be below 0; `root`, where the root of the quotient is meant. */
  readonly kind?: 'signed' | 'root';
}

/** Writes the text in the words of an engine. */
export function sqlText(text: SqlText, sql: SqlDialect): string {
  return typeof text === 'string' ? text : text(sql);
}

/** Writes a quotient in the words of an engine, rounded to `scale` decimals. */
export function quotientSql(
  { num, den, when, kind }: Quotient,
  scale: number,
  sql: SqlDialect,
): string {
  const functions = { ratio: sql.ratio, signed: sql.signedRatio, root: sql.rootRatio };
  const rounded = functions[kind ?? 'ratio'](num, den, scale);
  return when === undefined ? rounded : `CASE WHEN ${when} THEN ${rounded} END`;
}
