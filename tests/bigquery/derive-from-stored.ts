import { gameDate } from '../../src/calendar/game-date.ts';
import type { PartitionContent } from '../../src/ingest/raw/partition-contents.ts';
import { planRawReplacement, type RawWriter } from '../../src/ingest/raw/replace-raw-dates.ts';
import { deriveSchedule } from '../../src/ingest/schedule/derive-schedule.ts';
import { makeLedgerSnapshot } from '../../src/ledger/ledger-snapshot.ts';
import { onDates } from '../../src/ledger/ledger-statements.ts';
import type { TableRegistry } from '../../src/table/table-registry.ts';
import type { Warehouse } from '../../src/warehouse/warehouse.ts';

const datesAtOnce = 7;

/**
 * Dates, rows and hashes of what follows from the box scores and shots that stand in a warehouse,
 * some dates at a time: GoogleSQL's server takes small messages only.
 */
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
  const rows = await warehouse.query(
    'SELECT DISTINCT CAST(game_date AS STRING) AS day FROM nba_raw.player_box ORDER BY day',
  );
  const days = rows.map(({ day }) => gameDate(String(day)));
  const contents: PartitionContent[] = [];
  for (let first = 0; first < days.length; first += datesAtOnce) {
    const some = onDates(warehouse.dialect, 'game_date', days.slice(first, first + datesAtOnce));
    const loaded = [];
    for (const name of ['player_box', 'shots']) {
      const table = tables.get(name);
      if (!table) throw new Error(`no table ${name}`);
      const columns = table.columns.map((column) => column.name).join(', ');
      await warehouse.stage(
        `given_${name}`,
        `SELECT ${columns} FROM nba_raw.${name} WHERE ${some}`,
      );
      loaded.push(await planRawReplacement(writer, table, `given_${name}`));
    }
    const derived = await deriveSchedule(writer, tables, loaded, []);
    contents.push(...derived.flatMap((replacement) => replacement.contents));
  }
  return contents;
}
