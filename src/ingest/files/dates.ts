import { knownSeasons, leagueDays } from '../../calendar/known-seasons.ts';
import { duckdbDialect as sql } from '../../sql/duckdb-dialect.ts';
import type { DuckDbWarehouse } from '../../warehouse/duckdb/duckdb-warehouse.ts';
import { fileValues } from './file-values.ts';
import { epoch, isoOfNumber } from './numbered-dates.ts';
import type { SourceFile } from './source-content.ts';
import { around } from './source-values.ts';

/** The zone by which the league dates its games. */
const leagueZone = 'America/New_York';

/** A day, a time and a zone as ISO 8601 and its relatives write them. */
const zonedTime =
  "'\\s*\\d{4}-\\d{2}-\\d{2}[T ]\\d{2}:\\d{2}(:\\d{2}(\\.\\d+)?)? ?(Z|UTC|GMT|[+-]\\d{2}(:?\\d{2})?)\\s*'";

/** Midnight by UTC: how a day is written by tools that know moments only. */
const midnightByUtc =
  "'\\s*\\d{4}-\\d{2}-\\d{2}[T ]00:00(:00(\\.0+)?)? ?(Z|UTC|GMT|[+-]00(:?00)?)\\s*'";

/** A time between midnight and eleven behind a day, midnight itself left out; with one digit or two, of 24 hours or AM. */
const atNight =
  "'.{10}[T ](0[1-9]|10):\\d{2}.*|.{10}[T ]00:.*[1-9].*|\\S+[T ]+((0?[1-9]|10):\\d{2}(:\\d{2}(\\.\\d*)?)?( ?am)?|00?:\\d*[1-9]\\d*(:.*)?|12:(0[1-9]|[1-5]\\d)(:\\d{2})? ?am)'";

/** Midnight behind a day, without a zone. */
const atMidnight = "'\\s*\\S{6,10}[T ]+(00?:00(:00(\\.0+)?)?( ?am)?|12:00(:00(\\.0+)?)? ?am)\\s*'";

/** Forms that `try_strptime` may find; the month comes before the day, as in the league's own country. */
const otherForms = [
  '%m/%d/%y',
  '%m/%d/%Y',
  '%m-%d-%Y',
  '%m/%d/%Y %H:%M:%S',
  '%m/%d/%Y %H:%M',
  '%m/%d/%Y %I:%M:%S %p',
  '%m/%d/%Y %I:%M %p',
  '%b %d, %Y',
  '%B %d, %Y',
  '%b %d %Y',
  '%a %b %d %Y',
  '%a, %b %d, %Y',
  '%A, %B %d, %Y',
  '%Y/%m/%d',
  // Two digits first: four of them would be read as the year 24.
  '%d-%b-%y',
  '%d-%b-%Y',
  '%d %b %Y',
  '%d %B %Y',
  '%d.%m.%Y',
  '%Y.%m.%d',
  '%b. %d, %Y',
  // Of what a table tool has put an apostrophe or a formula around.
  '%Y-%m-%d',
  '%Y-%m-%d %H:%M:%S',
  '%Y-%m-%dT%H:%M:%S',
];

/**
 * A day as files write it, else NULL: `2024-01-26`, `20240126`, `JAN 26, 2024`, `01/26/2024` …, with or
 * without a time behind it, which says nothing. Words that the engine takes for days, `infinity` and `epoch`, are none.
 */
export function dayOf(text: string): string {
  return `CASE
      WHEN ${text}[5] = '-' THEN TRY_CAST(substr(${text}, 1, 10) AS DATE)
      WHEN regexp_full_match(${text}, '\\d{8}(\\.0*)?')
        THEN TRY_CAST(concat(substr(${text}, 1, 4), '-', substr(${text}, 5, 2), '-', substr(${text}, 7, 2)) AS DATE)
      WHEN regexp_matches(${text}, '\\d')
        THEN CAST(try_strptime(trim(${text}, ${around}), [${otherForms.map((form) => sql.string(form)).join(', ')}]) AS DATE)
    END`;
}

/**
 * The US Eastern date of a game, else NULL: that of {@link dayOf}, and of a moment with a zone the day on
 * which it is in the East. A time at night without a zone is no Eastern tip-off, and whose it is nobody says.
 */
export function dateOf(text: string, { isDay, isTimed }: ColumnClock = noClock): string {
  return `CASE
      WHEN length(${text}) <= 10 OR substr(${text}, 11) IN ('T00:00:00', ' 00:00:00') AND NOT (${isTimed}) THEN ${dayOf(text)}
      WHEN regexp_full_match(${text}, ${zonedTime}, 'i') AND NOT (${isDay})
        THEN ${easternDate(momentOf(text))}
      WHEN regexp_full_match(trim(${text}), ${atNight}, 'i') AND NOT (${isDay}) THEN NULL
      WHEN regexp_full_match(${text}, ${atMidnight}, 'i') AND ${isTimed} THEN NULL
      ELSE ${dayOf(text)}
    END`;
}

/** What to say of a text that {@link dateOf} cannot read, after the text itself; empty where nothing helps. */
export function unreadableDateHint(text: string): string {
  return `CASE WHEN regexp_full_match(trim(${text}), ${atNight}, 'i') OR regexp_full_match(${text}, ${atMidnight}, 'i') THEN ': a time at night without a zone; if it is UTC, write a Z behind it' ELSE '' END`;
}

