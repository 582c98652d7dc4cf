import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { UsageError } from '../../engine/usage-error.ts';
import { type AlteredDate, findAltered } from '../../export/find-altered.ts';
import { isSnapshotName, type PlannedFile, snapshotFiles } from '../../export/snapshot-files.ts';
import { strangerTables } from '../../plan/stranger-tables.ts';
import type { SnapshotReport } from '../../report/snapshot-report.ts';
import { toJson } from '../../report/words/json.ts';
import type { DuckDbWarehouse } from '../../warehouse/duckdb/duckdb-warehouse.ts';
import { makeFolder } from '../../warehouse/make-folder.ts';
import { messageOf } from '../../warehouse/message-of.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';
import type { RunEngine } from '../../world/run-engine.ts';
import { writeWhole } from '../process/output-file.ts';

const manifestName = 'manifest.json';

const manifestShape = z.object({
  type: z.literal('backcourt snapshot'),
  data_kind: z.string().nullable(),
  files: z.array(z.object({ path: z.string() })),
});
type Manifest = z.infer<typeof manifestShape>;

/** A folder that can take a snapshot of a warehouse. */
export interface SnapshotPlace {
  readonly folder: string;
  readonly warehouse: DuckDbWarehouse;
  readonly dataKind: string | undefined;
}

/**
 * Looks at the place of a snapshot before anything is computed.
 * @throws UsageError where none can be written: not on this machine, no folder, another's manifest, other data.
 */
export function snapshotPlace(
  folder: string,
  warehouse: Warehouse,
  dataKind: string | undefined,
): SnapshotPlace {
  const refuse = (why: string) => new UsageError(`--snapshot "${folder}": ${why}`);
  if (folder.trim() === '' || /^\w+:\/\//.test(folder)) {
    throw refuse('it must name a folder of this machine');
  }
  if (!isOfDuckDb(warehouse)) throw refuse('only a DuckDB file can be the warehouse');
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() === false) {
    throw refuse('it is a file');
  }
  const before = readManifest(folder);
  if (before === 'unknown') {
    throw refuse(`its ${manifestName} is of no snapshot; choose another folder`);
  }
  const kindBefore = before?.data_kind ?? dataKind;
  if (dataKind !== undefined && kindBefore !== dataKind) {
    throw refuse(`it holds ${kindBefore} data, the warehouse ${dataKind}; choose another folder`);
  }
  try {
    makeFolder(folder);
  } catch (error) {
    throw refuse(`it cannot be made: ${messageOf(error)}`);
  }
  return { folder, warehouse, dataKind };
}

/**
 * Writes what has changed of a snapshot, a file per table and month, and then its manifest, which readers go by.
 * Files that neither it nor the one before names are removed last: whoever has read the one before still finds his.
 * @returns dates whose rows are not what their records say, where there are any; nothing is written then.
 */
export async function writeSnapshot(
  { folder, warehouse, dataKind }: SnapshotPlace,
  { world, clock }: RunEngine,
): Promise<SnapshotReport | readonly AlteredDate[]> {
  const startedMs = clock.elapsedMs();
  const { tables, ledger } = world;
  const strangers = strangerTables(world);
  const planned = snapshotFiles(tables.all, ledger, warehouse.dialect);
  const missing = planned.filter(({ file }) => !existsSync(join(folder, file.path)));
  const altered = await alteredIn(missing, warehouse, world);
  if (altered.length > 0) return altered;
  for (const { file, select } of missing) {
    const path = join(folder, file.path);
    makeFolder(dirname(path));
    await writeWhole(path, (partial) =>
      warehouse.exportRows(select, partial, { format: 'parquet' }),
    );
  }
  const before = readManifest(folder);
  const files = planned.map(({ file }) => file);
  const text = `${toJson({ type: 'backcourt snapshot', dataKind: dataKind ?? null, files })}\n`;
  const manifest = join(folder, manifestName);
  if (!existsSync(manifest) || readFileSync(manifest, 'utf8') !== text) {
    await writeWhole(manifest, async (partial) => writeFileSync(partial, text));
  }
  const named = [...files, ...(typeof before === 'object' ? before.files : [])];
  return {
    folder,
    files: files.length,
    written: missing.length,
    removed: removeOthers(folder, tables.all, new Set(named.map(({ path }) => path))),
    rows: files.reduce((sum, { rows }) => sum + rows, 0),
    strangers,
    seconds: (clock.elapsedMs() - startedMs) / 1000,
  };
}

async function alteredIn(
  files: readonly PlannedFile[],
  warehouse: DuckDbWarehouse,
  { tables, ledger }: RunEngine['world'],
): Promise<readonly AlteredDate[]> {
  const altered: AlteredDate[] = [];
  for (const [name, own] of Map.groupBy(files, ({ file }) => file.table)) {
    const [start, end] = [own[0]?.file.first, own.at(-1)?.file.last];
    if (start === undefined || end === undefined) continue;
    altered.push(...(await findAltered(warehouse, ledger, [tables.table(name)], { start, end })));
  }
  return altered;
}

/** Removes files of earlier snapshots, and what a kill has cut short; nothing that somebody else has put there. */
function removeOthers(
  folder: string,
  tables: readonly { readonly name: string }[],
  named: ReadonlySet<string>,
): number {
  let removed = 0;
  for (const table of tables) {
    if (!existsSync(join(folder, table.name))) continue;
    for (const name of readdirSync(join(folder, table.name))) {
      const path = `${table.name}/${name}`;
      if (!isSnapshotName(name) || named.has(path)) continue;
      rmSync(join(folder, path));
      removed += 1;
    }
  }
  return removed;
}

function readManifest(folder: string): Manifest | 'unknown' | undefined {
  const path = join(folder, manifestName);
  if (!existsSync(path)) return undefined;
  try {
    return manifestShape.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return 'unknown';
  }
}

function isOfDuckDb(warehouse: Warehouse): warehouse is DuckDbWarehouse {
  return 'exportRows' in warehouse;
}
