import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { DuckDbWarehouse } from '../../warehouse/duckdb/duckdb-warehouse.ts';
import { duckdbDialect } from '../../warehouse/sql/duckdb-dialect.ts';
import { BadInput } from '../bad-input.ts';
import { contentColumns, dataKindColumn, type SourceContent } from './source-columns.ts';

/** A file of NBA.com statistics whose columns were found. */
export interface SourceFile {
  readonly path: string;
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly content: SourceContent;
  /** Upper-case column name → its name and type in the file. */
  readonly columns: ReadonlyMap<string, SourceColumn>;
}

export interface SourceColumn {
  readonly name: string;
  readonly type: string;
}

/** The table function that reads a file, by its extension; CSV values stay text. */
export function fileRelation(path: string): string {
  const file = duckdbDialect.string(path);
  return /\.parquet$/i.test(path)
    ? `read_parquet(${file}, file_row_number = true)`
    : `read_csv(${file}, all_varchar = true, header = true)`;
}

/**
 * Finds out what a file holds.
 * @throws BadInput when it is missing, of another kind, or lacks a column; the message names the
 * column and what was found instead.
 */
export async function describeSourceFile(
  warehouse: DuckDbWarehouse,
  path: string,
): Promise<SourceFile> {
  if (!existsSync(path)) throw new BadInput(`no such file: "${path}"`);
  if (!/\.(parquet|csv|csv\.gz)$/i.test(path)) {
    throw new BadInput(`"${path}" is neither .parquet nor .csv nor .csv.gz`);
  }
  const columns = await readColumns(warehouse, path);
  const content = (['shots', 'player_box'] as const).find((candidate) =>
    columns.has(contentColumns[candidate].telling),
  );
  const found = [...columns.values()].map(({ name }) => name).join(', ');
  if (content === undefined) {
    throw new BadInput(
      `"${path}" is neither a player game log (no MATCHUP) nor a shot chart (no SHOT_DISTANCE); found ${found}`,
    );
  }
  const { required, endpoint } = contentColumns[content];
  const missing = required.filter((name) => !columns.has(name));
  if (missing.length > 0) {
    throw new BadInput(
      `"${path}" lacks ${missing.join(', ')}, which ${endpoint} has; found ${found}`,
    );
  }
  const bytes = readFileSync(path);
  return {
    path,
    name: basename(path),
    bytes: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    content,
    columns,
  };
}

/** TRUE when the file says of itself that it comes from the simulated league. */
export function isSimulated(file: SourceFile): boolean {
  return file.columns.has(dataKindColumn);
}

async function readColumns(
  warehouse: DuckDbWarehouse,
  path: string,
): Promise<ReadonlyMap<string, SourceColumn>> {
  const rows = await warehouse
    .query(
      `SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM ${fileRelation(path)}) WHERE column_name <> 'file_row_number'`,
    )
    .catch((error: Error) => {
      throw new BadInput(`cannot read "${path}": ${error.message}`);
    });
  return new Map(
    rows.map((row) => {
      const name = String(row['column_name']);
      return [name.trim().toUpperCase(), { name, type: String(row['column_type']) }];
    }),
  );
}
