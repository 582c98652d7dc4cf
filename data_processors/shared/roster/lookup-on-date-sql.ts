/**
 * The lookup of a player among the rows of a date, whatever it was on the date of his latest game: of those who share
 * one the smallest id has it, the others have it with `_<id>`.
 * @param row alias of a relation with `universal_player_id` and `player_lookup`.
 * @param date expression of the date of a row.
 */
export function lookupOnDate(row: string, date: string): string {
  const mark = `'_' || ${row}.universal_player_id`;
  // Nothing but the mark has an underscore.
  const shared = `REPLACE(${row}.player_lookup, ${mark}, '')`;
  // Ids are decimal texts: the longer is the larger.
  const order = `LENGTH(${row}.universal_player_id), ${row}.universal_player_id`;
  return `CASE
      WHEN ROW_NUMBER() OVER (PARTITION BY ${date}, ${shared} ORDER BY ${order}) = 1 THEN ${shared}
      ELSE ${shared} || ${mark}
    END`;
}
