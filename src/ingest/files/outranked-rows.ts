import { duckdbDialect as sql } from '../../sql/duckdb-dialect.ts';
import type { DuckDbWarehouse } from '../../warehouse/duckdb/duckdb-warehouse.ts';
import type { RepeatedRows } from './repeated-rows.ts';
import type { SourceContent, SourceFile } from './source-content.ts';

/**
 * Takes rows out of a relation that files of another shape have as well: a game is that of the shape that has most
 * of it, of equals that of the one that is declared first.
 */
export async function removeOutranked(
  warehouse: DuckDbWarehouse,
  { table, shapes, game }: SourceContent,
  relation: string,
  files: readonly SourceFile[],
): Promise<RepeatedRows> {
  const ranks = files.map(({ shape }) => shapes.indexOf(shape));
  if (new Set(ranks).size < 2) return { dropped: [], byFile: new Map() };
  const keys = game.columns.join(', ');
  const outranked = `outranked_in_${relation}`;
  await warehouse.stage(
    outranked,
    `
WITH ranked AS (
  SELECT given.rowid AS row_id, given.*, ranks.shape_rank
  FROM ${relation} AS given
  INNER JOIN ${sql.constants(
    'ranks',
    ['place', 'shape_rank'],
    ranks.map((rank, place) => [String(place), String(rank)]),
  )} ON ranks.place = given.file_index
  WHERE ${game.columns.map((column) => `${column} IS NOT NULL`).join(' AND ')}
),
shares AS (
  SELECT ${keys}, shape_rank, count_if(${game.counted ?? 'TRUE'}) AS row_count
  FROM ranked
  GROUP BY ${keys}, shape_rank
),
best AS (
  SELECT ${keys}, arg_min(shape_rank, (-row_count, shape_rank)) AS best_rank
  FROM shares
  GROUP BY ${keys}
)
SELECT row_id, file_index
FROM ranked
INNER JOIN best USING (${keys})
WHERE shape_rank <> best_rank`,
  );
  const found = await warehouse.query(
    `SELECT file_index, COUNT(*) AS row_count FROM ${outranked} GROUP BY file_index ORDER BY file_index`,
  );
  if (found.length === 0) return { dropped: [], byFile: new Map() };
  await warehouse.run(`DELETE FROM ${relation} WHERE rowid IN (SELECT row_id FROM ${outranked})`);
  const byFile = new Map(
    found.map((row) => [Number(row['file_index']), Number(row['row_count'])] as const),
  );
  const names = [...byFile.keys()].map((place) => files[place]?.name ?? '?');
  const rows = [...byFile.values()].reduce((sum, count) => sum + count, 0);
  return { dropped: [{ table, reason: 'other_file', rows, names }], byFile };
}
