import type { GameDate } from '../calendar/game-date.ts';
import type { Column } from '../sql/column.ts';
import { partitionsTable } from './ledger-tables.ts';
import type { FailureKind, PartitionRecord } from './partition-record.ts';
import { soundRecord } from './record-damage.ts';
import { readRecordText } from './record-text.ts';

/** The format that brought a column which the first did not have. */
const columnsSince: ReadonlyMap<string, number> = new Map([
  ['input_hashes', 2],
  ['projection_hashes', 3],
  ['hash_version', 6],
]);

/** The columns of `partitions` that a ledger of this format has. */
export function partitionColumns(formatVersion: number): readonly Column[] {
  const { columns } = partitionsTable;
  return columns.filter(({ name }) => formatVersion >= (columnsSince.get(name) ?? 1));
}

const noWarnings: readonly string[] = [];

/** Makes records of the texts of rows of `partitions`, damaged ones as failed. @param columns of the text, in its order. */
export function recordReader(columns: readonly Column[]): (text: string) => PartitionRecord {
  const place = (name: string) => columns.findIndex((column) => column.name === name);
  const at = {
    table: place('table_name'),
    date: place('partition_date'),
    state: place('state'),
    reason: place('reason'),
    rows: place('row_count'),
    excluded: place('excluded_count'),
    dataHash: place('data_hash'),
    keyHash: place('key_hash'),
    projectionHashes: place('projection_hashes'),
    hashVersion: place('hash_version'),
    fingerprint: place('fingerprint'),
    inputHashes: place('input_hashes'),
    options: place('options'),
    codeVersion: place('code_version'),
    runId: place('run_id'),
    attempts: place('attempts'),
    failureKind: place('failure_kind'),
    failureText: place('failure_text'),
    warnings: place('warnings'),
    seconds: place('seconds'),
    secondsIsShare: place('seconds_is_share'),
    recordedAt: place('recorded_at'),
  };
  return (text) => {
    const fields = readRecordText(columns, text);
    const field = (index: number) => fields[index] ?? '';
    const failureKind = fields[at.failureKind] as FailureKind | undefined;
    const warnings = field(at.warnings);
    const parsed = warnings === '[]' ? noWarnings : parseWarnings(warnings);
    const record: PartitionRecord = {
      table: field(at.table),
      date: field(at.date) as GameDate,
      state: field(at.state) as PartitionRecord['state'],
      reason: fields[at.reason],
      rows: Number(field(at.rows)),
      excluded: Number(field(at.excluded)),
      dataHash: fields[at.dataHash],
      keyHash: fields[at.keyHash],
      projectionHashes: fields[at.projectionHashes],
      hashVersion: Number(fields[at.hashVersion] ?? 1),
      fingerprint: fields[at.fingerprint],
      inputHashes: fields[at.inputHashes],
      options: field(at.options),
      codeVersion: field(at.codeVersion),
      runId: field(at.runId),
      attempts: Number(field(at.attempts)),
      failure: failureKind && { kind: failureKind, text: field(at.failureText) },
      warnings: parsed ?? noWarnings,
      seconds: Number(field(at.seconds)),
      secondsIsShare: field(at.secondsIsShare) === 'true',
      recordedAt: isoTime(fields[at.recordedAt]),
    };
    return soundRecord(record, parsed === undefined ? warnings : undefined);
  };
}

/** @returns `undefined` for what is no list of texts. */
function parseWarnings(text: string): readonly string[] | undefined {
  try {
    const parsed: unknown = JSON.parse(text);
    const isList = Array.isArray(parsed) && parsed.every((entry) => typeof entry === 'string');
    return isList ? parsed : undefined;
  } catch {
    return undefined;
  }
}

/** `2023-11-15 12:00:00.5+00` as `2023-11-15T12:00:00Z`. */
function isoTime(value: string | undefined): string | undefined {
  return value === undefined ? undefined : `${value.slice(0, 10)}T${value.slice(11, 19)}Z`;
}
