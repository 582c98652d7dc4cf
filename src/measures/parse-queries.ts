import type { Json } from '@duckdb/node-api';
import { duckdbDialect } from '../sql/duckdb-dialect.ts';
import { duckdbPrelude } from '../sql/duckdb-prelude.ts';

/** A query as DuckDB's parser reads it: its tree, or why there is none. */
export type ParsedQuery =
  | { readonly kind: 'tree'; readonly tree: Json; readonly steady: ReadonlySet<string> }
  | {
      readonly kind: 'fault';
      readonly error: string;
      /** Characters before the place of the fault, where it has one. */
      readonly position: number | undefined;
    };

/** Functions whose answer hangs on more than their arguments, though DuckDB calls them consistent. */
const unsteady =
  /^(current_|get_|pg_|has_|inet_|duckdb_|json_execute|json_serialize_plan|col_description|obj_description|shobj_description|map_to_pg_oid|generate_subscripts|(ago|current_setting|getvariable|reservoir_quantile|session_user|user|version|vector_type)$)/;

/** What GoogleSQL has besides and BigQuery answers alike every time; where DuckDB lacks it, it says so itself. */
const ofGoogle = [
  ...['approx_quantiles', 'array_agg', 'array_concat', 'array_length', 'countif', 'date_sub'],
  ...['format_date', 'if', 'ieee_divide', 'parse_date', 'safe_add', 'safe_cast', 'safe_multiply'],
  ...['safe_subtract', 'timestamp_diff', 'timestamp_trunc', 'to_hex', 'unix_seconds'],
];

/**
 * Reads queries with the parser of DuckDB, which knows what is a name, a text or a comment; nothing is carried out, and
 * no warehouse is asked.
 */
export async function parseQueries(queries: readonly string[]): Promise<readonly ParsedQuery[]> {
  if (queries.length === 0) return [];
  const { DuckDBInstance } = await import('@duckdb/node-api');
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  const connection = await instance.connect();
  const rows = async (sql: string) => (await connection.runAndReadAll(sql)).getRowsJson();
  try {
    const named = await rows(`
SELECT DISTINCT function_name
FROM duckdb_functions()
WHERE function_type = 'macro' OR (function_type IN ('scalar', 'aggregate') AND stability = 'CONSISTENT')`);
    const steady = new Set([
      ...named.map(([name]) => String(name)).filter((name) => !unsteady.test(name)),
      ...duckdbPrelude.flatMap((macro) => /MACRO (\w+)/.exec(macro)?.[1] ?? []),
      ...ofGoogle,
    ]);
    const parsed: ParsedQuery[] = [];
    for (const query of queries) {
      const [row] = await rows(`SELECT json_serialize_sql(${duckdbDialect.string(query)})`);
      const answer: Answer = JSON.parse(String(row?.[0]));
      parsed.push(toParsed(answer, steady));
    }
    return parsed;
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

function toParsed(answer: Answer, steady: ReadonlySet<string>): ParsedQuery {
  const { error, error_message: message, position, statements } = answer;
  if (error) {
    const at = Number(position);
    return {
      kind: 'fault',
      error: message ?? 'cannot be read',
      position: position !== undefined && Number.isInteger(at) ? at : undefined,
    };
  }
  return statements?.length === 1
    ? { kind: 'tree', tree: statements[0] ?? null, steady }
    : {
        kind: 'fault',
        error: 'several statements, where one SELECT is wanted',
        position: undefined,
      };
}

interface Answer {
  readonly error: boolean;
  readonly error_message?: string;
  readonly position?: string;
  readonly statements?: readonly Json[];
}
