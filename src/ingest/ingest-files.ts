import { distrustStatements, type MendedDates } from '../ledger/distrust-readers.ts';
import { ledgerFormatVersion, rawFilesTable } from '../ledger/ledger-tables.ts';
import { readDataKind, readLedger } from '../ledger/read-ledger.ts';
import { loadedSource } from '../ledger/source-of-logs.ts';
import type { TableRegistry } from '../table/table-registry.ts';
import type { DuckDbWarehouse } from '../warehouse/duckdb/duckdb-warehouse.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import { BadInput } from './files/bad-input.ts';
import { refuseAllDamaged } from './files/describe-files.ts';
import type { DamagedFile, IngestReport } from './files/ingest-report.ts';
import { mergeSources } from './files/merge-sources.ts';
import { readSource } from './files/read-source.ts';
import type { ReadSource, SourceFile } from './files/source-content.ts';
import { findNotices } from './notices/find-notices.ts';
import { findMendedDates } from './raw/find-mended-dates.ts';
import { refusalStatements } from './raw/refusal-records.ts';
import {
  type BringStored,
  planRawReplacement,
  type RawReplacement,
  type RawWriter,
  type Rewrite,
  replacementStatements,
  rewrittenDates,
} from './raw/replace-raw-dates.ts';
import { vanishedDates, vanishedStatements } from './schedule/vanished-dates.ts';
import { settleReplacements } from './settle-replacements.ts';

export interface IngestRequest {
  readonly warehouse: DuckDbWarehouse;
  readonly tables: TableRegistry;
  readonly files: readonly SourceFile[];
  /** Files that are known not to be whole, for the report. */
  readonly damaged?: readonly DamagedFile[];
  readonly dataKind: 'real' | 'simulated';
  readonly allowShrink: boolean;
  readonly rewrite?: Rewrite | undefined;
  readonly runId: string;
  readonly codeVersion: string;
  /** UTC, ISO 8601. */
  readonly now: string;
  /** Milliseconds of a monotonic clock. */
  readonly elapsedMs: () => number;
  /** See {@link RawWriter.bringStored}. */
  readonly bringStored?: BringStored | undefined;
  /** See {@link RawWriter.standing}. */
  readonly standing?: Warehouse | undefined;
}

/**
 * Loads files of one source: every date whose rows are sound and whose content is new or differs is
 * replaced, together with the schedule that follows from it and its ledger records.
 * @throws BadInput when no file can be read to its end.
 */
export async function ingestFiles(request: IngestRequest): Promise<IngestReport> {
  const { warehouse, tables, files, allowShrink, runId, codeVersion, now } = request;
  // What is loaded is compared with raw tables alone; the records of all others are most of a ledger.
  const raw = tables.all.filter(({ dataset }) => dataset === 'nba_raw');
  const ledger = await readLedger(warehouse, raw);
  const { bringStored, standing, rewrite } = request;
  const stored = { bringStored, standing };
  const writer = { warehouse, ledger, runId, codeVersion, allowShrink, rewrite, now, ...stored };
  const sources: ReadSource[] = [];
  const damaged: DamagedFile[] = [...(request.damaged ?? [])];
  const loaded: RawReplacement[] = [];
  for (const [name, ofTable] of Map.groupBy(files, ({ content }) => content.table)) {
    const table = tables.table(name);
    const parts: ReadSource[] = [];
    for (const [content, own] of Map.groupBy(ofTable, (file) => file.content)) {
      const read = await readSource(warehouse, content, own, table.partition);
      damaged.push(...read.damaged);
      if (read.source) parts.push(read.source);
    }
    const [first, ...others] = parts;
    if (!first) continue;
    const source = await mergeSources(warehouse, [first, ...others], table.partition);
    sources.push(source);
    loaded.push(await planRawReplacement(writer, table, source.rows));
  }
  refuseAllDamaged(
    sources.flatMap((source) => source.files),
    damaged,
  );
  if (!allowShrink) refuseUntold(writer, sources, loaded);
  const settled = await settleReplacements(writer, tables, sources, loaded);
  const { replacements, moved, conflicts, shrinkRefused } = settled;
  const notices = await findNotices(writer, tables, sources, replacements);
  const vanished = vanishedDates(replacements);
  const mended: MendedDates[] = [];
  for (const replacement of replacements) mended.push(await findMendedDates(writer, replacement));
  const impossible = sources.flatMap((source) => source.refused);
  const refused = [...impossible, ...conflicts];
  const refusals = { sources, loaded, refused, replacements };
  await warehouse.commit([
    // These come first, for a date that is known again may be written in the same commit.
    ...(await refusalStatements(writer, tables, refusals)),
    ...replacements.flatMap((replacement) => replacementStatements(writer, replacement)),
    ...vanishedStatements(writer, tables, vanished),
    // The records of what is computed are not changed in a mirror, which has no rows of it.
    ...(standing
      ? []
      : mended.flatMap((dates) => distrustStatements(warehouse.dialect, tables, dates))),
    // Files of which nothing was used do not say what a new warehouse is to hold.
    ...(loaded.some(({ contents }) => contents.length > 0) || refused.length > 0
      ? dataKindStatements(request, await readDataKind(warehouse))
      : []),
    ...fileStatements(request, sources),
  ]);
  return {
    runId,
    dataKind: request.dataKind,
    files: files.map((file) => ({
      name: file.name,
      content: file.content.table,
      rows: rowsOf(sources, file),
    })),
    damaged,
    unused: sources.flatMap((source) => source.unused),
    tables: replacements.map((replacement) => ({
      table: replacement.table.name,
      dates: replacement.contents.length,
      rows: replacement.contents.reduce((sum, { rows }) => sum + rows, 0),
      changedDates: rewrittenDates(replacement),
    })),
    dropped: sources.flatMap((source) => source.dropped),
    droppedRows: sources.flatMap((source) => source.droppedRows),
    moved,
    vanishedDates: vanished,
    mended: mended.filter(({ dates }) => dates.length > 0),
    refused,
    shrinkRefused,
    notices,
    seconds: request.elapsedMs() / 1000,
  };
}

