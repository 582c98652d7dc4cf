import { firstYearDigitsOfLastCentury } from '../calendar/game-id.ts';
import { duckdbDialect as sql } from '../warehouse/sql/duckdb-dialect.ts';
import { fileRelation, type SourceColumn, type SourceFile } from './source-file.ts';

const integerType = /^U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?$/;

/** Reads single values out of a source file, whatever type the file gives them. */
export interface SourceValues {
  readonly relation: string;
  /** The row's number in its file, from 1, headings not counted. */
  readonly rowNumber: string;
  /** NULL when the file has no such column. */
  text(name: string): string;
  /** NULL when it is not a whole number. */
  integer(name: string): string;
  has(name: string): boolean;
}

export function sourceValues(file: SourceFile): SourceValues {
  const column = (name: string): SourceColumn | undefined => file.columns.get(name);
  const quoted = (found: SourceColumn) => `"${found.name.replaceAll('"', '""')}"`;
  const isParquet = /\.parquet$/i.test(file.path);
  return {
    relation: fileRelation(file.path),
    rowNumber: isParquet ? 'file_row_number + 1' : 'row_number() OVER ()',
    has: (name) => column(name) !== undefined,
    text: (name) => {
      const found = column(name);
      if (!found) return 'CAST(NULL AS VARCHAR)';
      return found.type === 'VARCHAR' ? quoted(found) : `CAST(${quoted(found)} AS VARCHAR)`;
    },
    integer: (name) => {
      const found = column(name);
      if (!found) return 'CAST(NULL AS BIGINT)';
      if (integerType.test(found.type)) return `TRY_CAST(${quoted(found)} AS BIGINT)`;
      return integerOf(`CAST(${quoted(found)} AS VARCHAR)`);
    },
  };
}

/**
 * A whole number, else NULL. "12.0" is how a table tool writes an integer column that has a gap;
 * "12.7" is no count.
 */
export function integerOf(text: string): string {
  const digits = `regexp_extract(${text}, '^[ +]*(-?\\d+)(\\.0*)? *$', 1)`;
  return `TRY_CAST(nullif(${digits}, '') AS BIGINT)`;
}

/** A date written `2024-01-26…` or `20240126`, else NULL. */
export function dateOf(text: string): string {
  return `CASE
      WHEN ${text}[5] = '-' THEN TRY_CAST(substr(${text}, 1, 10) AS DATE)
      ELSE TRY_CAST(concat(substr(${text}, 1, 4), '-', substr(${text}, 5, 2), '-', substr(${text}, 7, 2)) AS DATE)
    END`;
}

/** Seconds from `m:ss` (ss up to 60 occurs) or plain minutes; anything else NULL. */
export function secondsOf(text: string): string {
  return `CASE
      WHEN regexp_full_match(${text}, '\\d+:\\d{1,2}') AND CAST(split_part(${text}, ':', 2) AS BIGINT) <= 60
        THEN 60 * CAST(split_part(${text}, ':', 1) AS BIGINT) + CAST(split_part(${text}, ':', 2) AS BIGINT)
      WHEN regexp_full_match(${text}, '\\d+(\\.\\d*)?([eE][-+]?\\d+)?')
        THEN CAST(floor(TRY_CAST(${text} AS DOUBLE) * 60 + 0.5) AS BIGINT)
    END`;
}

/** TRUE or FALSE from a boolean, 0/1 or Y/N column; anything else NULL. */
export function boolOf(text: string): string {
  return `CASE upper(${text})
      WHEN 'TRUE' THEN TRUE WHEN 'T' THEN TRUE WHEN '1' THEN TRUE WHEN '1.0' THEN TRUE WHEN 'Y' THEN TRUE
      WHEN 'FALSE' THEN FALSE WHEN 'F' THEN FALSE WHEN '0' THEN FALSE WHEN '0.0' THEN FALSE WHEN 'N' THEN FALSE
    END`;
}

/** The 10-character NBA id; a copy may have lost its leading zeros, or gained a ".0". */
export function gameIdOf(text: string): string {
  const digits = `split_part(trim(${text}), '.', 1)`;
  return `CASE
      WHEN starts_with(${text}, '00') THEN ${text}
      WHEN length(${digits}) < 10 THEN lpad(${digits}, 10, '0')
      ELSE ${digits}
    END`;
}

/** First year of the season of a 10-character NBA id. */
export const seasonYear = `TRY_CAST(substr(nba_game_id, 4, 2) AS BIGINT)
      + CASE WHEN substr(nba_game_id, 4, 2) >= '${firstYearDigitsOfLastCentury}' THEN 1900 ELSE 2000 END`;

/**
 * The rules about dates, first cases of what a row may break. A date must belong to the season of
 * its game id: seasons have ended as late as October (2019-20) and begun as late as February
 * (1998-99); none leaves July to the October after next.
 */
export function dateRules(name: 'GAME_DATE' | 'game_date'): string {
  return `WHEN game_date IS NULL THEN 'unreadable ${name} "' || coalesce(date_text, '') || '"'
    WHEN game_date NOT BETWEEN make_date(season_year, 7, 1) AND make_date(season_year + 1, 10, 31)
      THEN '${name} ' || game_date || ' is outside season ' || season_year || ' of game ' || nba_game_id`;
}

/**
 * A moment written as ISO 8601, with a zone or `Z`; without one it is UTC. A bare day is no moment:
 * taken for midnight, it would make a late line an early one.
 */
export function timestampOf(text: string): string {
  const full = `regexp_replace(upper(trim(${text})), '^(.{10}[T ]\\d{2}:\\d{2})(Z|[+-].*)?$', '\\1:00\\2')`;
  return `CASE
      WHEN regexp_full_match(upper(trim(${text})), '\\d{4}-\\d{2}-\\d{2}[T ]\\d{2}:\\d{2}.*') THEN TRY_CAST(${full} AS TIMESTAMPTZ)
    END`;
}

export function quoteList(values: readonly string[]): string {
  return values.map((value) => sql.string(value)).join(', ');
}
