/**
 * SQL condition: a capture of an offer was not after the tip-off that the schedule has, nor after that of the
 * offer's own file; what is unknown holds nothing against it.
 */
export function capturedInTime(offer: string, game: string): string {
  return `COALESCE(${offer}.captured_at <= ${offer}.tipoff_at, TRUE)
    AND COALESCE(${offer}.captured_at <= ${game}.tipoff_at, TRUE)`;
}

/**
 * CTEs that end in `points_lines`: one line per `key` and date (game_date, key, bookmaker, line).
 * DraftKings, then FanDuel, then other books alphabetically; within a book the latest capture; of
 * several lines left the median, lower of two.
 * @param key column that names the player.
 * @param offered SELECT of the usable lines: (game_date, key, bookmaker, line, captured_at).
 */
export function pointsLineCtes(key: string, offered: string): string {
  return `
usable_lines AS (${offered}
),
ordered_lines AS (
  SELECT
    game_date,
    ${key},
    bookmaker,
    line,
    DENSE_RANK() OVER (
      PARTITION BY game_date, ${key}
      ORDER BY
        CASE LOWER(bookmaker) WHEN 'draftkings' THEN 0 WHEN 'fanduel' THEN 1 ELSE 2 END,
        LOWER(bookmaker)
    ) AS book_order,
    RANK() OVER (
      PARTITION BY game_date, ${key}, LOWER(bookmaker)
      ORDER BY captured_at DESC NULLS LAST
    ) AS capture_order
  FROM usable_lines
),
latest_lines AS (
  SELECT
    game_date,
    ${key},
    bookmaker,
    line,
    ROW_NUMBER() OVER (PARTITION BY game_date, ${key} ORDER BY line, bookmaker) AS line_order,
    COUNT(*) OVER (PARTITION BY game_date, ${key}) AS lines
  FROM ordered_lines
  WHERE book_order = 1
    AND capture_order = 1
),
points_lines AS (
  SELECT game_date, ${key}, bookmaker, line
  FROM latest_lines
  WHERE line_order = div(lines + 1, 2)
)`.trim();
}
