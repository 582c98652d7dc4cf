import { type GameDate, gameDate } from '../../calendar/game-date.ts';
import { rememberReplaced } from '../../ledger/change-statements.ts';
import type { LedgerSnapshot } from '../../ledger/ledger-snapshot.ts';
import { dropRecords, onDates, recordStatements } from '../../ledger/ledger-statements.ts';
import { type PartitionRecord, wasWritten } from '../../ledger/partition-record.ts';
import { qualifiedName, type StoredTable } from '../../table/table-definition.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';
import type { ShrinkRefusal } from '../files/ingest-report.ts';
import { type PartitionContent, partitionContents } from './partition-contents.ts';

/** Says that stored rows are replaced whatever the ledger says of them. */
export interface Rewrite {
  /** The dates of the files that are loaded; all of them unless given. */
  readonly dates: readonly GameDate[] | undefined;
}

/** Brings stored rows of dates that are about to be rewritten to where they are looked for. */
export type BringStored = (dates: readonly GameDate[]) => Promise<void>;

export interface RawWriter {
  readonly warehouse: Warehouse;
  readonly ledger: LedgerSnapshot;
  readonly runId: string;
  readonly codeVersion: string;
  readonly allowShrink: boolean;
  readonly rewrite?: Rewrite | undefined;
  /** UTC, ISO 8601. */
  readonly now: string;
  /** Where the warehouse at hand is the mirror of another one, and lacks rows of it. */
  readonly bringStored?: BringStored | undefined;
  /** Where the stored rows are, if that is not the warehouse at hand. */
  readonly standing?: Warehouse | undefined;
}

/** What ingest will do to one raw table: only dates whose content is new or differs are rewritten. */
export interface RawReplacement {
  readonly table: StoredTable;
  readonly relation: string;
  readonly contents: readonly PartitionContent[];
  readonly changed: readonly PartitionContent[];
  /** Dates of a derived table whose rows stand as they are, and follow from other inputs than recorded. */
  readonly confirmed: readonly PartitionContent[];
  /** What derived rows follow from; none for a table that is loaded. */
  readonly fingerprints: ReadonlyMap<GameDate, string>;
  /** Dates that lose their last row, and their record with it. */
  readonly emptied: readonly GameDate[];
  readonly shrinkRefused: readonly ShrinkRefusal[];
}

export interface ReplacedDates {
  /** Dates that the relation speaks for even where it has no row; those of its rows unless given. */
  readonly dates?: readonly GameDate[];
  /** Rows that a date may lose: those of games that move to another one. */
  readonly mayLose?: ReadonlyMap<GameDate, number>;
  /** What the rows of each date follow from; given for a derived table. */
  readonly fingerprints?: ReadonlyMap<GameDate, string>;
}

/** Compares a staged relation with the records of its table. */
export async function planRawReplacement(
  writer: RawWriter,
  table: StoredTable,
  relation: string,
  { dates = [], mayLose = new Map(), fingerprints = new Map() }: ReplacedDates = {},
): Promise<RawReplacement> {
  const { rewrite } = writer;
  const only = rewrite?.dates && new Set(rewrite.dates);
  const all = await partitionContents(writer.warehouse, table, relation);
  const contents = only ? all.filter(({ date }) => only.has(date)) : all;
  const standing = await standingRows(writer, table, contents);
  const changed: PartitionContent[] = [];
  const confirmed: PartitionContent[] = [];
  const shrinkRefused: ShrinkRefusal[] = [];
  for (const content of contents) {
    const record = writer.ledger.get(table.name, content.date);
    const isKnown = record?.state === 'done' && record.dataHash === content.dataHash;
    // Rows that came or went behind the ledger's back are replaced, and all of a rewrite.
    const stands = standing ? (standing.get(content.date) ?? 0) === content.rows : true;
    if (isKnown && stands && !rewrite) {
      if (record.fingerprint !== fingerprints.get(content.date)) confirmed.push(content);
      continue;
    }
    const refusal = shrinkRefusal(content.date, content.rows);
    if (refusal) shrinkRefused.push(refusal);
    else changed.push(content);
  }
  const emptied: GameDate[] = [];
  const present = new Set(contents.map(({ date }) => date));
  for (const date of dates) {
    if (present.has(date) || (only && !only.has(date))) continue;
    if (!writer.ledger.get(table.name, date)?.rows) continue;
    const refusal = shrinkRefusal(date, 0);
    if (refusal) shrinkRefused.push(refusal);
    else emptied.push(date);
  }
  for (const [date, rows] of rewrite ? (standing ?? []) : []) {
    const isRecorded = writer.ledger.get(table.name, date) !== undefined;
    if (isRecorded || present.has(date) || (only && !only.has(date))) continue;
    if (writer.allowShrink) emptied.push(date);
    else shrinkRefused.push({ table: table.name, date, storedRows: rows, newRows: 0 });
  }
  return {
    ...{ table, relation, contents, changed, confirmed, fingerprints },
    ...{ emptied, shrinkRefused },
  };

  function shrinkRefusal(date: GameDate, newRows: number): ShrinkRefusal | undefined {
    const storedRows = writer.ledger.get(table.name, date)?.rows ?? 0;
    const shrinks = newRows + (mayLose.get(date) ?? 0) < storedRows;
    return shrinks && !writer.allowShrink
      ? { table: table.name, date, storedRows, newRows }
      : undefined;
  }
}

