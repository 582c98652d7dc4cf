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
