import type { GameDate } from '../calendar/game-date.ts';
import type { Column, ColumnType } from './column.ts';
import { duckdbPrelude } from './duckdb-prelude.ts';
import type { IssueRule, SqlDialect } from './sql-dialect.ts';

/** SQL as DuckDB writes it; functions with GoogleSQL names come from the prelude. */
export const duckdbDialect: SqlDialect = {
  engine: 'duckdb',
  typeName,
  storedTypeName: typeName,
  ratio: (num, den, scale) => decimal(`div(${roundedQuotient(num, den, scale)})`, scale),
  signedRatio: (num, den, scale) =>
    decimal(`sign(${num}) * div(${roundedQuotient(`abs(${num})`, den, scale)})`, scale),
  // The root of a whole number below 2^52, cut to a whole number, is exact; so rounding happens once.
  rootRatio: (num, den, scale) => {
    const square = `div(${4 * 100 ** scale} * (${num}), nullif(${den}, 0))`;
    return decimal(`div(CAST(floor(sqrt(${square})) AS BIGINT) + 1, 2)`, scale);
  },
  decimal,
  units: (value, scale) => `CAST((${value}) * ${10 ** scale} AS BIGINT)`,
  // Both sides are exact, and IEEE division rounds to the nearest.
  float64: (units, scale) => `CAST(${units} AS DOUBLE) / CAST(${10 ** scale} AS DOUBLE)`,
  // SUM of BIGINT is HUGEINT here, and every later operation on it would be slow and differ in type.
  sum: (expression) => `CAST(SUM(${expression}) AS BIGINT)`,
  sumOver: (expression, window) => `CAST(SUM(${expression}) OVER ${window} AS BIGINT)`,
  // count_if is NULL here where there is nothing to count.
  countIf: (condition) => `COUNT(CASE WHEN ${condition} THEN 1 END)`,
  digitsAt: (text, place, count) => `CAST(substr(${text}, ${place}, ${count}) AS BIGINT)`,
  datePart: (part, date) => `EXTRACT(${part} FROM ${date})`,
  dayBegins: (date) => `timezone('UTC', CAST(${date} AS TIMESTAMP) + INTERVAL 5 HOUR)`,
  arrayContains: (array, text) => `list_contains(${array}, ${text})`,
  arrayElement: (array, index) => `${array}[${index + 1}]`,
  arrayText: (array) => `array_to_string(${array}, ';')`,
  hasNullElement: (array) => `list_count(${array}) <> len(${array})`,
  array: (elements) => `[${elements.join(', ')}]`,
  arrayOfKnown,
  prelude: duckdbPrelude,
  codes,
  issues: (rules) => codes(rules.toSorted((a, b) => (a.code < b.code ? -1 : 1))),
  constants,
  // The optimizer knows how many rows stand in VALUES, and not what comes out of a text.
  dayConstants: (alias, columns, groups) =>
    constants(
      alias,
      columns,
      groups.flatMap(({ days, values }) => days.map((day) => [`DATE '${day}'`, ...values])),
    ),
  // One text that the engine takes apart: it reads a literal of a statement for five microseconds, and a
  // ledger's records have twenty each.
  insertTexts: (target, columns, rows) => {
    const values = columns.map(
      ({ type }, index) => `CAST(field[${index + 1}] AS ${typeName(type)})`,
    );
    const texts = JSON.stringify(rows.map((row) => row.map((text) => text ?? null)));
    return `INSERT INTO ${target} (${columns.map(({ name }) => name).join(', ')})
SELECT ${values.join(', ')}
FROM (SELECT unnest(from_json(${string(texts)}, '[["VARCHAR"]]')) AS field) AS given`;
  },
  datasetColumns: (dataset) =>
    `(
  SELECT
    table_name,
    column_name,
    replace(data_type, 'TIMESTAMP WITH TIME ZONE', 'TIMESTAMPTZ') AS data_type,
    if(is_nullable, 'YES', 'NO') AS is_nullable,
    NULL AS clustering_ordinal_position
  FROM duckdb_columns()
  WHERE database_name = current_database() AND schema_name = ${string(dataset)}
)`,
  alterTable: (table, changes) => changes.map((change) => `ALTER TABLE ${table} ${change}`),
  isAmong,
  nullFloat64: () => 'CAST(NULL AS DOUBLE)',
  date: (value) => `DATE '${value}'`,
  string,
  timestamp: (value) => `TIMESTAMPTZ '${value}'`,
  hashText: (column) => {
    const text = plainText(column);
    return column.nullWhen === undefined ? text : `coalesce(${text}, '\\N')`;
  },
  jsonText: (text) => `coalesce(CAST(to_json(${text}) AS VARCHAR), 'null')`,
  concat: (parts) => `concat(${parts.join(', ')})`,
  md5Hex16,
  // The sum is a HUGEINT.
  hashOfHashes: (hash) =>
    md5Hex16(`CAST(coalesce(sum(CAST('0x' || substr(${hash}, 1, 15) AS BIGINT)), 0) AS VARCHAR)`),
};