/**
 * A day without games may lie between the dates of a rewrite; one that rows are recorded of may not be
 * without rows in the files, for what stands there would only go.
 * @throws BadInput when it is, and when no file has a row of any of the dates.
 */
function refuseUntold(
  { rewrite, ledger }: RawWriter,
  sources: readonly ReadSource[],
  loaded: readonly RawReplacement[],
): void {
  const told = new Set([
    ...loaded.flatMap(({ contents }) => contents.map(({ date }) => date)),
    ...sources.flatMap(({ refused }) => refused.map(({ date }) => date)),
  ]);
  const untold = (rewrite?.dates ?? []).filter((date) => !told.has(date));
  const lost = untold.filter((date) =>
    loaded.some(({ table }) => ledger.get(table.name, date)?.rows),
  );
  const named = untold.length === rewrite?.dates?.length ? untold : lost;
  if (named.length === 0) return;
  throw new BadInput(
    `the files have no rows of ${named.join(', ')}; nothing was written. What stands there is removed with --allow-shrink`,
  );
}

/** @throws BadInput when the warehouse holds the other kind of data. */
export async function refuseMixing(
  warehouse: Warehouse,
  dataKind: 'real' | 'simulated',
): Promise<void> {
  const held = await readDataKind(warehouse);
  if (held !== undefined && held !== dataKind) {
    throw new BadInput(
      `"${warehouse.location}" holds ${held} data; real and simulated never mix, use another --warehouse`,
    );
  }
}

function dataKindStatements(request: IngestRequest, held: string | undefined): readonly string[] {
  if (held !== undefined) return [];
  const sql = request.warehouse.dialect;
  return [
    `INSERT INTO backcourt.warehouse (data_kind, created_at, format_version)
VALUES (${sql.string(request.dataKind)}, ${sql.timestamp(request.now)}, ${ledgerFormatVersion})`,
  ];
}

function rowsOf(sources: readonly ReadSource[], file: SourceFile): number {
  return sources.find(({ rowsByFile }) => rowsByFile.has(file))?.rowsByFile.get(file) ?? 0;
}

function fileStatements(request: IngestRequest, sources: readonly ReadSource[]): readonly string[] {
  const sql = request.warehouse.dialect;
  const sourceName = ({ content }: SourceFile) =>
    loadedSource(content.source, request.dataKind === 'simulated');
  const rows = sources.flatMap((source) =>
    source.files.map((file) => [
      request.runId,
      sourceName(file),
      file.name,
      String(file.bytes),
      file.sha256,
      file.content.table,
      String(source.rowsByFile.get(file) ?? 0),
      request.now,
    ]),
  );
  const { dataset, name, columns } = rawFilesTable;
  return [sql.insertTexts(`${dataset}.${name}`, columns, rows)];
}
