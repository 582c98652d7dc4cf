import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { DuckDbWarehouse } from '../warehouse/duckdb/duckdb-warehouse.ts';
import { BadInput } from './bad-input.ts';
import { checkSourcePath } from './check-source-path.ts';
import { recogniseFile } from './recognise-file.ts';
import type { FileSource } from './source-content.ts';
import { fileRelation, isSimulated, type SourceColumn, type SourceFile } from './source-file.ts';

export interface DescribedFiles {
  readonly files: readonly SourceFile[];
  readonly dataKind: 'real' | 'simulated';
}

/**
 * Finds out what some files hold; nothing of a warehouse is touched. NBA.com's files are real;
 * those of the other sources are simulated when they say so.
 * @param reader any open DuckDB.
 * @throws BadInput when one is not what it should be, or real and simulated ones are mixed.
 */
export async function describeFiles(
  reader: DuckDbWarehouse,
  source: FileSource | 'simulated',
  paths: readonly string[],
): Promise<DescribedFiles> {
  const files: SourceFile[] = [];
  for (const path of paths) {
    files.push(await describeFile(reader, source === 'simulated' ? 'nba-stats' : source, path));
  }
  for (const [index, file] of files.entries()) {
    const twin = files.slice(0, index).find(({ sha256 }) => sha256 === file.sha256);
    if (twin) throw new BadInput(`"${file.path}" has the same content as "${twin.path}"`);
  }
  const simulated = files.find(isSimulated);
  if (source === 'nba-stats' && simulated) {
    throw new BadInput(
      `"${simulated.path}" comes from the simulated league; load it with "backcourt ingest simulated"`,
    );
  }
  const unmarked = files.find((file) => !isSimulated(file));
  if ((source === 'simulated' || simulated) && unmarked) {
    throw new BadInput(`"${unmarked.path}" does not come from the simulated league`);
  }
  return { files, dataKind: simulated || source === 'simulated' ? 'simulated' : 'real' };
}

async function describeFile(
  reader: DuckDbWarehouse,
  source: FileSource,
  path: string,
): Promise<SourceFile> {
  checkSourcePath(path);
  if (!/\.(parquet|csv|csv\.gz)$/i.test(path)) {
    throw new BadInput(`"${path}" is neither .parquet nor .csv nor .csv.gz`);
  }
  const columns = await readColumns(reader, path);
  const { content, shape } = recogniseFile(source, path, columns);
  const bytes = readFileSync(path);
  return {
    path,
    name: basename(path),
    bytes: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    content: content.table,
    shape,
    columns,
  };
}

async function readColumns(
  reader: DuckDbWarehouse,
  path: string,
): Promise<ReadonlyMap<string, SourceColumn>> {
  const rows = await reader
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
