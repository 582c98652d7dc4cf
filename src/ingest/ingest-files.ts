import type { GameDate } from '../calendar/game-date.ts';
import { recordStatements } from '../ledger/ledger-statements.ts';
import { readDataKind, readLedger } from '../ledger/read-ledger.ts';
import type { TableRegistry } from '../table/table-registry.ts';
import type { DuckDbWarehouse } from '../warehouse/duckdb/duckdb-warehouse.ts';
import { BadInput } from './bad-input.ts';
import { deriveSchedule } from './derive-schedule.ts';
import { findMovedGames } from './find-moved-games.ts';
import type { IngestReport, RefusedDate } from './ingest-report.ts';
import { undated } from './nba-stats/find-refused-dates.ts';
import { type ReadSource, readSource } from './nba-stats/read-source.ts';
import { describeSourceFile, isSimulated, type SourceFile } from './nba-stats/source-file.ts';
import {
  emptyRecord,
  planRawReplacement,
  type RawReplacement,
  type RawWriter,
  replacementStatements,
  withoutDates,
} from './replace-raw-dates.ts';
import { playerBoxSelect, shotsSelect } from './stage-raw-tables.ts';

export interface IngestRequest {
  readonly warehouse: DuckDbWarehouse;
  readonly tables: TableRegistry;
  readonly files: readonly SourceFile[];
  readonly dataKind: 'real' | 'simulated';
  readonly allowShrink: boolean;
  readonly runId: string;
  readonly codeVersion: string;
  /** UTC, ISO 8601. */
  readonly now: string;
  /** Milliseconds of a monotonic clock. */
  readonly elapsedMs: () => number;
}

/**
 * Loads files of NBA.com statistics: every date whose rows are sound and whose content is new or
 * differs is replaced, together with the schedule that follows from it and its ledger records.
 */
export async function ingestFiles(request: IngestRequest): Promise<IngestReport> {
  const { warehouse, tables, files, allowShrink, runId, codeVersion, now } = request;
  const ledger = await readLedger(warehouse);
  const writer: RawWriter = { warehouse, ledger, runId, codeVersion, allowShrink, now };
  const sources: ReadSource[] = [];
  const loaded: RawReplacement[] = [];
  for (const content of ['player_box', 'shots'] as const) {
    const own = files.filter((file) => file.content === content);
    if (own.length === 0) continue;
    const source = await readSource(warehouse, content, own);
    sources.push(source);
    loaded.push(await planLoaded(writer, tables, source));
  }
  const moved = await findMovedGames(writer, files, sources, loaded);
  const settled = withoutDates(loaded, moved);
  const derived = await deriveSchedule(writer, tables, settled);
  // A date that would lose a game keeps its box scores too: they and the schedule are one thing.
  const lost = derived.flatMap(({ shrinkRefused }) => shrinkRefused);
  const replacements = withoutDates([...settled, ...derived], lost);
  const refused = [...sources.flatMap((source) => source.refused), ...moved];
  await warehouse.commit([
    ...replacements.flatMap((replacement) => replacementStatements(writer, replacement)),
    ...refusedRecords(writer, refused),
    ...dataKindStatements(request, await readDataKind(warehouse)),
    ...fileStatements(request, files, sources),
  ]);
  return {
    runId,
    dataKind: request.dataKind,
    files: files.map(({ name, content }) => ({
      name,
      content,
      rows: sources.find((source) => source.content === content)?.rowsByFile.get(name) ?? 0,
    })),
    tables: replacements.map(({ table, contents, changed }) => ({
      table: table.name,
      dates: contents.length,
      rows: contents.reduce((sum, { rows }) => sum + rows, 0),
      changedDates: changed.map(({ date }) => date),
    })),
    dropped: sources.flatMap((source) => source.dropped),
    rowsWithoutDistance: sources.reduce((sum, source) => sum + source.rowsWithoutDistance, 0),
    refused,
    shrinkRefused: replacements.flatMap((replacement) => replacement.shrinkRefused),
    seconds: request.elapsedMs() / 1000,
  };
}

/**
 * Finds out what some files hold; nothing of a warehouse is touched.
 * @param reader any open DuckDB.
 * @throws BadInput when one is not what it should be, or is simulated and should be real.
 */
