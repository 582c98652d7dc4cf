import type { TableRegistry } from '../../table/table-registry.ts';
import type { IngestNotice } from '../files/ingest-report.ts';
import type { ReadSource } from '../files/source-content.ts';
import { futureRows } from '../raw/future-rows.ts';
import type { RawReplacement, RawWriter } from '../raw/replace-raw-dates.ts';
import { boxNotices, nameNotices } from './box-notices.ts';
import { chartNotices } from './chart-notices.ts';
import { gamelessNotices } from './gameless-notices.ts';
import { lineNotices } from './line-notices.ts';
import type { Loaded } from './loaded.ts';
import { repeatedBoxNotices } from './repeated-box-notices.ts';
import { reportNotices } from './report-notices.ts';
import { scheduleNotices } from './schedule-notices.ts';
import { seasonNotices } from './season-notices.ts';
import { shotNotices } from './shot-notices.ts';

/**
 * Finds what is accepted and may still not be what its owner believes: told with its number, refused by
 * nobody.
 */
export async function findNotices(
  writer: RawWriter,
  tables: TableRegistry,
  sources: readonly ReadSource[],
  replacements: readonly RawReplacement[],
): Promise<readonly IngestNotice[]> {
  const loaded: Loaded = {
    writer,
    source: (name) => sources.find(({ table }) => table === name),
    futureDates: (name) => {
      const replaced = replacements.find(({ table }) => table.name === name);
      const stored = [...writer.ledger.of(name).values()].filter(({ rows }) => rows > 0);
      const dates = new Set(stored.map(({ date }) => date));
      for (const { date } of replaced?.changed ?? []) dates.add(date);
      for (const date of replaced?.emptied ?? []) dates.delete(date);
      return dates;
    },
    future: (name) => `${futureRows(writer.warehouse.dialect, tables.table(name), replacements)}`,
  };
  const found: IngestNotice[] = sources.flatMap(({ table, files }) =>
    files.flatMap(({ name, isUtc, isDayFirst, isNumbered, isUntimed }) =>
      [
        ...(isUtc ? (['read_as_utc'] as const) : []),
        ...(isDayFirst ? (['read_day_first'] as const) : []),
        ...(isUntimed ? (['read_without_times'] as const) : []),
        ...(isNumbered ? (['read_as_numbers'] as const) : []),
      ].map((kind) => ({ kind, table, count: 1, examples: [name] })),
    ),
  );
  for (const find of [
    boxNotices,
    repeatedBoxNotices,
    nameNotices,
    shotNotices,
    chartNotices,
    scheduleNotices,
    seasonNotices,
    lineNotices,
    gamelessNotices,
    reportNotices,
  ]) {
    found.push(...(await find(loaded)));
  }
  return found;
}
