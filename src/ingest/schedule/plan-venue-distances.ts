import { milesBetween } from '../../league/arenas.ts';
import { places } from '../../league/places.ts';
import type { StoredTable } from '../../table/table-definition.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';
import { undatedPartition } from '../../window/window.ts';
import {
  planRawReplacement,
  type RawReplacement,
  type RawWriter,
} from '../raw/replace-raw-dates.ts';
import { coordinatesOf } from './venue-at.ts';

const staged = 'staged_venue_distances';

/**
 * Distances from and to every venue that is no known place, of the warehouse and of the rows that come:
 * to all known places, to each other and to itself. `undefined` when there is no such venue.
 */
export async function planVenueDistances(
  writer: RawWriter,
  table: StoredTable,
  entries: RawReplacement,
): Promise<RawReplacement | undefined> {
  const venues = await knownVenues(writer.warehouse, entries);
  if (venues.length === 0) return undefined;
  const sql = writer.warehouse.dialect;
  const rows = distanceRows(venues).map(({ from, to, miles }) => [
    sql.string(from),
    sql.string(to),
    String(miles),
  ]);
  await writer.warehouse.stage(
    staged,
    `SELECT
  venue_a,
  venue_b,
  CAST(miles AS ${sql.typeName({ kind: 'INT64' })}) AS miles,
  ${sql.date(undatedPartition)} AS partition_date
FROM ${sql.constants('distance', ['venue_a', 'venue_b', 'miles'], rows)}`,
  );
  return planRawReplacement(writer, table, staged);
}

async function knownVenues(
  warehouse: Warehouse,
  { relation }: RawReplacement,
): Promise<readonly string[]> {
  const rows = await warehouse.query(`
SELECT venue FROM ${relation} AS entry WHERE venue IS NOT NULL
UNION DISTINCT
SELECT venue_a AS venue FROM nba_raw.venue_distances
ORDER BY venue`);
  return rows
    .map(({ venue }) => String(venue))
    .filter((venue) => coordinatesOf(venue) !== undefined && !isKnown(venue));
}

function isKnown(venue: string): boolean {
  return places.some((place) => place.venue === venue);
}

function distanceRows(
  venues: readonly string[],
): readonly { readonly from: string; readonly to: string; readonly miles: number }[] {
  const all = new Map(places.map(({ venue, lat, lon }) => [venue, { lat, lon }]));
  const known = [...all.keys()];
  for (const venue of venues) all.set(venue, coordinatesOf(venue) ?? { lat: 0, lon: 0 });
  const between = (from: string, to: string) => {
    const [a, b] = [all.get(from), all.get(to)];
    if (!a || !b) throw new Error(`no coordinates of ${from} or ${to}`);
    return { from, to, miles: Math.round(milesBetween(a, b)) };
  };
  return venues.flatMap((venue) => [
    ...[...all.keys()].map((other) => between(venue, other)),
    ...known.map((place) => between(place, venue)),
  ]);
}
