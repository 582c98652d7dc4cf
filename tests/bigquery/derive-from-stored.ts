import { deriveSchedule } from '../../src/ingest/derive-schedule.ts';
import type { PartitionContent } from '../../src/ingest/partition-contents.ts';
import { planRawReplacement, type RawWriter } from '../../src/ingest/replace-raw-dates.ts';
import { makeLedgerSnapshot } from '../../src/ledger/ledger-snapshot.ts';
import type { TableRegistry } from '../../src/table/table-registry.ts';
import type { Warehouse } from '../../src/warehouse/warehouse.ts';

/** Dates, rows and hashes of what follows from the box scores and shots that stand in a warehouse. */
export async function deriveFromStored(
  tables: TableRegistry,
  warehouse: Warehouse,
): Promise<readonly PartitionContent[]> {
  const writer: RawWriter = {
    warehouse,
    ledger: makeLedgerSnapshot([]),
    runId: 'again',
    codeVersion: 'test',
    allowShrink: false,
    now: '2026-01-01T00:00:00Z',
  };
  const loaded = [];
  for (const name of ['player_box', 'shots']) {
    const table = tables.get(name);
    if (!table) throw new Error(`no table ${name}`);
    await warehouse.stage(`given_${name}`, `SELECT * FROM nba_raw.${name}`);
    loaded.push(await planRawReplacement(writer, table, `given_${name}`));
  }
  const derived = await deriveSchedule(writer, tables, loaded);
  return derived.flatMap(({ contents }) => contents);
}
