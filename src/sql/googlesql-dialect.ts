import type { Column, ColumnType } from './column.ts';
import type { IssueRule, SqlDialect } from './sql-dialect.ts';

/** SQL as BigQuery writes it. Every function it names is GoogleSQL's own: there is no prelude. */
export const googlesqlDialect: SqlDialect = {
  engine: 'bigquery',
  prelude: [],
  typeName,
  storedTypeName,
  ratio: (num, den, scale) => decimal(`DIV(${roundedQuotient(num, den, scale)})`, scale),
  signedRatio: (num, den, scale) =>
    decimal(`SIGN(${num}) * DIV(${roundedQuotient(`ABS(${num})`, den, scale)})`, scale),
  // The root of a whole number below 2^52, cut to a whole number, is exact; so rounding happens once.
  rootRatio: (num, den, scale) => {
    const square = `DIV(${4 * 100 ** scale} * (${num}), NULLIF(${den}, 0))`;
    return decimal(`DIV(CAST(FLOOR(SQRT(${square})) AS INT64) + 1, 2)`, scale);
  },
  decimal,
  units: (value, scale) => `CAST((${value}) * ${10 ** scale} AS INT64)`,
  // Both sides are exact, and IEEE division rounds to the nearest.
  float64: (units, scale) => `CAST(${units} AS FLOAT64) / CAST(${10 ** scale} AS FLOAT64)`,
  sum: (expression) => `SUM(${expression})`,
  sumOver: (expression, window) => `SUM(${expression}) OVER ${window}`,
  countIf: (condition) => `COUNTIF(${condition})`,
  digitsAt: (text, place, count) => `CAST(SUBSTR(${text}, ${place}, ${count}) AS INT64)`,
  datePart: (part, date) => `EXTRACT(${part} FROM ${date})`,
  dayBegins: (date) => `TIMESTAMP_ADD(TIMESTAMP(${date}, 'UTC'), INTERVAL 5 HOUR)`,
  arrayContains: (array, text) => `${text} IN UNNEST(${array})`,
  arrayElement: (array, index) => `${array}[SAFE_OFFSET(${index})]`,
  arrayText: (array) => joined(array, 'CAST(element AS STRING)', ';'),
  hasNullElement: (array) =>
    `EXISTS(SELECT 1 FROM UNNEST(${array}) AS element WHERE element IS NULL)`,
  array: (elements) => `[${elements.join(', ')}]`,
  arrayOfKnown,
  codes,
  issues: (rules) => codes(rules.toSorted((a, b) => (a.code < b.code ? -1 : 1))),
  constants,
  // A relation is repeated wherever it is named: a text of days is one literal, not one for each.
  dayConstants: (alias, [day = '', ...columns], groups) => {
    const rows = groups.map(({ days, values }) => [string(days.join(' ')), ...values]);
    return `(SELECT CAST(each_day AS DATE) AS ${day}, ${columns.join(', ')}
FROM ${constants('same', ['days', ...columns], rows)}
CROSS JOIN UNNEST(SPLIT(days, ' ')) AS each_day) AS ${alias}`;
  },
  insertTexts: (target, columns, rows) => {
    const tuples = rows.map(
      (row) => `(${columns.map(({ type }, index) => literal(type, row[index])).join(', ')})`,
    );
    return `INSERT INTO ${target} (${columns.map(({ name }) => name).join(', ')})
VALUES
${tuples.join(',\n')}`;
  },
  datasetColumns: (dataset) => `${dataset}.INFORMATION_SCHEMA.COLUMNS`,
  // Columns are added together, and dropped together; in one statement no change is of another kind.
  alterTable: (table, changes) =>
    [...Map.groupBy(changes, (change) => /^(ADD|DROP) COLUMN /.exec(change)?.[1] ?? change)].map(
      ([, same]) => `ALTER TABLE ${table} ${same.join(', ')}`,
    ),
  isAmong: (date, days) => `${date} IN (${days.map((day) => `DATE '${day}'`).join(', ')})`,
  nullFloat64: () => 'CAST(NULL AS FLOAT64)',
  date: (value) => `DATE '${value}'`,
  string,
  timestamp: (value) => `TIMESTAMP '${value}'`,
  hashText: (column) => {
    const text = plainText(column);
    return column.nullWhen === undefined ? text : `COALESCE(${text}, ${string('\\N')})`;
  },
  jsonText: (text) => `TO_JSON_STRING(${text})`,
  concat: (parts) => `CONCAT(${parts.join(', ')})`,
  md5Hex16,
  // INT64 would overflow at the ninth row.
  hashOfHashes: (hash) =>
    md5Hex16(
      `CAST(COALESCE(SUM(CAST(CAST(CONCAT('0x', SUBSTR(${hash}, 1, 15)) AS INT64) AS NUMERIC)), 0) AS STRING)`,
    ),
};

