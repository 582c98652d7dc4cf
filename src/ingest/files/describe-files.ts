import { statSync } from 'node:fs';
import { basename } from 'node:path';
import { sourceOfFiles, sourceOfLogs } from '../../ledger/source-of-logs.ts';
import { quote } from '../../plan/quote.ts';
import type { DuckDbWarehouse } from '../../warehouse/duckdb/duckdb-warehouse.ts';
import { WarehouseError } from '../../warehouse/warehouse.ts';
import { BadInput } from './bad-input.ts';
import { checkSourcePath } from './check-source-path.ts';
import { readCsvFormat } from './csv-format.ts';
import { FaultyFile } from './faulty-file.ts';
import { endingFault } from './file-endings.ts';
import { fileValues, isDay, theirText } from './file-values.ts';
import { hasNoTimes } from './has-no-times.ts';
import type { DamagedFile } from './ingest-report.ts';
import { readJsonTables } from './json-tables.ts';
import { writesNumbers } from './numbered-dates.ts';
import { readWholeFile } from './read-whole-file.ts';
import { readsAtNight } from './reads-at-night.ts';
import { recogniseFile } from './recognise-file.ts';
import type {
  FileRows,
  MadeRows,
  SourceColumn,
  SourceContent,
  SourceFile,
} from './source-content.ts';
import { countedRow, csvRows, isSimulated, parquetRows } from './source-file.ts';
import { readingError, unreadableFile } from './unreadable-file.ts';
import { writesDayFirst } from './writes-day-first.ts';

export interface DescribedFiles {
  readonly files: readonly SourceFile[];
  /** Files that were recognised and are not whole. */
  readonly damaged: readonly DamagedFile[];
  readonly dataKind: 'real' | 'simulated';
}

/**
 * Finds out what some files hold; nothing of a warehouse is touched. NBA.com's files are real;
 * those of the other sources are simulated when they say so.
 * @param reader any open DuckDB.
 * @param contents all that a file can hold, in the order in which they are loaded.
 * @param source what the files are; `undefined`: of any source, as their columns tell.
 * @throws BadInput when one is not what it should be, or real and simulated ones are mixed.
 */
export async function describeFiles(
  reader: DuckDbWarehouse,
  contents: readonly SourceContent[],
  source: string | undefined,
  paths: readonly string[],
): Promise<DescribedFiles> {
  const files: SourceFile[] = [];
  const damaged: DamagedFile[] = [];
  for (const path of paths) checkSourcePath(path);
  const asked = source === undefined ? undefined : sourceOfFiles(source);
  for (const path of paths) {
    const described = await (paths.length === 1
      ? describeFile(reader, contents, asked, path)
      : describeOneOf(reader, contents, asked, path));
    const twin = 'reason' in described ? undefined : twinOf(described, files);
    if ('reason' in described) damaged.push(described);
    else if (twin) {
      damaged.push({ name: described.name, reason: `it has the same content as "${twin.path}"` });
    } else files.push(described);
  }
  refuseAllDamaged(files, damaged);
  const simulated = files.find(isSimulated);
  if (source === sourceOfLogs && simulated) {
    throw new BadInput(`"${simulated.path}" comes from the simulated league`, [
      `ingest simulated ${quote(simulated.path)}`,
    ]);
  }
  const unmarked = files.find((file) => !isSimulated(file));
  if ((source === 'simulated' || simulated) && unmarked) {
    throw new BadInput(`"${unmarked.path}" does not come from the simulated league`);
  }
  // Contents are loaded in the order in which they are declared.
  files.sort((a, b) => contents.indexOf(a.content) - contents.indexOf(b.content));
  return { files, damaged, dataKind: simulated || source === 'simulated' ? 'simulated' : 'real' };
}

/** @throws BadInput when files are damaged and there is no other one to load. */
export function refuseAllDamaged(
  sound: readonly SourceFile[],
  damaged: readonly DamagedFile[],
): void {
  if (sound.length > 0 || damaged.length === 0) return;
  const reasons = damaged.map(({ name, reason }) => `cannot read "${name}": ${reason}`);
  throw new BadInput(reasons.join('; '));
}

function twinOf({ sha256 }: SourceFile, files: readonly SourceFile[]): SourceFile | undefined {
  return files.find((file) => file.sha256 === sha256);
}

