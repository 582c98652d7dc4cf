import type { Column } from '../sql/column.ts';
import type { StoredTable } from '../table/table-definition.ts';
import type { EffectiveOptions } from '../table/table-option.ts';
import { textOf } from '../warehouse/text-of.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import { type MutableLedgerSnapshot, makeLedgerSnapshot } from './ledger-snapshot.ts';
import { ledgerFormatVersion } from './ledger-tables.ts';
import { partitionColumns, recordReader } from './read-partition-record.ts';
import { readRecordsText, recordsText } from './record-text.ts';
import { readWarehouseFacts } from './warehouse-options.ts';

/** Reads every partition record, or those of some tables. */
export async function readLedger(
  warehouse: Warehouse,
  tables?: readonly Pick<StoredTable, 'name'>[],
): Promise<MutableLedgerSnapshot> {
  return toLedger(await fetchLedger(warehouse, tables));
}

/** All records of each table as texts, which are quickly fetched and slowly read. */
export interface LedgerTexts {
  /** Options that belong to the warehouse. */
  readonly options: EffectiveOptions;
  readonly columns: readonly Column[];
  readonly tables: readonly { readonly records: number; readonly text: string }[];
}

/** What {@link toLedger} makes a ledger of. */
export async function fetchLedger(
  warehouse: Warehouse,
  only?: readonly Pick<StoredTable, 'name'>[],
): Promise<LedgerTexts> {
  const sql = warehouse.dialect;
  const { formatVersion, options } = await readWarehouseFacts(warehouse);
  const columns = partitionColumns(formatVersion ?? ledgerFormatVersion);
  const names = only?.map(({ name }) => sql.string(name)).join(', ');
  const fetched = await warehouse.query(`
SELECT COUNT(*) AS records, ${recordsText(columns, sql)} AS texts
FROM backcourt.partitions${names === undefined ? '' : `\nWHERE table_name IN (${names})`}
GROUP BY table_name`);
  return {
    options: options ?? {},
    columns,
    tables: fetched.map(({ records, texts }) => ({
      records: Number(records),
      text: String(texts),
    })),
  };
}

/** Makes the records of their texts. @throws when a text does not hold as many as were counted. */
export function toLedger({ columns, tables }: Omit<LedgerTexts, 'options'>): MutableLedgerSnapshot {
  const toRecord = recordReader(columns);
  return makeLedgerSnapshot(
    tables.flatMap(({ records, text }) => readRecordsText(text, records).map(toRecord)),
  );
}

/** `real`, `simulated`, or `undefined` before the first ingest. */
export async function readDataKind(warehouse: Warehouse): Promise<string | undefined> {
  const rows = await warehouse.query('SELECT data_kind FROM backcourt.warehouse');
  return textOf(rows[0]?.['data_kind']);
}
