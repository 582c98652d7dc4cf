import { arenas, milesBetween } from '../../../src/league/arenas.ts';
import { places } from '../../../src/league/places.ts';
import type { SqlDialect } from '../../../src/sql/sql-dialect.ts';
import type { SqlContext } from '../../../src/table/sql-context.ts';

/**
 * Relation (venue_a, venue_b, miles): whole miles of every ordered pair of different venues. Between known
 * places they are constants, whatever is loaded.
 */
export function venueMilesSql({ sql, input }: SqlContext): string {
  const known = places.map(({ venue }) => sql.string(venue)).join(', ');
  const pairs = places.flatMap((a) =>
    places
      .filter((b) => b !== a)
      .map((b) => [
        sql.string(a.venue),
        sql.string(b.venue),
        String(Math.round(milesBetween(a, b))),
      ]),
  );
  return `
  SELECT venue_a, venue_b, miles
  FROM ${sql.constants('place_pair', ['venue_a', 'venue_b', 'miles'], pairs)}
  UNION ALL
  SELECT venue_a, venue_b, miles
  FROM ${input('venue_distances')} AS other_venue
  WHERE venue_a NOT IN (${known})
    OR venue_b NOT IN (${known})`;
}

/** Relation (team_abbr, from_season, to_season, venue): where a team is at home. */
export function homeArenas(sql: SqlDialect, alias: string): string {
  return sql.constants(
    alias,
    ['team_abbr', 'from_season', 'to_season', 'venue'],
    arenas.map(({ team, fromSeasonYear, toSeasonYear, venue }) => [
      sql.string(team),
      String(fromSeasonYear),
      String(toSeasonYear),
      sql.string(venue),
    ]),
  );
}

/** Relation (venue, standard_offset, dst_hours): UTC offset of a known place, and what summer adds to it. */
export function timeZones(sql: SqlDialect, alias: string): string {
  return sql.constants(
    alias,
    ['venue', 'standard_offset', 'dst_hours'],
    places.map(({ venue, standardUtcOffset, observesDst }) => [
      sql.string(venue),
      String(standardUtcOffset),
      observesDst ? '1' : '0',
    ]),
  );
}

/**
 * TRUE from the second Sunday of March to the day before the first Sunday of November: the second
 * Sunday has come when the last one was the 8th or later.
 */
export function daylightSavingTime(sql: SqlDialect, date: string): string {
  const month = sql.datePart('MONTH', date);
  const day = sql.datePart('DAY', date);
  // Four days are added because 1970-01-01 was a Thursday.
  const lastSunday = `${day} - MOD(unix_date(${date}) + 4, 7)`;
  return `(${month} BETWEEN 4 AND 10
      OR ${month} = 3 AND ${lastSunday} >= 8
      OR ${month} = 11 AND ${lastSunday} < 1)`;
}
