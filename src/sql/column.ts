import type { AllowedRange, Column, ColumnType } from './column-type.ts';
import type { Quotient, SqlText } from './sql-text.ts';

export type { AllowedRange, Column, ColumnType, Severity } from './column-type.ts';

/** A column together with what it is selected by, over the relation that its table selects from. */
export interface Measure extends Column {
  /** A quotient is rounded to the decimals of the column. */
  readonly from: SqlText | Quotient;
}

export interface ColumnDetails {
  readonly unit?: string;
  readonly nullWhen?: string;
  readonly range?: AllowedRange;
  readonly freeText?: boolean;
  readonly elements?: readonly string[];
  readonly elementRanges?: readonly AllowedRange[];
}

type Selected<From> = ColumnDetails & { readonly from: From };

/** Makes a measure where `from` is given, else a column that is loaded, or selected elsewhere. */
interface MakeColumn {
  (name: string, meaning: string, details: Selected<SqlText>): Measure;
  (name: string, meaning: string, details?: ColumnDetails): Column;
}

export const int64 = columnOf({ kind: 'INT64' });
export const float64 = columnOf({ kind: 'FLOAT64' });
export const string = columnOf({ kind: 'STRING' });
export const bool = columnOf({ kind: 'BOOL' });
export const date = columnOf({ kind: 'DATE' });
export const timestamp = columnOf({ kind: 'TIMESTAMP' });

type DigitCounts = readonly [precision: number, scale: number];

/** An exact decimal of at most `precision` digits, `scale` of them after the point. */
export function numeric(
  name: string,
  digits: DigitCounts,
  meaning: string,
  details: Selected<SqlText | Quotient>,
): Measure;
export function numeric(
  name: string,
  digits: DigitCounts,
  meaning: string,
  details?: ColumnDetails,
): Column;
export function numeric(
  name: string,
  [precision, scale]: DigitCounts,
  meaning: string,
  details: ColumnDetails = {},
): Column {
  return column({ kind: 'NUMERIC', precision, scale }, name, meaning, details);
}

type Element = 'STRING' | 'INT64' | 'FLOAT64';
type ArrayDetails = Pick<ColumnDetails, 'elements' | 'elementRanges'>;

/** Makes a column that is never NULL and has no NULL elements: an absent list is the empty one. */
export function arrayOf(
  element: Element,
  name: string,
  meaning: string,
  details: ArrayDetails & { readonly from: SqlText },
): Measure;
export function arrayOf(
  element: Element,
  name: string,
  meaning: string,
  details?: ArrayDetails,
): Column;
export function arrayOf(
  element: Element,
  name: string,
  meaning: string,
  details: ArrayDetails = {},
): Column {
  return column({ kind: 'ARRAY', element }, name, meaning, details);
}

function columnOf(type: ColumnType): MakeColumn {
  function make(name: string, meaning: string, details: Selected<SqlText>): Measure;
  function make(name: string, meaning: string, details?: ColumnDetails): Column;
  function make(name: string, meaning: string, details: ColumnDetails = {}): Column {
    return column(type, name, meaning, details);
  }
  return make;
}

/** A column of any type. */
export function column(
  type: ColumnType,
  name: string,
  meaning: string,
  details: ColumnDetails,
): Column {
  return {
    unit: undefined,
    nullWhen: undefined,
    range: undefined,
    elements: undefined,
    elementRanges: undefined,
    freeText: false,
    ...details,
    name,
    type,
    meaning,
  };
}
