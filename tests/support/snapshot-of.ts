import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { z } from 'zod';

const manifestShape = z.object({
  files: z.array(z.object({ table: z.string(), path: z.string(), rows: z.number() })),
});

/** What the manifest of a snapshot names; nothing where there is none yet. */
export function manifestFiles(folder: string) {
  const manifest = join(folder, 'manifest.json');
  if (!existsSync(manifest)) return [];
  return manifestShape.parse(JSON.parse(readFileSync(manifest, 'utf8'))).files;
}

/** All files of a folder below it, the manifest excepted. */
export function filesBelow(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== 'manifest.json')
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}

/** Files of the manifest that are not there, are cut short, or have other rows than it says. */
export async function brokenFiles(folder: string): Promise<readonly string[]> {
  const files = manifestFiles(folder);
  const there = files.filter(({ path }) => existsSync(join(folder, path)));
  const counted = new Map<string, number>();
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  for (const { path } of there) {
    const rows = await connection
      .runAndReadAll(`SELECT CAST(COUNT(*) AS INT) FROM read_parquet('${join(folder, path)}')`)
      .then((read) => Number(read.getRowsJson()[0]?.[0]))
      .catch(() => Number.NaN);
    counted.set(path, rows);
  }
  connection.closeSync();
  instance.closeSync();
  return files.filter(({ path, rows }) => counted.get(path) !== rows).map(({ path }) => path);
}
