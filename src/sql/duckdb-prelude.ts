/**
 * GoogleSQL functions that DuckDB lacks or names differently, as temporary macros: they belong to
 * the connection and leave no trace in the file.
 */
export const duckdbPrelude: readonly string[] = [
  'CREATE OR REPLACE TEMP MACRO div(a, b) AS a // b',
  'CREATE OR REPLACE TEMP MACRO safe_divide(a, b) AS a / nullif(b, 0)',
  "CREATE OR REPLACE TEMP MACRO unix_date(d) AS date_diff('day', DATE '1970-01-01', d)",
  'CREATE OR REPLACE TEMP MACRO logical_or(x) AS bool_or(x)',
  'CREATE OR REPLACE TEMP MACRO logical_and(x) AS bool_and(x)',
];
