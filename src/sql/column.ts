/** A GoogleSQL column type; each engine writes it in its own words. */
export type ColumnType =
  | { readonly kind: 'INT64' | 'FLOAT64' | 'STRING' | 'BOOL' | 'DATE' | 'TIMESTAMP' }
  | { readonly kind: 'NUMERIC'; readonly precision: number; readonly scale: number }
  | { readonly kind: 'ARRAY'; readonly element: 'STRING' | 'INT64' | 'FLOAT64' };

export type Severity = 'error' | 'warn';

/** Values outside are counted per date: an `error` fails the date, a `warn` is recorded with it. */
export interface AllowedRange {
  readonly min: number;
  readonly max: number;
  readonly severity: Severity;
}

export interface Column {
  readonly name: string;
  readonly type: ColumnType;
  /** One line: what it is, and the formula where there is one. */
  readonly meaning: string;
  readonly unit: string | undefined;
  /** When the value is NULL; `undefined` means never. */
  readonly nullWhen: string | undefined;
  readonly range: AllowedRange | undefined;
  /** Names of the elements of an array whose length is fixed: an export gives each a column. */
  readonly elements: readonly string[] | undefined;
  /** What each element may be; checked by a check of the table, not with `range`. */
  readonly elementRanges: readonly AllowedRange[] | undefined;
  /** Text from outside, which may hold anything; all other texts are codes made here. */
  readonly freeText: boolean;
}

export interface ColumnDetails {
  readonly unit?: string;
  readonly nullWhen?: string;
  readonly range?: AllowedRange;
  readonly freeText?: boolean;
  readonly elements?: readonly string[];
  readonly elementRanges?: readonly AllowedRange[];
}

function column(type: ColumnType, name: string, meaning: string, details: ColumnDetails): Column {
  return {
    name,
    type,
    meaning,
    unit: details.unit,
    nullWhen: details.nullWhen,
    range: details.range,
    elements: details.elements,
    elementRanges: details.elementRanges,
    freeText: details.freeText ?? false,
  };
}

export function int64(name: string, meaning: string, details: ColumnDetails = {}): Column {
  return column({ kind: 'INT64' }, name, meaning, details);
}

/** An exact decimal of at most `precision` digits, `scale` of them after the point. */
export function numeric(
  name: string,
  [precision, scale]: readonly [number, number],
  meaning: string,
  details: ColumnDetails = {},
): Column {
  return column({ kind: 'NUMERIC', precision, scale }, name, meaning, details);
}

export function string(name: string, meaning: string, details: ColumnDetails = {}): Column {
  return column({ kind: 'STRING' }, name, meaning, details);
}

export function bool(name: string, meaning: string, details: ColumnDetails = {}): Column {
  return column({ kind: 'BOOL' }, name, meaning, details);
}

export function date(name: string, meaning: string, details: ColumnDetails = {}): Column {
  return column({ kind: 'DATE' }, name, meaning, details);
}

export function timestamp(name: string, meaning: string, details: ColumnDetails = {}): Column {
  return column({ kind: 'TIMESTAMP' }, name, meaning, details);
}

export function float64(name: string, meaning: string, details: ColumnDetails = {}): Column {
  return column({ kind: 'FLOAT64' }, name, meaning, details);
}

/** Never NULL and without NULL elements: an absent list is the empty one. */
export function arrayOf(
  element: 'STRING' | 'INT64' | 'FLOAT64',
  name: string,
  meaning: string,
  details: Pick<ColumnDetails, 'elements' | 'elementRanges'> = {},
): Column {
  return column({ kind: 'ARRAY', element }, name, meaning, details);
}
