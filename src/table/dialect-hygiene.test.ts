import { describe, expect, it } from 'vitest';
import type { SqlDialect } from '../sql/sql-dialect.ts';
import type { SqlContext } from './sql-context.ts';
import { violationSql } from './table-check.ts';
import type { ComputedTable } from './table-definition.ts';
import { isComputed, loadTables } from './table-registry.ts';

const { all } = await loadTables();
const computed = all.filter(isComputed);

/**
 * A dialect that leaves nothing of an engine behind: a helper becomes its own name in ⟨ ⟩ with its
 * arguments, so that whatever looks like an engine's word was written by the table itself.
 */
const opaque: SqlDialect = {
  engine: 'bigquery',
  prelude: [],
  typeName: () => '⟨type⟩',
  storedTypeName: () => '⟨type⟩',
  ratio: (num, den) => `⟨ratio ${num} ; ${den}⟩`,
  signedRatio: (num, den) => `⟨signed ${num} ; ${den}⟩`,
  rootRatio: (num, den) => `⟨root ${num} ; ${den}⟩`,
  decimal: (units) => `⟨decimal ${units}⟩`,
  units: (value) => `⟨units ${value}⟩`,
  float64: (units) => `⟨float ${units}⟩`,
  sum: (expression) => `⟨total ${expression}⟩`,
  sumOver: (expression, window) => `⟨running ${expression} ; ${window}⟩`,
  countIf: (condition) => `⟨cases ${condition}⟩`,
  digitsAt: (text) => `⟨digits ${text}⟩`,
  datePart: (part, date) => `⟨${part} ${date}⟩`,
  dayBegins: (date) => `⟨day begins ${date}⟩`,
  arrayContains: (array, text) => `⟨contains ${array} ; ${text}⟩`,
  arrayElement: (array, index) => `⟨element ${array} ; ${index}⟩`,
  arrayText: (array) => `⟨elements ${array}⟩`,
  hasNullElement: (array) => `⟨holes ${array}⟩`,
  array: (elements) => `⟨elements ${elements.join(' ; ')}⟩`,
  arrayOfKnown: (elements) => `⟨known ${elements.join(' ; ')}⟩`,
  codes: (rules) => `⟨codes ${rules.map(({ when }) => when).join(' ; ')}⟩`,
  issues: (rules) => `⟨issues ${rules.map(({ when }) => when).join(' ; ')}⟩`,
  constants: (alias, columns) => `⟨constants⟩ AS ${alias}(${columns.join(', ')})`,
  dayConstants: (alias, columns) => `⟨constants⟩ AS ${alias}(${columns.join(', ')})`,
  insertTexts: (target) => `⟨rows into ${target}⟩`,
  datasetColumns: (dataset) => `⟨columns of ${dataset}⟩`,
  alterTable: (table) => [`⟨changes of ${table}⟩`],
  isAmong: (date) => `⟨among ${date}⟩`,
  nullFloat64: () => '⟨nothing⟩',
  date: () => '⟨date⟩',
  string: () => '⟨text⟩',
  timestamp: () => '⟨time⟩',
  hashText: ({ name }) => `⟨hash ${name}⟩`,
  jsonText: (text) => `⟨json ${text}⟩`,
  concat: (parts) => `⟨joined ${parts.join(' ; ')}⟩`,
  md5Hex16: (text) => `⟨digest ${text}⟩`,
  hashOfHashes: (hash) => `⟨hash of ${hash}⟩`,
};

interface Rendered {
  readonly sql: string;
  readonly inputs: ReadonlySet<string>;
  readonly options: ReadonlySet<string>;
}

function render(table: ComputedTable): Rendered {
  const inputs = new Set<string>();
  const options = new Set<string>();
  const context: SqlContext = {
    sql: opaque,
    input: (name) => {
      inputs.add(name);
      return `⟨input⟩`;
    },
    option: (name) => {
      options.add(name);
      return '⟨option⟩';
    },
  };
  return { sql: withoutTexts(table.rowsSql(context)), inputs, options };
}

/** What stands in quotes is data, not SQL. */
function withoutTexts(sql: string): string {
  return sql.replace(/'(?:[^']|'')*'/g, "''");
}

