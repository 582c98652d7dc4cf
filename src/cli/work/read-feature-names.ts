import { readFileSync } from 'node:fs';
import { withMemory } from '../../engine/open-warehouse.ts';
import { UsageError } from '../../engine/usage-error.ts';
import type { GivenNames } from '../../table/feature-contract.ts';
import { literalFile } from '../../warehouse/duckdb/literal-file.ts';
import { messageOf } from '../../warehouse/message-of.ts';
import type { CliContext } from '../cli-context.ts';

const versionColumn = 'feature_version';

/**
 * The names of features that a file has: the columns of Parquet or CSV, or a list, as a JSON array, a JSON object with
 * `feature_names` or `features`, or a line each.
 * @throws UsageError for a file that cannot be read so.
 */
export async function readFeatureNames(context: CliContext, path: string): Promise<GivenNames> {
  if (/\.(parquet|csv|csv\.gz)$/i.test(path)) return readColumns(context, path);
  const names = listIn(textOf(path));
  if (names.length > 0) return { names, isList: true, versions: [] };
  throw new UsageError(
    `"${path}" names no features: Parquet or CSV has them as columns, JSON as an array or under feature_names, any other file a line each`,
  );
}

async function readColumns(context: CliContext, path: string): Promise<GivenNames> {
  // What is not there has a shorter message than DuckDB's.
  textOf(path, 1);
  const reader = /parquet$/i.test(path) ? 'read_parquet' : 'read_csv';
  const rows = `${reader}(${literalFile(path)})`;
  return withMemory(context, async (memory) => {
    const described = await memory.query(`DESCRIBE SELECT * FROM ${rows}`).catch((error: Error) => {
      throw new UsageError(`"${path}" cannot be read: ${error.message}`);
    });
    const names = described.map((row) => String(row['column_name']));
    const versions = names.includes(versionColumn)
      ? await memory.query(
          `SELECT DISTINCT CAST(${versionColumn} AS STRING) AS version FROM ${rows} ORDER BY version`,
        )
      : [];
    return { names, isList: false, versions: versions.map((row) => String(row['version'])) };
  });
}

function textOf(path: string, most?: number): string {
  try {
    const text = readFileSync(path, 'utf8');
    return most === undefined ? text : text.slice(0, most);
  } catch (error) {
    throw new UsageError(`"${path}" cannot be read: ${messageOf(error)}`);
  }
}

function listIn(text: string): readonly string[] {
  const value = parsed(text);
  if (value === undefined) {
    return text
      .split(/\r?\n/)
      .map((line) => line.trim())
      .filter((line) => line !== '');
  }
  const list: readonly unknown[] = Array.isArray(value) ? value : namedList(value);
  const names = list.filter((name) => typeof name === 'string');
  return names.length === list.length ? names : [];
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function namedList(value: unknown): readonly unknown[] {
  for (const [key, list] of Object.entries(value ?? {})) {
    if ((key === 'feature_names' || key === 'features') && Array.isArray(list)) return list;
  }
  return [];
}