/** How files write the days of a column, as SQL conditions over `file_index`. */
export interface ColumnClock {
  /** Every moment is midnight by UTC, so that days are meant: taken for moments, they would all be the evening before. */
  readonly isDay: string;
  /** At least half have times of no zone, and not one cell that is odd in any case: midnight is one of them, for at eight in the evening in the East it is midnight by UTC. */
  readonly isTimed: string;
}

const noClock: ColumnClock = { isDay: 'FALSE', isTimed: 'FALSE' };

/** Finds out how each file writes the days of a column. */
export async function columnClock(
  reader: DuckDbWarehouse,
  files: readonly SourceFile[],
  column: string,
): Promise<ColumnClock> {
  const found = { isDay: [-1], isTimed: [-1] };
  for (const [index, file] of files.entries()) {
    const source = fileValues(file);
    const text = source.text(column);
    const [first] = await reader.query(
      `SELECT regexp_matches(${text}, '[T ]\\d{1,2}:') AS has_time FROM ${source.relation} LIMIT 1`,
    );
    if (first?.['has_time'] !== true) continue;
    const isTime = `regexp_matches(day, '[T ]\\d{1,2}:') AND NOT is_midnight AND NOT regexp_full_match(day, ${zonedTime}, 'i')`;
    const [all] = await reader.query(`
SELECT
  bool_and(regexp_full_match(day, ${midnightByUtc}, 'i')) AS is_day,
  count_if(${isTime}) > 0 AND count_if(${isTime}) >= count_if(is_midnight) AS is_timed
FROM (
  SELECT day, regexp_full_match(day, ${atMidnight}, 'i') OR regexp_full_match(day, ${midnightByUtc}, 'i') AS is_midnight
  FROM (SELECT DISTINCT ${text} AS day FROM ${source.relation}) AS written
) AS days`);
    if (all?.['is_day'] === true) found.isDay.push(index);
    if (all?.['is_timed'] === true) found.isTimed.push(index);
  }
  const anyOf = (places: readonly number[]) => `file_index IN (${places.join(', ')})`;
  return { isDay: anyOf(found.isDay), isTimed: anyOf(found.isTimed) };
}

function momentOf(text: string): string {
  const full = `regexp_replace(upper(trim(${text})), '^(.{10}[T ]\\d{2}:\\d{2})( ?(Z|UTC|GMT|[+-].*| E[SD]?T))?$', '\\1:00\\2')`;
  return `TRY_CAST(regexp_replace(${full}, ' ?\\(?E[SD]?T\\)?$', ' ${leagueZone}') AS TIMESTAMPTZ)`;
}

/**
 * A moment written as ISO 8601, with a zone or `Z`; without one it is UTC. Or as the number of {@link isoOfNumber}. A bare day is no moment:
 * taken for midnight, it would make a late line an early one.
 */
export function timestampOf(text: string): string {
  return `CASE
      WHEN regexp_full_match(upper(trim(${text})), '\\d{4}-\\d{2}-\\d{2}[T ]\\d{2}:\\d{2}.*') THEN ${momentOf(text)}
      WHEN regexp_full_match(${text}, ${epoch}) THEN TRY_CAST(${isoOfNumber(text)} AS TIMESTAMPTZ)
    END`;
}

/**
 * The date of a game that has a tip-off as well: one that is that of the tip-off by UTC is meant so, and the
 * Eastern one follows from the moment.
 */
export function easternGameDate(date: string, tipoff: string): string {
  return `CASE
      WHEN CAST(timezone('UTC', ${tipoff}) AS DATE) = ${date} THEN ${easternDate(tipoff)}
      ELSE ${date}
    END`;
}

/** The US Eastern date of a moment. */
export function easternDate(moment: string): string {
  return `CAST(timezone('${leagueZone}', ${moment}) AS DATE)`;
}

/** A time of the wall clock in the East, as a moment written with its zone; NULL for what is none. */
export function easternMoment(wallClock: string): string {
  return `strftime(timezone('UTC', timezone('${leagueZone}', TRY_CAST(${wallClock} AS TIMESTAMP))), '%Y-%m-%dT%H:%M:%SZ')`;
}

/** The US Eastern hour of a moment, 0 to 23. */
export function easternHour(moment: string): string {
  return `hour(timezone('${leagueZone}', ${moment}))`;
}

/**
 * SQL condition: a game of this season can have been played on `game_date`. Seasons have ended as late as
 * October (2019-20) and begun as late as February (1998-99); none leaves July to the October after next,
 * and those whose calendar is built in share no day with another one.
 */
export function possibleDate(season: string): string {
  const others = [...knownSeasons].map(
    ([year, { start, end }]) =>
      `(${season} <> ${year} AND game_date BETWEEN ${sql.date(start)} AND ${sql.date(end)})`,
  );
  return `game_date BETWEEN make_date(${season}, 7, 1) AND make_date(${season} + 1, 10, 31)
      AND NOT (${others.join('\n        OR ')})`;
}

/** TRUE for a date that the league can have played on. */
export function isLeagueDate(date: string): string {
  return `${date} BETWEEN ${sql.date(leagueDays.first)} AND ${sql.date(leagueDays.last)}`;
}