/** TO_HEX takes the bytes that MD5 gives here; DuckDB's md5 is hexadecimal already. */
function md5Hex16(text: string): string {
  return `SUBSTR(TO_HEX(MD5(${text})), 1, 16)`;
}

function constants(
  alias: string,
  columns: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const [first = columns.map(() => 'NULL'), ...others] = rows;
  const named = first.map((value, index) => `${value} AS ${columns[index]}`);
  const structs = [named, ...others].map((values) => `STRUCT(${values.join(', ')})`);
  return `UNNEST([${structs.join(', ')}]) AS ${alias}`;
}

/** Elements made texts, in their order: UNNEST alone promises none. */
function joined(array: string, element: string, separator: string): string {
  return `ARRAY_TO_STRING(ARRAY(SELECT ${element} FROM UNNEST(${array}) AS element WITH OFFSET AS place ORDER BY place), '${separator}')`;
}

function arrayOfKnown(elements: readonly string[]): string {
  return `ARRAY(SELECT element FROM UNNEST([${elements.join(', ')}]) AS element WITH OFFSET AS place WHERE element IS NOT NULL ORDER BY place)`;
}

function codes(rules: readonly IssueRule[]): string {
  return arrayOfKnown(rules.map(({ code, when }) => `CASE WHEN ${when} THEN ${string(code)} END`));
}

function roundedQuotient(num: string, den: string, scale: number): string {
  return `2 * ${10 ** scale} * (${num}) + (${den}), 2 * NULLIF(${den}, 0)`;
}

// NUMERIC times NUMERIC is exact up to nine decimals; a bare 0.01 would be FLOAT64.
function decimal(units: string, scale: number): string {
  if (scale === 0) return `(${units})`;
  return `CAST(${units} AS NUMERIC) * NUMERIC '0.${'0'.repeat(scale - 1)}1'`;
}

/** A backslash begins an escape here, and a text must end on its own line. */
function string(value: string): string {
  const escaped = value
    .replaceAll('\\', '\\\\')
    .replaceAll("'", "\\'")
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r');
  return `'${escaped}'`;
}

function literal(type: ColumnType, text: string | undefined): string {
  if (text === undefined) return 'NULL';
  return type.kind === 'STRING' ? string(text) : `CAST(${string(text)} AS ${typeName(type)})`;
}

function plainText({ name, type, freeText }: Column): string {
  switch (type.kind) {
    case 'STRING':
      return freeText ? `REPLACE(REPLACE(${name}, '\\\\', '\\\\\\\\'), '|', '\\\\|')` : name;
    case 'FLOAT64':
      return floatText(name);
    // CAST would leave out zeros at the end, and the sign of TIMESTAMP's zone is not always there.
    case 'NUMERIC':
      return `FORMAT('%.${type.scale}f', ${name})`;
    case 'TIMESTAMP':
      return `FORMAT_TIMESTAMP('%Y-%m-%d %H:%M:%E*S+00', ${name}, 'UTC')`;
    case 'ARRAY':
      return `CONCAT('[', ${arrayHashText(name, type.element)}, ']')`;
    case 'INT64':
    case 'BOOL':
    case 'DATE':
      return `CAST(${name} AS STRING)`;
  }
}

// Adding zero takes the sign off a zero.
function floatText(value: string): string {
  return `FORMAT('%.4f', ROUND(${value}, 4) + 0.0)`;
}

function arrayHashText(name: string, element: 'STRING' | 'INT64' | 'FLOAT64'): string {
  switch (element) {
    case 'STRING':
      return `ARRAY_TO_STRING(${name}, ',')`;
    case 'INT64':
      return joined(name, 'CAST(element AS STRING)', ',');
    case 'FLOAT64':
      return joined(name, floatText('element'), ',');
  }
}

/** Writes a type without precision and scale, which belong to the column of a table and not to a value. */
function storedTypeName(type: ColumnType): string {
  return type.kind === 'NUMERIC' ? `NUMERIC(${type.precision}, ${type.scale})` : typeName(type);
}

function typeName(type: ColumnType): string {
  return type.kind === 'ARRAY' ? `ARRAY<${type.element}>` : type.kind;
}
