import { bool, date, float64, int64, string, timestamp } from '../sql/column.ts';
import type { StoredTable } from '../table/table-definition.ts';

/** A table of the ledger. */
export type LedgerTable = Pick<StoredTable, 'name' | 'dataset' | 'columns' | 'purpose'>;

const neverWritten = { nullWhen: 'no rows were ever written' } as const;
const notFailed = { nullWhen: 'the last attempt did not fail' } as const;

/** Grows when the ledger gets a column or a table; `upgrade-ledger.ts` brings older ledgers up to it. */
export const ledgerFormatVersion = 7;

/** What kind of data a warehouse holds; real and simulated never mix. */
export const warehouseTable: LedgerTable = {
  name: 'warehouse',
  dataset: 'backcourt',
  purpose: 'One row: what kind of data this warehouse holds, and the options that belong to it.',
  columns: [
    string('data_kind', 'real or simulated'),
    timestamp('created_at', 'first ingest'),
    int64('format_version', 'version of the ledger layout'),
    string('options', 'options set with `backcourt config`, as JSON', {
      nullWhen: 'none was ever set, or made before format 4 and not written to since',
    }),
    timestamp('changes_from', 'changes before this time are not remembered, UTC', {
      nullWhen: 'none was forgotten, or made before format 5 and not written to since',
    }),
    timestamp('history_from', 'what raw tables held before this time is not known any more, UTC', {
      nullWhen: 'all is known, or made before format 7 and not written to since',
    }),
  ],
};

export const runsTable: LedgerTable = {
  name: 'runs',
  dataset: 'backcourt',
  purpose: 'One row per run that may write. A killed run has no end.',
  columns: [
    string('run_id', 'UTC start time and a random part'),
    string('verb', 'ingest, run, retry, copy, config or prune'),
    string('request', 'what was asked for, as JSON'),
    string('code_version', 'version of the package'),
    string('who', 'user and host'),
    string('reason', 'given with --reason', { nullWhen: 'not given' }),
    timestamp('started_at', 'UTC'),
    timestamp('finished_at', 'UTC', { nullWhen: 'still running, or killed' }),
    int64('exit_code', 'exit code of the command', { nullWhen: 'still running, or killed' }),
    string('summary', 'counts by outcome, as JSON', { nullWhen: 'still running, or killed' }),
  ],
};

export const partitionsTable: LedgerTable = {
  name: 'partitions',
  dataset: 'backcourt',
  purpose:
    'One row per table and date that was ever attempted. It commits together with the rows of the date.',
  columns: [
    string('table_name', 'table'),
    date('partition_date', 'date'),
    string('state', 'done, empty or failed'),
    string('reason', 'why empty', { nullWhen: 'done or failed', freeText: true }),
    int64('row_count', 'rows that stand in the table for the date'),
    int64('excluded_count', 'entities left out, see exclusions'),
    string(
      'data_hash',
      '16 hex of the MD5 of the sum of the row hashes of the date, the first 15 hex digits of each taken as a number; of a raw table the rows are hashed for it',
      {
        ...neverWritten,
      },
    ),
    string('key_hash', 'the same over the keys alone', {
      nullWhen: 'no rows, or no table reads the keys alone',
    }),
    string(
      'projection_hashes',
      'projection → the same over some columns that a later table reads, as JSON; a projection is named by 8 hex of the SHA-256 of its columns, sorted, with commas between',
      {
        nullWhen: 'no rows, or no table reads some columns alone, or recorded before format 3',
      },
    ),
    int64(
      'hash_version',
      'how rows and date were hashed: 1 SHA-256 with the names of columns, 2 MD5 of the values',
      {
        nullWhen: 'recorded before format 6, and hashed in the first way',
      },
    ),
    string('fingerprint', 'of definition, options and inputs at the last success', {
      nullWhen: 'never succeeded, or a raw table that is loaded',
    }),
    string(
      'input_hashes',
      'input table → 8 hex of what the windows of the unit read of it, as JSON',
      { nullWhen: 'never succeeded, a raw table, or recorded before format 2' },
    ),
    string('options', 'effective options that change rows, as JSON'),
    string('code_version', 'package version and definition version'),
    string('run_id', 'run of the last attempt'),
    int64('attempts', 'attempts so far'),
    string('failure_kind', 'upstream_missing, bad_data, check_failed, transient or bug', notFailed),
    string('failure_text', 'the error', { ...notFailed, freeText: true }),
    string('warnings', 'checks of severity warn that did not hold, as JSON', { freeText: true }),
    float64('seconds', 'time of the last attempt', { unit: 'seconds' }),
    bool('seconds_is_share', 'the time is the share of a batch, by rows'),
    timestamp('recorded_at', 'UTC time of this record'),
  ],
};

export const exclusionsTable: LedgerTable = {
  name: 'exclusions',
  dataset: 'backcourt',
  purpose: 'Entities that got no row on a date, with the reason.',
  columns: [
    string('table_name', 'table'),
    date('partition_date', 'date'),
    string('entity', 'team or player: the key without the date'),
    string('reason_code', 'INSUFFICIENT_DATA or BELOW_QUALITY_THRESHOLD'),
  ],
};

export const formerPartitionsTable: LedgerTable = {
  name: 'former_partitions',
  dataset: 'backcourt',
  purpose:
    'One row per record of `partitions` that another one took the place of, or that went with its rows: what stood there until then.',
  columns: [
    ...partitionsTable.columns,
    string(
      'replaced_by',
      'run that replaced or removed it; `none` where something else took its rows away',
    ),
    timestamp('replaced_at', 'UTC; it was in force until then'),
    bool(
      'is_end',
      'what stands there now did not come of its rows: they went as a whole, or there were none',
    ),
  ],
};

export const changesTable: LedgerTable = {
  name: 'changes',
  dataset: 'backcourt',
  purpose:
    'One row per row that a commit added to, changed in or removed from a date that was written before. `backcourt changes` holds it against what stands there now.',
  columns: [
    string('table_name', 'table'),
    date('partition_date', 'date'),
    string('row_key', 'the key without the date'),
    string('change', 'added, changed or removed; a raw row that changed was removed and added'),
    string(
      'former',
      'column → former value as text, as JSON: the columns that came out different, or all of a removed row; of computed tables as the row hash writes it',
      { nullWhen: 'the row was added', freeText: true },
    ),
    string('row_hash', 'of a raw row that was added or removed: MD5 of its values', {
      nullWhen: 'a row of a computed table',
    }),
    string('run_id', 'run that changed it'),
    timestamp('changed_at', 'UTC'),
  ],
};

export const rawFilesTable: LedgerTable = {
  name: 'raw_files',
  dataset: 'backcourt',
  purpose: 'One row per file and ingest.',
  columns: [
    string('run_id', 'run that read it'),
    string('source', 'as given to `ingest`: nba-stats, schedule, …'),
    string('file_name', 'name without folder'),
    int64('bytes', 'size of the file'),
    string('sha256', 'content hash of the file'),
    string('content', 'raw table that the file fills'),
    int64('row_count', 'rows in the file'),
    timestamp('ingested_at', 'UTC'),
  ],
};

export const ledgerTables: readonly LedgerTable[] = [
  warehouseTable,
  runsTable,
  partitionsTable,
  exclusionsTable,
  changesTable,
  formerPartitionsTable,
  rawFilesTable,
];
