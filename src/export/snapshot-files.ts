import { createHash } from 'node:crypto';
import type { GameDate } from '../calendar/game-date.ts';
import type { LedgerSnapshot } from '../ledger/ledger-snapshot.ts';
import type { SqlDialect } from '../sql/sql-dialect.ts';
import type { TableDefinition } from '../table/table-definition.ts';
import { undatedPartition } from '../window/window.ts';
import { exportSelect } from './export-select.ts';

/** One file of a snapshot: the rows of a table and month. */
export interface SnapshotFile {
  readonly table: string;
  /** `2023-11`, or `undated` for a table without dates. */
  readonly month: string;
  /** Below the folder of the snapshot. It carries a hash of all that decides the rows: another name, other rows. */
  readonly path: string;
  readonly rows: number;
  /** Dates with rows. */
  readonly dates: number;
  readonly first: GameDate;
  readonly last: GameDate;
}

/** A file that can be written. */
export interface PlannedFile {
  readonly file: SnapshotFile;
  readonly select: string;
}

/** The files that a snapshot of what is recorded has, by table and month. */
export function snapshotFiles(
  tables: readonly TableDefinition[],
  ledger: LedgerSnapshot,
  sql: SqlDialect,
): readonly PlannedFile[] {
  return tables.flatMap((table) => {
    const records = [...ledger.of(table.name).values()]
      .filter(({ rows }) => rows > 0)
      .sort((a, b) => (a.date < b.date ? -1 : 1));
    const months = Map.groupBy(records, ({ date }) =>
      date === undatedPartition ? 'undated' : date.slice(0, 7),
    );
    return [...months].flatMap(([month, own]) => {
      const [first, last] = [own[0]?.date, own.at(-1)?.date];
      if (first === undefined || last === undefined) return [];
      const select = exportSelect(sql, {
        ...{ table, format: 'parquet', start: first, end: last },
        ...{ withLabels: false, exact: false, defaultsAsNull: false },
      });
      const hash = createHash('sha256').update(select);
      for (const { date, dataHash } of own) hash.update(`\n${date} ${dataHash}`);
      const path = `${table.name}/${month}-${hash.digest('hex').slice(0, 16)}.parquet`;
      const rows = own.reduce((sum, record) => sum + record.rows, 0);
      const file = { table: table.name, month, path, rows, dates: own.length, first, last };
      return [{ file, select }];
    });
  });
}

/** TRUE for the name of a file that a snapshot has made, whole or cut short, in the folder of a table. */
export function isSnapshotName(name: string): boolean {
  return /^(\d{4}-\d{2}|undated)-[0-9a-f]{16}\.parquet(\.partial-.*)?$/.test(name);
}
