import { firstYearDigitsOfLastCentury } from '../../calendar/game-id.ts';
import { duckdbDialect as sql } from '../../sql/duckdb-dialect.ts';

/** Blanks, as files have them around values. */
const blanks = "' \t\r\n\u00a0\ufeff'";

/** A text without blanks around it; NULL when it is empty or says that there is nothing. */
export function givenText(text: string): string {
  return `CASE WHEN ${isGiven(text)} THEN trim(${text}, ${blanks}) END`;
}

/** TRUE for a text that is more than blanks, a dash or a word for nothing. */
export function isGiven(text: string): string {
  return `NOT regexp_matches(${text}, '^[\\s\\pZ]*(-+|–|—|\\.|\\\\N|#?n/?a|n\\.a\\.|nan|nat|none|nil|\\(?null\\)?|undefined|<na>)?[\\s\\pZ]*$', 'i')`;
}

/**
 * The digits of a whole number, else NULL. "12.0" is how a table tool writes an integer column that has a
 * gap, "12,0" where the comma stands before the tenths; "12.7" is no count, and "12,000" may be either.
 */
export function wholeDigits(text: string): string {
  return `nullif(regexp_extract(${text}, '^[\\s\\pZ+]*(-?\\d+)(\\.0*|,00?)?[\\s\\pZ]*$', 1), '')`;
}

/** A number with a point where a comma or half signs stand before the tenths, and a minus of any kind. */
export function withPoint(text: string): string {
  return `replace(replace(replace(${text}, '½', '.5'), ',', '.'), '−', '-')`;
}

/** {@link wholeDigits} as a number. */
export function integerOf(text: string): string {
  return `TRY_CAST(${wholeDigits(text)} AS BIGINT)`;
}

/** Digits in groups of three; with points there are several groups, for one may be a fraction. */
const grouped =
  "'[\\s\\pZ]*(\\d{1,3}([,''\\pZ]\\d{3})+|\\d{1,3}(\\.\\d{3}){2,})(\\.0*)?[\\s\\pZ]*'";

/** A number written with its exponent. */
const exponential = "'^[\\s\\pZ]*(\\d)\\.(\\d+)[eE]\\+?0*(\\d+)[\\s\\pZ]*$'";

/**
 * The digits of an id as they were before a table tool wrote them, else NULL: blanks around them, a ".0",
 * an apostrophe in front, `="…"`, groups of three, an exponent with every digit. Digits that are lost or rounded cannot
 * be restored.
 */
export function idDigits(text: string): string {
  const part = (index: number) => `regexp_extract(${text}, ${exponential}, ${index})`;
  return `coalesce(
      nullif(regexp_extract(${text}, '^[\\s\\pZ]*(?:=[\\s]*"|["''])?[\\s]*(\\d+)(?:\\.0*|,00?)?[\\s]*["'']?[\\s\\pZ]*$', 1), ''),
      CASE
        WHEN regexp_full_match(${text}, ${grouped}) THEN regexp_replace(regexp_replace(${text}, '\\.0{0,2}[\\s\\pZ]*$', ''), '\\D', '', 'g')
        WHEN CAST(length(${part(2)}) AS VARCHAR) = ${part(3)} THEN concat(${part(1)}, ${part(2)})
      END
    )`;
}

/** The id of a player or team, else NULL. */
export function idOf(text: string): string {
  return `CAST(TRY_CAST(${idDigits(text)} AS INTEGER) AS BIGINT)`;
}

/**
 * The 10-character id of a game, else NULL: {@link idDigits} with the two zeros that every game of the NBA
 * begins with, or one of them, put back. Ten digits of another league of the NBA (10, 13 to 16, 20) are read, and
 * dropped by kind; any other ten are of another site.
 */
export function gameIdOf(text: string): string {
  const digits = idDigits(text);
  return `CASE
      WHEN regexp_full_match(${text}, '00[1-9]\\d{7}') THEN ${text}
      WHEN regexp_full_match(${digits}, '00[1-9]\\d{7}|(1[03-6]|20)[1-9]\\d{7}') THEN ${digits}
      WHEN regexp_full_match(${digits}, '0?[1-6]\\d{7}') THEN lpad(${digits}, 10, '0')
    END`;
}