/**
 * Rows that stand on the dates of some contents, and for a rewrite on all dates. A mirror has not all of them:
 * `undefined`.
 */
async function standingRows(
  { warehouse, bringStored, rewrite }: RawWriter,
  table: StoredTable,
  contents: readonly PartitionContent[],
): Promise<ReadonlyMap<GameDate, number> | undefined> {
  const [first, last] = [contents[0]?.date, contents.at(-1)?.date];
  if (bringStored) return undefined;
  if (!rewrite && (first === undefined || last === undefined)) return new Map();
  const { dialect: sql } = warehouse;
  const range =
    rewrite || first === undefined || last === undefined
      ? 'TRUE'
      : `${table.partition} >= ${sql.date(first)} AND ${table.partition} <= ${sql.date(last)}`;
  const rows = await warehouse.query(`
SELECT CAST(${table.partition} AS STRING) AS partition_date, COUNT(*) AS row_count
FROM ${qualifiedName(table)}
WHERE ${range}
GROUP BY ${table.partition}`);
  return new Map(
    rows.map((row) => [gameDate(String(row['partition_date'])), Number(row['row_count'])]),
  );
}

/** Every date that a replacement rewrites. */
export function rewrittenDates({ changed, emptied }: RawReplacement): readonly GameDate[] {
  return [...changed.map(({ date }) => date), ...emptied].sort();
}

/** Takes some dates out of the replacements of all tables. */
export function withoutDates(
  replacements: readonly RawReplacement[],
  kept: ReadonlySet<GameDate>,
): readonly RawReplacement[] {
  if (kept.size === 0) return replacements;
  return replacements.map((replacement) => ({
    ...replacement,
    changed: replacement.changed.filter(({ date }) => !kept.has(date)),
    confirmed: replacement.confirmed.filter(({ date }) => !kept.has(date)),
    emptied: replacement.emptied.filter((date) => !kept.has(date)),
  }));
}

/** Statements that replace the changed dates and their records. */
export function replacementStatements(
  writer: RawWriter,
  replacement: RawReplacement,
): readonly string[] {
  const { table, relation, changed, confirmed, emptied } = replacement;
  const { ledger, runId, now } = writer;
  const sql = writer.warehouse.dialect;
  const target = qualifiedName(table);
  const given = new Map(changed.map(({ date, dataHash }) => [date, dataHash]));
  // A date that is made again as it is recorded may have been damaged, and what was damaged was never known.
  const stood = rewrittenDates(replacement).filter((date) => {
    const record = ledger.get(table.name, date);
    return wasWritten(record) && record.dataHash !== given.get(date);
  });
  const columns = table.columns.map(({ name }) => name).join(', ');
  const dates = changed.map(({ date }) => date);
  return [
    ...(stood.length > 0
      ? [
          rememberReplaced(
            sql,
            {
              table,
              where: onDates(sql, table.partition, stood),
              by:
                changed.length > 0 ? relation : `(SELECT * FROM ${target} AS standing WHERE FALSE)`,
            },
            { runId, now },
          ),
        ]
      : []),
    ...(changed.length + emptied.length > 0
      ? [
          `DELETE FROM ${target} WHERE ${onDates(sql, table.partition, rewrittenDates(replacement))}`,
        ]
      : []),
    ...(changed.length > 0
      ? [
          `INSERT INTO ${target} (${columns})
SELECT ${columns}
FROM ${relation} AS staged
WHERE ${onDates(sql, table.partition, dates)}`,
        ]
      : []),
    ...(emptied.length > 0 ? forgetStatements(writer, table.name, emptied) : []),
    ...recordStatements(
      sql,
      ledger,
      [
        ...changed.map((content) => doneRecord(writer, replacement, content)),
        ...confirmed.map((content) => confirmedRecord(writer, replacement, content)),
      ],
      { runId, now },
    ),
  ];
}

/** Removes the records of dates on which nothing stands any more and nothing should. */
export function forgetStatements(
  { warehouse, ledger, runId, now }: RawWriter,
  table: string,
  dates: readonly GameDate[],
): readonly string[] {
  return dropRecords(warehouse.dialect, ledger, table, dates, { runId, now });
}

function doneRecord(
  writer: RawWriter,
  { table, fingerprints }: RawReplacement,
  { date, rows, dataHash }: PartitionContent,
): PartitionRecord {
  return {
    ...emptyRecord(writer, table.name, date),
    ...{ state: 'done', rows, dataHash },
    fingerprint: fingerprints.get(date),
  };
}

/** The record of rows that stand as they are: nobody has attempted to write them. */
function confirmedRecord(
  writer: RawWriter,
  replacement: RawReplacement,
  content: PartitionContent,
): PartitionRecord {
  const { attempts = 1 } = writer.ledger.get(replacement.table.name, content.date) ?? {};
  return { ...doneRecord(writer, replacement, content), attempts };
}

/** A raw record with nothing in it yet. */
export function emptyRecord(writer: RawWriter, table: string, date: GameDate): PartitionRecord {
  return {
    table,
    date,
    state: 'failed',
    reason: undefined,
    rows: 0,
    excluded: 0,
    dataHash: undefined,
    keyHash: undefined,
    fingerprint: undefined,
    options: '{}',
    codeVersion: writer.codeVersion,
    runId: writer.runId,
    attempts: (writer.ledger.get(table, date)?.attempts ?? 0) + 1,
    failure: undefined,
    warnings: [],
    seconds: 0,
    secondsIsShare: true,
  };
}
