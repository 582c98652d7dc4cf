import type { GameDate } from '../calendar/game-date.ts';
import type { Column, ColumnType } from './column-type.ts';

export interface IssueRule {
  readonly code: string;
  /** SQL condition; NULL counts as false. */
  readonly when: string;
}

/** Days that have the same values beside them. */
export interface DayGroup {
  readonly days: readonly GameDate[];
  /** SQL. */
  readonly values: readonly string[];
}

/**
 * The named SQL helpers: everything that GoogleSQL and DuckDB write or mean differently.
 * A table's SQL reaches such a thing only through here and never asks which engine it is on.
 * Arguments and results are SQL text unless said otherwise.
 */
export interface SqlDialect {
  readonly engine: 'duckdb' | 'bigquery';
  /** Statements that give the connection the GoogleSQL functions it lacks; part of what is computed. */
  readonly prelude: readonly string[];
  /** A type as a query writes it. */
  typeName(type: ColumnType): string;
  /** The type of a stored column: BigQuery writes the precision of one, unlike in a query, and refuses what does not fit. */
  storedTypeName(type: ColumnType): string;
  /** `R(num/den, scale)` for `num ≥ 0`, `den ≥ 0`, both INT64: rounded once, half away from zero; NULL if den is 0. */
  ratio(num: string, den: string, scale: number): string;
  /** {@link ratio} for a numerator of either sign. */
  signedRatio(num: string, den: string, scale: number): string;
  /** `R(√(num/den), scale)` for `num ≥ 0`, `den ≥ 0`, both INT64: rounded once, half up; NULL if den is 0. */
  rootRatio(num: string, den: string, scale: number): string;
  /** An INT64 count of 10^-scale units as a NUMERIC of that scale, exact. */
  decimal(units: string, scale: number): string;
  /** A NUMERIC of at most `scale` decimals as an INT64 count of 10^-scale units, exact. */
  units(value: string, scale: number): string;
  /** An INT64 count of 10^-scale units as the FLOAT64 nearest to that decimal; never -0. */
  float64(units: string, scale: number): string;
  /** INT64 sum of an INT64 expression; NULL over no values. */
  sum(expression: string): string;
  /** INT64 sum over a named or inline window. */
  sumOver(expression: string, window: string): string;
  /** INT64 number of rows for which a condition holds. */
  countIf(condition: string): string;
  /** INT64 of so many digits of a text, from a place that is counted from 1. @param text that has digits there. */
  digitsAt(text: string, place: number, count: number): string;
  /** INT64 year, month or day of the month of a DATE. */
  datePart(part: 'YEAR' | 'MONTH' | 'DAY', date: string): string;
  /** 05:00 UTC of a DATE as a TIMESTAMP: midnight of US Eastern standard time, before any tip-off. */
  dayBegins(date: string): string;
  /** TRUE when an array of texts holds a text; never NULL for an array that is not. */
  arrayContains(array: string, text: string): string;
  /** The element at an index, from 0; NULL beyond the end. */
  arrayElement(array: string, index: number): string;
  /** The elements of an array as one text, separated by `;`. */
  arrayText(array: string): string;
  /** TRUE when an array holds a NULL. */
  hasNullElement(array: string): string;
  /** Array of values that are never NULL, in their order. */
  array(elements: readonly string[]): string;
  /** Array of those values that are not NULL, in their order. */
  arrayOfKnown(elements: readonly string[]): string;
  /** Array of the codes whose condition holds, in the order of the rules. */
  codes(rules: readonly IssueRule[]): string;
  /** Sorted array of the codes whose condition holds. */
  issues(rules: readonly IssueRule[]): string;
  /** A relation of constants with the given column names, to stand in FROM with its alias. */
  constants(
    alias: string,
    columns: readonly string[],
    rows: readonly (readonly string[])[],
  ): string;
  /**
   * A relation like {@link constants} for many days of which whole groups share what follows: the first
   * column is the day, a DATE.
   * @param groups at least one; no day twice.
   */
  dayConstants(alias: string, columns: readonly string[], groups: readonly DayGroup[]): string;
  /**
   * INSERT of rows whose values are given as texts: each is what a CAST of the text to the type of its
   * column gives, `undefined` is NULL. For columns that are no array.
   */
  insertTexts(
    target: string,
    columns: readonly Column[],
    rows: readonly (readonly (string | undefined)[])[],
  ): string;
  /**
   * A relation (table_name, column_name, data_type, is_nullable, clustering_ordinal_position) of what stands in a dataset,
   * to stand in FROM; `is_nullable` is YES or NO.
   */
  datasetColumns(dataset: string): string;
  /** Statements that change the columns of a table: few where a table can be changed but so often. */
  alterTable(table: string, changes: readonly string[]): readonly string[];
  /** TRUE when a DATE is one of these days; at least one. */
  isAmong(date: string, days: readonly GameDate[]): string;
  nullFloat64(): string;
  date(value: GameDate): string;
  string(value: string): string;
  /** @param value UTC time, ISO 8601. */
  timestamp(value: string): string;
  /**
   * Canonical text of a column for the row hash: NULL is `\N`, NUMERIC has exactly its scale, free
   * text has its `\` and `|` escaped.
   */
  hashText(column: Column): string;
  /** A text as JSON writes it; `null` for NULL. */
  jsonText(text: string): string;
  /** Concatenation of texts that are never NULL. */
  concat(parts: readonly string[]): string;
  /** First 16 hex digits of the MD5 of a text: a check against change, not against an enemy. */
  md5Hex16(text: string): string;
  /**
   * Aggregate: 16 hex digits of all hashes of a group, whatever their order: of the sum of the numbers that their
   * first 15 hex digits are. NULL takes no part; a group without any has a hash too.
   * @param hash hex digits, at least 15.
   */
  hashOfHashes(hash: string): string;
}