/** What logs write in the place of minutes for a player who did not play. */
const notPlayed =
  "'^\\s*(dnp|dnd|nwt|did not|not with|inactive|not yet submitted|suspended|player suspended)\\b'";

/** Blanks, and what a table tool puts around a text so that it stays one: `'34:12`, `="34:12"`. */
export const around = `${blanks.slice(0, -1)}''="'`;

/** The text of a playing time; NULL when it says that there is none. */
export function minutesText(text: string): string {
  return `CASE WHEN ${isGiven(text)} AND NOT regexp_matches(${text}, ${notPlayed}, 'i') THEN trim(${text}, ${around}) END`;
}

/**
 * Seconds of playing time from `m:ss` (ss up to 60 occurs, and minutes with zeros behind a point), plain
 * minutes with a point or comma, `h:mm:ss` with or without `0 days`, ISO 8601 (`PT34M12.00S`); of a
 * fraction the nearest. Anything else is NULL.
 */
export function secondsOf(text: string): string {
  const part = (index: number) => `TRY_CAST(split_part(${text}, ':', ${index}) AS DOUBLE)`;
  const iso = (unit: string) =>
    `coalesce(TRY_CAST(nullif(replace(regexp_extract(${text}, '([0-9.,]+)${unit}', 1, 'i'), ',', '.'), '') AS DOUBLE), 0)`;
  const hours = `TRY_CAST(regexp_extract(${text}, '(\\d+):', 1) AS DOUBLE)`;
  return `TRY_CAST(floor(0.5 + CASE
      WHEN regexp_full_match(${text}, '\\d+(\\.0*)?:\\d{2}(\\.\\d*)?')
        THEN CASE WHEN ${part(2)} <= 60 THEN 60 * ${part(1)} + ${part(2)} END
      WHEN regexp_full_match(${text}, '\\d+([.,]\\d*)?')
        THEN 60 * TRY_CAST(replace(${text}, ',', '.') AS DOUBLE)
      WHEN regexp_full_match(${text}, '(0 days?,? )?\\+?\\d+:\\d{2}:\\d{2}(\\.\\d*)?')
        THEN CASE WHEN ${part(2)} < 60 AND ${part(3)} <= 60 THEN 3600 * ${hours} + 60 * ${part(2)} + ${part(3)} END
      WHEN regexp_full_match(${text}, 'P(0D)?T(\\d+H)?(\\d+M)?(\\d+([.,]\\d*)?S)?', 'i') AND regexp_matches(${text}, '[HMS]$', 'i')
        THEN 3600 * ${iso('H')} + 60 * ${iso('M')} + ${iso('S')}
    END) AS BIGINT)`;
}

/** TRUE or FALSE from a boolean, 0/1 or Y/N column; anything else NULL. */
export function boolOf(text: string): string {
  return `CASE upper(${text})
      WHEN 'TRUE' THEN TRUE WHEN 'T' THEN TRUE WHEN '1' THEN TRUE WHEN '1.0' THEN TRUE WHEN 'Y' THEN TRUE
      WHEN 'FALSE' THEN FALSE WHEN 'F' THEN FALSE WHEN '0' THEN FALSE WHEN '0.0' THEN FALSE WHEN 'N' THEN FALSE
    END`;
}

/** First year of the season of a 10-character NBA id. */
export const seasonYear = `TRY_CAST(substr(nba_game_id, 4, 2) AS BIGINT)
      + CASE WHEN substr(nba_game_id, 4, 2) >= '${firstYearDigitsOfLastCentury}' THEN 1900 ELSE 2000 END`;

/** Writes texts as SQL literals, separated by commas. */
export function quoteList(values: readonly string[]): string {
  return values.map((value) => sql.string(value)).join(', ');
}