/** Describes one of several files: what cannot be read is told by name, and the others are loaded. */
async function describeOneOf(
  ...[reader, contents, source, path]: Parameters<typeof describeFile>
): ReturnType<typeof describeFile> {
  try {
    return await describeFile(reader, contents, source, path);
  } catch (error) {
    if (!(error instanceof FaultyFile)) throw error;
    const reason = error.message
      .replace(`cannot read "${path}": `, 'it cannot be read: ')
      .replace(`"${path}" `, 'it ');
    return { name: basename(path), reason };
  }
}

async function describeFile(
  reader: DuckDbWarehouse,
  contents: readonly SourceContent[],
  source: string | undefined,
  path: string,
): Promise<SourceFile | DamagedFile> {
  const name = basename(path);
  const fault = endingFault(path);
  if (fault !== undefined) return { name, reason: fault };
  const tables = await fileTables(reader, path);
  if ('reason' in tables) return tables;
  const recognised = recogniseFile(
    contents,
    source,
    path,
    tables.map((table) => table.columns),
  );
  const { content, shape } = recognised;
  const table = tables[recognised.place];
  if (!table) throw new Error(`no table ${recognised.place} in "${path}"`);
  const { bytes, sha256, damage } = await readWholeFile(path);
  if (damage !== undefined) return unreadableFile(name, damage);
  const rows = shape.rows ? madeTable(shape.rows(table.relation, theirText(table.columns))) : table;
  const isUtc =
    shape.easternTimes !== undefined &&
    (await readsAtNight(reader, table.relation, theirText(table.columns)(...shape.easternTimes)));
  const file = { ...rows, path, name, bytes, sha256, content, shape };
  const plain = { ...file, isUtc, isDayFirst: false, isNumbered: false, isUntimed: false };
  const { relation, text } = fileValues(plain);
  const dates = content.columns.find((column) => isDay(column.name));
  if (!dates) return plain;
  const written = text(dates.name);
  return {
    ...plain,
    isDayFirst: await writesDayFirst(reader, relation, written),
    isNumbered: await writesNumbers(reader, relation, written),
    isUntimed:
      content.columns.some(({ name }) => name === 'tipoff_at') &&
      (await hasNoTimes(reader, relation, text('tipoff_at'))),
  };
}

/** Rows and columns of a file, before it is known what they are. */
type FileTable = FileRows & Pick<SourceFile, 'columns'>;

/** @returns its tables, of which JSON can have several, or why it is not whole. */
async function fileTables(
  reader: DuckDbWarehouse,
  path: string,
): Promise<readonly FileTable[] | DamagedFile> {
  if (/\.(parquet|pq)$/i.test(path)) return [await parquetTable(reader, path)];
  if (/\.([ct]sv|txt)(\.gz)?$/i.test(path)) {
    const csv = await readCsvFormat(path);
    return 'reason' in csv ? csv : [{ ...csvRows(path, csv), columns: textColumns(csv.columns) }];
  }
  try {
    return await jsonTables(reader, path);
  } catch (error) {
    if (!(error instanceof WarehouseError)) throw error;
    return unreadableFile(basename(path), readingError(error.message));
  }
}

async function parquetTable(reader: DuckDbWarehouse, path: string): Promise<FileTable> {
  const rows = parquetRows(path);
  const found = await reader
    .query(
      `SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM ${rows.relation}) WHERE column_name <> 'file_row_number'`,
    )
    .catch((error: Error) => {
      throw new FaultyFile(`cannot read "${path}": ${readingError(error.message)}`);
    });
  const columns = found.map((row) => ({
    name: String(row['column_name']),
    type: String(row['column_type']),
  }));
  return { ...rows, columns: columnsByName(columns) };
}

async function jsonTables(reader: DuckDbWarehouse, path: string): Promise<readonly FileTable[]> {
  const { size } = statSync(path);
  const tables = await readJsonTables(reader, [path], size);
  if (tables.every(({ columns }) => columns.length === 0)) {
    throw new FaultyFile(`"${path}" is empty: no object in it has a value`);
  }
  return tables.map(madeTable);
}

function madeTable({ columns, relation }: MadeRows): FileTable {
  return { relation, rowNumber: countedRow, columns: textColumns(columns) };
}

function textColumns(names: readonly string[]): SourceFile['columns'] {
  return columnsByName(names.map((name) => ({ name, type: 'VARCHAR' })));
}

function columnsByName(columns: readonly SourceColumn[]): ReadonlyMap<string, SourceColumn> {
  return new Map(columns.map((column) => [column.name.trim().toUpperCase(), column]));
}
