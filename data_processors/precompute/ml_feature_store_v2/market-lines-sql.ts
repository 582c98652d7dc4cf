import { markets } from '../../../src/league/markets.ts';
import type { SqlContext } from '../../../src/table/sql-context.ts';
import { lineKnownBefore } from '../../shared/lines/line-known-before.ts';
import { lineColumns } from './line-features.ts';

/**
 * CTEs that end in `lined`: for each player of a date who has lines, `<market>_<column>` of {@link lineColumns}. Until
 * then a market is a value and no column, so that one pass over the offers and one over his games do for all.
 */
export function marketLineCtes(context: SqlContext): string {
  const { sql, input } = context;
  const names = markets.map(({ name }) => sql.string(name)).join(', ');
  const reached = markets.map(
    ({ name, columns }) =>
      `WHEN ${sql.string(name)} THEN ${columns.map((column) => `game.${column}`).join(' + ')}`,
  );
  const overShare = sql.units(
    sql.ratio(
      sql.units('under_price', 4),
      `${sql.units('over_price', 4)} + ${sql.units('under_price', 4)}`,
      6,
    ),
    6,
  );
  const middle = (place: string, count: string) => `${place} = div(${count} + 1, 2)`;
  return `offers AS (
  SELECT
    upcoming.game_date,
    upcoming.season_year,
    upcoming.universal_player_id,
    prop.market,
    LOWER(prop.bookmaker) AS book,
    prop.captured_at,
    prop.line,
    prop.over_price,
    prop.under_price,
    DENSE_RANK() OVER (
      PARTITION BY upcoming.game_date, upcoming.universal_player_id, prop.market, LOWER(prop.bookmaker)
      ORDER BY prop.captured_at DESC NULLS LAST
    ) AS from_last,
    DENSE_RANK() OVER (
      PARTITION BY upcoming.game_date, upcoming.universal_player_id, prop.market, LOWER(prop.bookmaker)
      ORDER BY prop.captured_at NULLS LAST
    ) AS from_first,
    ROW_NUMBER() OVER (
      PARTITION BY upcoming.game_date, upcoming.universal_player_id, prop.market, LOWER(prop.bookmaker), prop.captured_at
      ORDER BY prop.line, prop.over_price NULLS LAST, prop.under_price NULLS LAST
    ) AS line_order,
    COUNT(*) OVER (
      PARTITION BY upcoming.game_date, upcoming.universal_player_id, prop.market, LOWER(prop.bookmaker), prop.captured_at
    ) AS lines
  FROM target_dates
  INNER JOIN ${input('upcoming_player_game_context')} AS upcoming
    ON upcoming.game_date = target_dates.analysis_date
  INNER JOIN ${input('schedule')} AS game
    ON game.nba_game_id = upcoming.nba_game_id
    AND game.game_date = upcoming.game_date
  INNER JOIN ${input('player_props')} AS prop
    ON prop.game_date = upcoming.game_date
    AND prop.player_lookup = upcoming.player_lookup
  WHERE prop.market IN (${names})
    AND ${lineKnownBefore(context, 'prop', 'game', 'upcoming.game_date')}
),
book_lines AS (
  SELECT
    game_date,
    season_year,
    universal_player_id,
    market,
    book,
    MAX(CASE WHEN from_last = 1 THEN line END) AS line,
    MAX(CASE WHEN from_last = 1 THEN ${overShare} END) AS over_share,
    MAX(CASE WHEN from_first = 1 AND from_last > 1 AND captured_at IS NOT NULL THEN line END) AS first_line
  FROM offers
  WHERE ${middle('line_order', 'lines')}
  GROUP BY game_date, season_year, universal_player_id, market, book
),
ordered_books AS (
  SELECT
    *,
    ROW_NUMBER() OVER (PARTITION BY game_date, universal_player_id, market ORDER BY line, book) AS place,
    COUNT(*) OVER (PARTITION BY game_date, universal_player_id, market) AS books,
    ROW_NUMBER() OVER (
      PARTITION BY game_date, universal_player_id, market, first_line IS NULL ORDER BY line, book
    ) AS moved_place,
    ROW_NUMBER() OVER (
      PARTITION BY game_date, universal_player_id, market ORDER BY first_line NULLS LAST, book
    ) AS first_place,
    COUNT(first_line) OVER (PARTITION BY game_date, universal_player_id, market) AS moved_books
  FROM book_lines
),
market_lines AS (
  SELECT
    game_date,
    season_year,
    universal_player_id,
    market,
    MAX(CASE WHEN ${middle('place', 'books')} THEN line END) AS line,
    COUNT(*) AS line_books,
    MAX(line) - MIN(line) AS line_spread,
    ${sql.ratio(sql.sum('over_share'), '1000000 * COUNT(over_share)', 4)} AS line_over_probability,
    MAX(CASE WHEN first_line IS NOT NULL AND ${middle('moved_place', 'moved_books')} THEN line END)
      - MAX(CASE WHEN first_line IS NOT NULL AND ${middle('first_place', 'moved_books')} THEN first_line END) AS line_move
  FROM ordered_books
  GROUP BY game_date, season_year, universal_player_id, market
),
beside_line AS (
  SELECT
    market_lines.*,
    game.game_date AS played_on,
    CASE market_lines.market ${reached.join(' ')} END - market_lines.line AS beyond
  FROM market_lines
  LEFT JOIN ${input('player_game_summary')} AS game
    ON game.universal_player_id = market_lines.universal_player_id
    AND game.season_year = market_lines.season_year
    AND game.game_date < market_lines.game_date
    AND game.is_active
),
line_turns AS (
  SELECT
    *,
    MAX(CASE WHEN beyond < 0 THEN played_on END) OVER all_games AS last_under,
    MAX(CASE WHEN beyond > 0 THEN played_on END) OVER all_games AS last_over
  FROM beside_line
  WINDOW all_games AS (PARTITION BY game_date, universal_player_id, market)
),
market_streaks AS (
  SELECT
    game_date,
    universal_player_id,
    market,
    MAX(line) AS line,
    MAX(line_books) AS line_books,
    MAX(line_spread) AS line_spread,
    MAX(line_over_probability) AS line_over_probability,
    MAX(line_move) AS line_move,
    ${sql.countIf("beyond > 0 AND played_on > COALESCE(last_under, DATE '0001-01-01')")} AS over_streak,
    ${sql.countIf("beyond < 0 AND played_on > COALESCE(last_over, DATE '0001-01-01')")} AS under_streak
  FROM line_turns
  GROUP BY game_date, universal_player_id, market
),
lined AS (
  SELECT
    game_date,
    universal_player_id,
    ${markets
      .flatMap(({ name }) =>
        lineColumns.map(
          (column) =>
            `MAX(CASE WHEN market = ${sql.string(name)} THEN ${column} END) AS ${name}_${column}`,
        ),
      )
      .join(',\n    ')}
  FROM market_streaks
  GROUP BY game_date, universal_player_id
)`;
}
