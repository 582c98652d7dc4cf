import type { GameDate } from '../calendar/game-date.ts';
import { rememberedText } from '../ledger/change-statements.ts';
import { parseObject } from '../ledger/parse-object.ts';
import { keyText } from '../table/partition-hash.ts';
import { qualifiedName, type StoredTable } from '../table/table-definition.ts';
import { type RowChange, shownText } from '../verify/compare-rows.ts';
import { textOf } from '../warehouse/text-of.ts';
import type { Reader, Row } from '../warehouse/warehouse.ts';

/** What was recorded of a table and date for a time. */
export interface PastState {
  /** When it came to be, UTC as the engine prints it. */
  readonly from: string;
  /** When another one took its place; `undefined` for what is in force. */
  readonly until: string | undefined;
  readonly state: string;
  readonly rows: number;
  readonly dataHash: string | undefined;
  readonly codeVersion: string;
  readonly runId: string;
  /** The verb of that run; `undefined` where the run is not known here. */
  readonly verb: string | undefined;
}

/** Rows of a date that a commit changed, after it had been written before. */
export interface PastChange {
  readonly at: string;
  readonly runId: string;
  readonly added: number;
  readonly removed: number;
  readonly changed: number;
  /** The rows with the key that was asked for, each with its values before and after. */
  readonly rows: readonly RowChange[];
}

export interface DateHistory {
  /** The oldest first. */
  readonly states: readonly PastState[];
  readonly changes: readonly PastChange[];
}

/**
 * All that is remembered of a table and date: what was recorded of it when, and which commit changed its rows.
 * @param keys of rows without their date, whose values are wanted.
 */
export async function readHistory(
  reader: Reader,
  table: StoredTable,
  date: GameDate,
  keys: readonly string[],
): Promise<DateHistory> {
  const { dialect: sql } = reader;
  const own = `table_name = ${sql.string(table.name)} AND partition_date = ${sql.date(date)}`;
  return {
    states: await readStates(reader, own),
    changes: await readCounts(reader, own).then(async (counts) => {
      const rows = keys.length === 0 ? [] : await readKeyChanges(reader, table, date, own, keys);
      return counts.map((count) => ({
        ...count,
        rows: rows.filter(({ at, runId }) => at === count.at && runId === count.runId),
      }));
    }),
  };
}

async function readStates({ query }: Reader, own: string): Promise<readonly PastState[]> {
  const columns = 'partition_date, state, row_count, data_hash, code_version, run_id, recorded_at';
  const rows = await query(`
SELECT
  CAST(recorded.recorded_at AS STRING) AS recorded_at,
  CAST(recorded.replaced_at AS STRING) AS replaced_at,
  recorded.state,
  recorded.row_count,
  recorded.data_hash,
  recorded.code_version,
  recorded.run_id,
  runs.verb
FROM (
  SELECT ${columns}, replaced_at FROM backcourt.former_partitions WHERE ${own}
  UNION ALL
  SELECT ${columns}, CAST(NULL AS TIMESTAMP) AS replaced_at FROM backcourt.partitions WHERE ${own}
) AS recorded
LEFT JOIN backcourt.runs AS runs
  ON runs.run_id = recorded.run_id
ORDER BY CASE WHEN recorded.replaced_at IS NULL THEN 1 ELSE 0 END, recorded.replaced_at, recorded.recorded_at`);
  return rows.map((row) => ({
    from: String(row['recorded_at']),
    until: textOf(row['replaced_at']),
    state: String(row['state']),
    rows: Number(row['row_count']),
    dataHash: textOf(row['data_hash']),
    codeVersion: String(row['code_version']),
    runId: String(row['run_id']),
    verb: textOf(row['verb']),
  }));
}

