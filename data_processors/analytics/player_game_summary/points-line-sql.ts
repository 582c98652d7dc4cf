import type { SqlContext } from '../../../src/table/sql-context.ts';

/**
 * CTEs that end in `points_lines`: one line per (game_date, player_lookup).
 * Lines without a capture time are allowed here: this table describes the game itself.
 */
export function pointsLineCtes({ input }: SqlContext): string {
  return `
offered_lines AS (
  SELECT
    game_date,
    player_lookup,
    bookmaker,
    line,
    DENSE_RANK() OVER (
      PARTITION BY game_date, player_lookup
      ORDER BY
        CASE LOWER(bookmaker) WHEN 'draftkings' THEN 0 WHEN 'fanduel' THEN 1 ELSE 2 END,
        LOWER(bookmaker)
    ) AS book_order,
    RANK() OVER (
      PARTITION BY game_date, player_lookup, LOWER(bookmaker)
      ORDER BY captured_at DESC NULLS LAST
    ) AS capture_order
  FROM ${input('player_props')} AS prop
  WHERE market = 'points'
    AND (captured_at IS NULL OR tipoff_at IS NULL OR captured_at <= tipoff_at)
),
latest_lines AS (
  SELECT
    game_date,
    player_lookup,
    bookmaker,
    line,
    ROW_NUMBER() OVER (PARTITION BY game_date, player_lookup ORDER BY line, bookmaker) AS line_order,
    COUNT(*) OVER (PARTITION BY game_date, player_lookup) AS lines
  FROM offered_lines
  WHERE book_order = 1
    AND capture_order = 1
),
points_lines AS (
  SELECT game_date, player_lookup, bookmaker, line
  FROM latest_lines
  WHERE line_order = div(lines + 1, 2)
)`.trim();
}