export async function describeFiles(
  reader: DuckDbWarehouse,
  paths: readonly string[],
  dataKind: 'real' | 'simulated',
): Promise<readonly SourceFile[]> {
  const files: SourceFile[] = [];
  for (const path of paths) files.push(await describeSourceFile(reader, path));
  for (const [index, file] of files.entries()) {
    const twin = files.slice(0, index).find(({ sha256 }) => sha256 === file.sha256);
    if (twin) throw new BadInput(`"${file.path}" has the same content as "${twin.path}"`);
  }
  const simulated = files.find(isSimulated);
  if (dataKind === 'real' && simulated) {
    throw new BadInput(
      `"${simulated.path}" comes from the simulated league; load it with "backcourt ingest simulated"`,
    );
  }
  const unmarked = files.find((file) => !isSimulated(file));
  if (dataKind === 'simulated' && unmarked) {
    throw new BadInput(`"${unmarked.path}" does not come from the simulated league`);
  }
  return files;
}

/** @throws BadInput when the warehouse holds the other kind of data. */
export async function refuseMixing(
  warehouse: DuckDbWarehouse,
  dataKind: 'real' | 'simulated',
): Promise<void> {
  const held = await readDataKind(warehouse);
  if (held !== undefined && held !== dataKind) {
    throw new BadInput(
      `"${warehouse.location}" holds ${held} data; real and simulated never mix, use another --warehouse`,
    );
  }
}

async function planLoaded(
  writer: RawWriter,
  tables: TableRegistry,
  source: ReadSource,
): Promise<RawReplacement> {
  const table = tables.get(source.content);
  if (!table) throw new Error(`no processor for ${source.content}`);
  const { warehouse } = writer;
  if (source.content === 'player_box') {
    const staged = 'staged_player_box';
    await warehouse.stage(staged, await playerBoxSelect(warehouse, source));
    return planRawReplacement(writer, table, staged);
  }
  return planRawReplacement(writer, table, `(${shotsSelect(source)})`);
}

/** A refused date without older rows is recorded, so that nobody takes it for a day without games. */
function refusedRecords(writer: RawWriter, refused: readonly RefusedDate[]): readonly string[] {
  const byTable = new Map<string, RefusedDate[]>();
  for (const entry of refused) {
    if (entry.date === undated || (writer.ledger.get(entry.table, entry.date)?.rows ?? 0) > 0)
      continue;
    byTable.set(entry.table, [...(byTable.get(entry.table) ?? []), entry]);
  }
  return [...byTable].flatMap(([table, entries]) =>
    recordStatements(
      writer.warehouse.dialect,
      entries.map(({ date, violations }) => {
        const [first] = violations;
        const text = first ? `${first.file} row ${first.row}: ${first.rule}` : 'refused';
        return {
          ...emptyRecord(writer, table, date as GameDate),
          failure: { kind: 'bad_data', text },
        };
      }),
      writer.now,
    ),
  );
}

function dataKindStatements(request: IngestRequest, held: string | undefined): readonly string[] {
  if (held !== undefined) return [];
  const sql = request.warehouse.dialect;
  return [
    `INSERT INTO backcourt.warehouse (data_kind, created_at, format_version)
VALUES (${sql.string(request.dataKind)}, ${sql.timestamp(request.now)}, 1)`,
  ];
}

function fileStatements(
  request: IngestRequest,
  files: readonly SourceFile[],
  sources: readonly ReadSource[],
): readonly string[] {
  const sql = request.warehouse.dialect;
  const source = request.dataKind === 'real' ? 'nba-stats' : 'simulated';
  const values = files.map(
    (file) =>
      `(${[
        sql.string(request.runId),
        sql.string(source),
        sql.string(file.name),
        String(file.bytes),
        sql.string(file.sha256),
        sql.string(file.content),
        String(
          sources.find(({ content }) => content === file.content)?.rowsByFile.get(file.name) ?? 0,
        ),
        sql.timestamp(request.now),
      ].join(', ')})`,
  );
  return [
    `INSERT INTO backcourt.raw_files (run_id, source, file_name, bytes, sha256, content, row_count, ingested_at)
VALUES
${values.join(',\n')}`,
  ];
}