async function readCounts(
  { dialect: sql, query }: Reader,
  own: string,
): Promise<readonly Omit<PastChange, 'rows'>[]> {
  const count = (change: string) => sql.countIf(`change = '${change}'`);
  // A raw row that changed is remembered as one that went and one that came with its key.
  const rows = await query(`
SELECT
  CAST(changed_at AS STRING) AS changed_at,
  run_id,
  CAST(SUM(added - LEAST(added, removed)) AS INT64) AS added,
  CAST(SUM(removed - LEAST(added, removed)) AS INT64) AS removed,
  CAST(SUM(changed + LEAST(added, removed)) AS INT64) AS changed
FROM (
  SELECT changed_at, run_id, row_key, ${count('added')} AS added, ${count('removed')} AS removed, ${count('changed')} AS changed
  FROM backcourt.changes
  WHERE ${own}
  GROUP BY changed_at, run_id, row_key
) AS keyed
GROUP BY changed_at, run_id
ORDER BY changed_at, run_id`);
  return rows.map((row) => ({
    at: String(row['changed_at']),
    runId: String(row['run_id']),
    added: Number(row['added']),
    removed: Number(row['removed']),
    changed: Number(row['changed']),
  }));
}

/** Column → value as text; `undefined` for a row that is not there. */
type Values = ReadonlyMap<string, string | null> | undefined;

/** What each commit did to the rows with some keys, told backwards from what stands. */
async function readKeyChanges(
  reader: Reader,
  table: StoredTable,
  date: GameDate,
  own: string,
  keys: readonly string[],
): Promise<readonly (RowChange & { readonly at: string; readonly runId: string })[]> {
  const { dialect: sql, query } = reader;
  const asked = `IN (${keys.map((key) => sql.string(key)).join(', ')})`;
  const texts = table.columns.map(
    (column, index) => `${rememberedText(sql, table, column)} AS is_${index}`,
  );
  const standing = await query(`
SELECT ${keyText(table, sql)} AS row_key, ${texts.join(', ')}
FROM ${qualifiedName(table)}
WHERE ${table.partition} = ${sql.date(date)} AND ${keyText(table, sql)} ${asked}`);
  const events = await query(`
SELECT CAST(changed_at AS STRING) AS changed_at, run_id, row_key, change, former
FROM backcourt.changes
WHERE ${own} AND row_key ${asked}
ORDER BY changed_at DESC, run_id DESC, change`);
  const told = keys.flatMap((key) => {
    const row = standing.find((there) => there['row_key'] === key);
    let after: Values = row && standingValues(table, row);
    const commits = Map.groupBy(
      events.filter((event) => event['row_key'] === key),
      (event) => `${event['changed_at']} ${event['run_id']}`,
    );
    return [...commits.values()].flatMap((commit) => {
      const before = undo(after, commit);
      const change = rowChange(key, before, after);
      after = before;
      const [first] = commit;
      return change
        ? [{ ...change, at: String(first?.['changed_at']), runId: String(first?.['run_id']) }]
        : [];
    });
  });
  return told;
}

function standingValues(table: StoredTable, row: Row): Values {
  return new Map(table.columns.map(({ name }, index) => [name, shownText(row[`is_${index}`])]));
}

function undo(after: Values, commit: readonly Row[]): Values {
  const former = commit.find((event) => event['former'] !== null);
  if (!former) return undefined;
  const values = new Map(former['change'] === 'changed' ? after : []);
  for (const [name, value] of Object.entries(parseObject(String(former['former'])))) {
    values.set(name, typeof value === 'string' ? value : null);
  }
  return values;
}

function rowChange(key: string, before: Values, after: Values): RowChange | undefined {
  if (!before) return after && { key, kind: 'added', columns: [] };
  if (!after) return { key, kind: 'removed', columns: [] };
  const columns = [...after].flatMap(([column, is]) => {
    const was = before.get(column) ?? null;
    return was === is ? [] : [{ column, was, is }];
  });
  return columns.length === 0 ? undefined : { key, kind: 'changed', columns };
}