/** What DuckDB and GoogleSQL write or mean differently, or one of them does not have. */
const banned: Readonly<Record<string, RegExp>> = {
  'LEAST or GREATEST: NULL is skipped in DuckDB': /\b(LEAST|GREATEST)\s*\(/i,
  'CONCAT: NULL is skipped in DuckDB': /\bCONCAT(_WS)?\s*\(/i,
  'a division: of DECIMAL it is DOUBLE in DuckDB, of INT64 it is FLOAT64 in GoogleSQL': /\//,
  'a remainder by sign': /%/,
  'ROUND, TRUNC, CEIL or FLOOR: half a unit goes elsewhere':
    /\b(ROUND|TRUNC|CEIL|CEILING|FLOOR)\s*\(/i,
  'AVG or a deviation: floating-point sums depend on their order':
    /\b(AVG|MEAN|STDDEV\w*|VAR\w*|VARIANCE|CORR|MEDIAN|QUANTILE\w*|APPROX_\w+)\s*\(/i,
  'SUM: HUGEINT in DuckDB': /\bSUM\s*\(/i,
  'COUNT_IF or COUNTIF: each engine has one of them': /\b(COUNT_IF|COUNTIF)\s*\(/i,
  'FILTER (WHERE: not in GoogleSQL': /\bFILTER\s*\(/i,
  'a list literal or a subscript': /[[\]]/,
  'UNNEST: a struct in DuckDB': /\bUNNEST\s*\(/i,
  'a lambda': /->|\blambda\b/i,
  'ARRAY_AGG, LIST or STRING_AGG': /\b(ARRAY_AGG|LIST|STRING_AGG|GROUP_CONCAT|ARRAY)\s*\(/i,
  'a struct': /\bSTRUCT\s*\(|[{}]/i,
  'ANY_VALUE, FIRST, LAST, ARG_MAX: not determined':
    /\b(ANY_VALUE|FIRST|LAST|ARG_MAX|ARG_MIN|MAX_BY|MIN_BY|MODE)\s*\(/i,
  'a cast with ::': /::/,
  'a cast to INT64: .5 goes elsewhere': /\bAS\s+(INT64|INTEGER|INT|BIGINT|SMALLINT)\s*\)/i,
  'a type name of one engine':
    /\bAS\s+(VARCHAR|TEXT|DOUBLE|FLOAT64|FLOAT|DECIMAL|BOOLEAN|HUGEINT|TIMESTAMPTZ)\b/i,
  'TRY_CAST or SAFE_CAST': /\b(TRY_CAST|SAFE_CAST)\s*\(/i,
  'a decimal literal: FLOAT64 in GoogleSQL': /(?<![\w.])\d*\.\d/,
  'dates by function or INTERVAL':
    /\bINTERVAL\b|\b(DATE_(DIFF|SUB|ADD|TRUNC|PART)|DATEDIFF|STRPTIME|STRFTIME|PARSE_\w+|FORMAT\w*|EXTRACT|TO_\w+|MAKE_DATE)\s*\(/i,
  'the clock or chance':
    /\b(CURRENT_(DATE|TIME|TIMESTAMP)|NOW|TODAY|RANDOM|RAND|UUID|GEN_RANDOM_UUID|GENERATE_UUID)\b/i,
  'a hash function': /\b(SHA\d*|MD5|HASH|FARM_FINGERPRINT)\s*\(/i,
  'regular expressions': /\bREGEXP\w*\s*\(|~|\bSIMILAR\s+TO\b/i,
  'SUBSTR: position 0 means another thing': /\b(SUBSTR|SUBSTRING|LEFT|RIGHT)\s*\(/i,
  'ILIKE or GLOB': /\b(ILIKE|GLOB)\b/i,
  QUALIFY: /\bQUALIFY\b/i,
  'GROUP BY or ORDER BY ALL, or by position': /\b(GROUP|ORDER)\s+BY\s+(ALL\b|\d)/i,
  'EXCLUDE, EXCEPT or REPLACE of a star': /\*\s*(EXCLUDE|EXCEPT|REPLACE)\b/i,
  'DISTINCT ON': /\bDISTINCT\s+ON\b/i,
  'a sample or a limit': /\b(SAMPLE|TABLESAMPLE|LIMIT|OFFSET|FETCH)\b/i,
  'VALUES: not in GoogleSQL': /\bVALUES\b/i,
  'a set operation that does not say ALL or DISTINCT':
    /\b(UNION|INTERSECT|EXCEPT)\b(?!\s+(ALL|DISTINCT)\b)/i,
  'ASOF, SEMI, ANTI, NATURAL or POSITIONAL joins':
    /\b(ASOF|SEMI|ANTI|NATURAL|POSITIONAL|LATERAL)\s+(LEFT\s+)?JOIN\b/i,
  PIVOT: /\b(UN)?PIVOT\b/i,
  'a quoted name: a text in GoogleSQL': /"|`/,
  '== or another spelling of <>': /==|!=/,
  'SAFE_DIVIDE: a DOUBLE': /\bSAFE_DIVIDE\s*\(/i,
  'a descending order that leaves NULLs to the engine': /\bDESC\b(?!\s+NULLS\b)/i,
  'a table that is not an input': /\b(FROM|JOIN)\s+(nba_\w+|backcourt)\./i,
  'a comment': /--/,
};

describe.each(computed.map((table) => [table.name, table] as const))('%s', (_, table) => {
  const { sql, inputs, options } = render(table);

  it('writes nothing raw that the engines mean differently', () => {
    const found = Object.entries(banned).flatMap(([what, pattern]) => {
      const match = pattern.exec(sql);
      return match
        ? [`${what}: …${sql.slice(Math.max(0, match.index - 40), match.index + 40)}…`]
        : [];
    });
    expect(found).toEqual([]);
  });

  it('reads every input it declares and no other', () => {
    expect([...inputs].toSorted()).toEqual(table.inputs.map((input) => input.table).toSorted());
  });

  it('reads every option that it says changes rows, and no other', () => {
    const changing = table.options.filter((option) => option.changesRows);
    expect([...options].toSorted()).toEqual(changing.map(({ name }) => name).toSorted());
  });

  it('calls only functions that mean the same on both engines', () => {
    const shared = new Set(
      [
        'ABS COALESCE COUNT DENSE_RANK DIV LAG LEAD LENGTH LOGICAL_AND LOGICAL_OR LOWER MAX MIN MOD RANK',
        'REPLACE ROW_NUMBER STARTS_WITH UNIX_DATE CAST',
      ].flatMap((line) => line.split(' ')),
    );
    const words = new Set(['AND AS BY FROM IN NOT ON OR OVER SELECT THEN WHEN ELSE JOIN WHERE']);
    const keywords = new Set([...words].flatMap((line) => line.split(' ')));
    const called = [...sql.matchAll(/\b([A-Za-z_]+)\s*\(/g)].map(([, name = '']) => name);
    const names = new Set(called.map((name) => name.toUpperCase()));
    const aliases = new Set(
      [...sql.matchAll(/⟨constants⟩ AS (\w+)\(/g)].map(([, name = '']) => name.toUpperCase()),
    );
    const unknown = [...names].filter(
      (name) => !shared.has(name) && !keywords.has(name) && !aliases.has(name),
    );
    expect(unknown).toEqual([]);
  });

  it('checks itself in the same words; only there a sum, which is but compared, may be any integer', () => {
    const conditions = table.checks.map((check) =>
      withoutTexts(
        check.kind === 'group' ? check.sql('staged', opaque) : violationSql(check, opaque),
      ),
    );
    const rules = Object.entries(banned).filter(
      ([what]) => !what.startsWith('SUM') && !what.startsWith('a decimal literal'),
    );
    const found = conditions.flatMap((condition) =>
      rules.flatMap(([what, pattern]) =>
        pattern.test(condition) ? [`${what}: ${condition}`] : [],
      ),
    );
    expect(found).toEqual([]);
  });

  it('gives the same SQL every time', () => {
    expect(render(table).sql).toBe(sql);
  });
});

describe('the ban itself', () => {
  it.each([
    'GREATEST (a, b)',
    'concat(a, b)',
    'a / b',
    'a // b',
    'round(a, 1)',
    'avg(x)',
    'SUM(x)',
    'count_if(x)',
    'COUNT(*) FILTER (WHERE x)',
    '[1, 2]',
    'x::BIGINT',
    'CAST(x AS INT64)',
    'CAST(x AS VARCHAR)',
    '0.44 * fta',
    '.5 * x',
    "d - INTERVAL '1' DAY",
    'CURRENT_DATE',
    'random()',
    'QUALIFY n = 1',
    'GROUP BY ALL',
    'GROUP BY 1',
    'SELECT * EXCLUDE (a)',
    'USING SAMPLE 10',
    'SELECT DISTINCT ON (a) b',
    'a UNION SELECT b',
    'ORDER BY x DESC',
    'FROM nba_raw.player_box',
    '"team"',
    'strptime(x, y)',
  ])('catches %s', (sql) => {
    expect(Object.values(banned).some((pattern) => pattern.test(sql))).toBe(true);
  });

  it.each([
    'SELECT DISTINCT a FROM ⟨input⟩ AS t UNION ALL SELECT b FROM u',
    'ORDER BY x DESC NULLS LAST',
    'game.game_date >= target_dates.analysis_date - 30',
    'COUNT(*) OVER (PARTITION BY a ORDER BY b ROWS BETWEEN 9 PRECEDING AND CURRENT ROW)',
    'CAST(x AS STRING)',
    'season_sum_of_x',
  ])('lets %s pass', (sql) => {
    expect(Object.entries(banned).filter(([, pattern]) => pattern.test(sql))).toEqual([]);
  });
});
