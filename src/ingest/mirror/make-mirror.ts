import { addDays, type GameDate, gameDate } from '../../calendar/game-date.ts';
import { bringRows, type Route } from '../../copy/bring-rows.ts';
import { onDates } from '../../ledger/ledger-statements.ts';
import { partitionsTable, warehouseTable } from '../../ledger/ledger-tables.ts';
import { readLedger } from '../../ledger/read-ledger.ts';
import type { StoredTable } from '../../table/table-definition.ts';
import type { DuckDbWarehouse } from '../../warehouse/duckdb/duckdb-warehouse.ts';
import { undatedPartition } from '../../window/window.ts';
import { withSoundFiles } from '../files/sound-files.ts';
import type { IngestRequest } from '../ingest-files.ts';
import type { BringStored } from '../raw/replace-raw-dates.ts';
import { seasonReachDays } from '../schedule/season-reach.ts';

/** Tables whose stored rows an ingest compares with, besides those of the dates that it rewrites. */
const comparedTables = [
  'player_box',
  'schedule_entries',
  'schedule',
  'game_results',
  'venue_distances',
];

/** The largest table; its stored rows are only read where a date is rewritten, or has no box score. */
const readOnDemand = 'shots';

/**
 * Fills an empty DuckDB with what an ingest of some files looks at in another warehouse: all records,
 * and the rows of the raw tables it compares with, within reach of the files' dates.
 * @returns what brings the other rows of the dates that turn out to be rewritten.
 */
export async function makeMirror(
  route: Route & { readonly target: DuckDbWarehouse },
  { files, tables }: Pick<IngestRequest, 'files' | 'tables'>,
): Promise<BringStored> {
  const { target: mirror } = route;
  for (const table of [warehouseTable, partitionsTable]) await bringRows(route, table, 'TRUE');
  const ledger = await readLedger(mirror);
  const there = new Set<string>();

  async function bring(table: StoredTable, isAsked: (date: GameDate) => boolean): Promise<void> {
    const dates = [...ledger.of(table.name).values()]
      .filter(({ date, rows }) => rows > 0 && isAsked(date) && !there.has(`${table.name} ${date}`))
      .map(({ date }) => date);
    if (dates.length === 0) return;
    await bringRows(route, table, onDates(route.source.dialect, table.partition, dates));
    for (const date of dates) there.add(`${table.name} ${date}`);
  }

  // On which dates the files have games is told by the schedule.
  if (files.some(({ shape }) => shape.gamesElsewhere)) {
    await bring(tables.table('schedule'), () => true);
  }
  const reach = await reachOf(mirror, files, tables);
  for (const name of comparedTables) {
    await bring(tables.table(name), (date) => date === undatedPartition || reach(date));
  }
  const table = tables.table(readOnDemand);
  // Shots of a day without a box score may be of a game that the files have on another day.
  await bring(table, (date) => reach(date) && !ledger.get('player_box', date)?.rows);
  return async (dates) => {
    const asked = new Set(dates);
    for (const name of [...comparedTables, readOnDemand]) {
      await bring(tables.table(name), (date) => asked.has(date));
    }
  };
}

/** TRUE for the dates that a game of the files may stand on already. */
async function reachOf(
  reader: DuckDbWarehouse,
  files: IngestRequest['files'],
  tables: IngestRequest['tables'],
): Promise<(date: GameDate) => boolean> {
  const days: GameDate[] = [];
  for (const [content, own] of Map.groupBy(files, (file) => file.content)) {
    const partition = tables.get(content.table)?.partition;
    if (partition === undefined) continue;
    const { result: row } = await withSoundFiles(reader, own, async (readable) => {
      const [reached] = await reader.query(`
SELECT CAST(MIN(${partition}) AS STRING) AS first_day, CAST(MAX(${partition}) AS STRING) AS last_day
FROM (${await content.read(reader, readable)}) AS given`);
      return reached;
    });
    for (const day of [row?.['first_day'], row?.['last_day']]) {
      if (typeof day === 'string') days.push(gameDate(day));
    }
  }
  const sorted = days.filter((day) => day !== undatedPartition).sort();
  const [first, last] = [sorted[0], sorted.at(-1)];
  if (first === undefined || last === undefined) return () => false;
  const [from, to] = [addDays(first, -seasonReachDays), addDays(last, seasonReachDays)];
  return (date) => from <= date && date <= to;
}
