/** A relation with one row per player and date, and the names of its columns. */
export interface NamedPlayers {
  /** It has `universal_player_id`. */
  readonly relation: string;
  /** The column of the date. */
  readonly date: string;
  /** The column of his lookup as it was in his latest game. */
  readonly latest: string;
}

const markOf = (row: string) => `'_' || ${row}.universal_player_id`;

/** Ids are decimal texts; written equally long they are in the order of the numbers. */
const orderOf = (row: string) => `LPAD(${row}.universal_player_id, 20, '0')`;

/** A lookup without the id that tells a player from a namesake. Nothing but that mark has an underscore. */
const sharedOf = (row: string, latest: string) => `REPLACE(${row}.${latest}, ${markOf(row)}, '')`;

/**
 * CTEs that end in `first_namesakes`: for each date on which players of the relation share a lookup, and each such
 * lookup, the smallest id. Namesakes are few; to number all rows of a lookup would cost more than what is computed of them.
 */
export function namesakeCtes({ relation, date, latest }: NamedPlayers): string {
  const shared = sharedOf('known', latest);
  return `namesakes AS (
  SELECT shared_lookup
  FROM (
    SELECT DISTINCT universal_player_id, ${shared} AS shared_lookup
    FROM ${relation} AS known
  ) AS lookups
  GROUP BY shared_lookup
  HAVING COUNT(*) > 1
),
first_namesakes AS (
  SELECT
    known.${date} AS on_date,
    namesakes.shared_lookup,
    MIN(${orderOf('known')}) AS first_id
  FROM ${relation} AS known
  INNER JOIN namesakes
    ON namesakes.shared_lookup = ${shared}
  GROUP BY known.${date}, namesakes.shared_lookup
)`;
}

/** Join of the rows of the relation to `first_namesakes`, for {@link lookupOnDate}. */
export function joinNamesakes({ relation, date, latest }: NamedPlayers): string {
  return `LEFT JOIN first_namesakes
    ON first_namesakes.on_date = ${relation}.${date}
    AND first_namesakes.shared_lookup = ${sharedOf(relation, latest)}`;
}

/**
 * The lookup of a player among the rows of a date, whatever it was on the date of his latest game: of those who share
 * one the smallest id has it, the others have it with `_<id>`.
 */
export function lookupOnDate({ relation, latest }: NamedPlayers): string {
  const shared = sharedOf(relation, latest);
  return `CASE
      WHEN first_namesakes.first_id <> ${orderOf(relation)} THEN ${shared} || ${markOf(relation)}
      ELSE ${shared}
    END`;
}