function md5Hex16(text: string): string {
  return `substr(md5(${text}), 1, 16)`;
}

function constants(
  alias: string,
  columns: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const tuples = rows.map((row) => `(${row.join(', ')})`).join(', ');
  return `(VALUES ${tuples}) AS ${alias}(${columns.join(', ')})`;
}

/**
 * Up to so many days stand as literals, which are read faster than one text is taken apart, and by which
 * DuckDB skips row groups.
 */
const fewDays = 40;

function isAmong(date: string, days: readonly GameDate[]): string {
  if (days.length <= fewDays)
    return `${date} IN (${days.map((day) => `DATE '${day}'`).join(', ')})`;
  return `${date} IN (SELECT CAST(unnest(string_split('${days.join(' ')}', ' ')) AS DATE))`;
}

function arrayOfKnown(elements: readonly string[]): string {
  return `list_filter([${elements.join(', ')}], lambda known: known IS NOT NULL)`;
}

function codes(rules: readonly IssueRule[]): string {
  return arrayOfKnown(rules.map(({ code, when }) => `CASE WHEN ${when} THEN ${string(code)} END`));
}

function roundedQuotient(num: string, den: string, scale: number): string {
  return `2 * ${10 ** scale} * (${num}) + (${den}), 2 * nullif(${den}, 0)`;
}

// Multiplying by a decimal constant stays DECIMAL; dividing would give DOUBLE.
function decimal(units: string, scale: number): string {
  if (scale === 0) return `(${units})`;
  const unit = `0.${'0'.repeat(scale - 1)}1`;
  return `CAST(${units} AS DECIMAL(${18 - scale}, 0)) * CAST('${unit}' AS DECIMAL(${scale}, ${scale}))`;
}

function string(value: string): string {
  // A statement ends at a zero byte, wherever it stands.
  if (value.includes('\0')) return `(${value.split('\0').map(string).join(' || chr(0) || ')})`;
  return `'${value.replaceAll("'", "''")}'`;
}

function plainText({ name, type, freeText }: Column): string {
  switch (type.kind) {
    case 'STRING':
      return freeText ? `replace(replace(${name}, '\\', '\\\\'), '|', '\\|')` : name;
    case 'FLOAT64':
      return `printf('%.4f', round(${name}, 4) + 0.0)`;
    case 'ARRAY':
      // Equal to '%.4f' of each, in a third of the time. What is no such decimal is left out of the text, and
      // the hash differs from any that was recorded.
      return type.element === 'FLOAT64'
        ? `concat('[', array_to_string(TRY_CAST(${name} AS DECIMAL(18, 4)[]), ','), ']')`
        : `concat('[', array_to_string(${name}, ','), ']')`;
    case 'INT64':
    case 'NUMERIC':
    case 'BOOL':
    case 'DATE':
    case 'TIMESTAMP':
      return `CAST(${name} AS VARCHAR)`;
  }
}

function typeName(type: ColumnType): string {
  switch (type.kind) {
    case 'INT64':
      return 'BIGINT';
    case 'FLOAT64':
      return 'DOUBLE';
    case 'STRING':
      return 'VARCHAR';
    case 'BOOL':
      return 'BOOLEAN';
    case 'DATE':
      return 'DATE';
    case 'TIMESTAMP':
      return 'TIMESTAMPTZ';
    case 'NUMERIC':
      return `DECIMAL(${type.precision}, ${type.scale})`;
    case 'ARRAY':
      return `${typeName({ kind: type.element })}[]`;
  }
}
