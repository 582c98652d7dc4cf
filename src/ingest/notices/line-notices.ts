import { markets } from '../../league/markets.ts';
import { decimalOdds } from '../files/decimal-odds.ts';
import type { IngestNotice } from '../files/ingest-report.ts';
import { quoteList } from '../files/source-values.ts';
import { firstFew, namesOf } from './first-few.ts';
import type { Loaded } from './loaded.ts';

/** So many spreads of one sign are no chance: half of all favourites play away. */
const manySpreads = 10;

/** A bookmaker gives a tip-off within this of the league's, in minutes; hours are another clock. */
const mostMinutesApart = 90;

/** No game has been offered beyond these, in points: such numbers are of another column. */
const offered = { spread: 60, total: { min: 100, max: 400 } } as const;

/** Where more players than this part have several lines of a bookmaker at once, these are none of a correction. */
const mostCorrected = 0.1;

/** Lines and props whose time, game or sign is not what the tables can use. */
export async function lineNotices(loaded: Loaded): Promise<readonly IngestNotice[]> {
  return [
    ...(await withoutCapture(loaded, 'game_lines')),
    ...(await withoutCapture(loaded, 'player_props')),
    ...(await oddLines(loaded)),
    ...(await impossibleLines(loaded)),
    ...(await oddPrices(loaded)),
    ...(await alternateLines(loaded)),
    ...(await seenTooLate(loaded)),
  ];
}

async function withoutCapture(
  { writer, source }: Loaded,
  table: 'game_lines' | 'player_props',
): Promise<readonly IngestNotice[]> {
  const lines = source(table);
  if (!lines) return [];
  const [row] = await writer.warehouse.query(`
SELECT COUNT(*) AS row_count FROM ${lines.relation} AS given
WHERE ${lines.keep} AND captured_at IS NULL`);
  const count = Number(row?.['row_count'] ?? 0);
  return count > 0 ? [{ kind: 'no_capture_time', table, count, examples: [] }] : [];
}

async function impossibleLines({ writer, source }: Loaded): Promise<readonly IngestNotice[]> {
  const lines = source('game_lines');
  if (!lines) return [];
  const { spread, total } = offered;
  const [row] = await writer.warehouse.query(`
SELECT
  COUNT(*) AS row_count,
  count_if(abs(home_spread) > ${spread} OR total NOT BETWEEN ${total.min} AND ${total.max}) AS impossible
FROM ${lines.relation} AS given
WHERE ${lines.keep}`);
  const count = Number(row?.['impossible'] ?? 0);
  const of = Number(row?.['row_count'] ?? 0);
  return count > 0
    ? [{ kind: 'impossible_lines', table: 'game_lines', count, of, examples: [] }]
    : [];
}

/** Prices are read leniently, for a line without one is still a line; what was not understood is told. */
async function oddPrices({ writer, source }: Loaded): Promise<readonly IngestNotice[]> {
  const props = source('player_props');
  if (!props) return [];
  const prices = priceColumns.map(
    (column) =>
      `SELECT ${column} AS price_text FROM ${props.relation} AS given WHERE ${column} IS NOT NULL AND game_date IS NOT NULL`,
  );
  const [row] = await writer.warehouse.query(`
SELECT
  COUNT(*) AS price_count,
  count_if(price IS NULL) AS unread,
  ${firstFew('price_text', 'price IS NULL')} AS examples
FROM (SELECT price_text, ${decimalOdds('price_text')} AS price FROM (${prices.join(' UNION ALL ')}) AS texts) AS prices`);
  const [of, count] = [Number(row?.['price_count'] ?? 0), Number(row?.['unread'] ?? 0)];
  const examples = namesOf(row?.['examples']);
  return count > 0 ? [{ kind: 'odd_prices', table: 'player_props', count, of, examples }] : [];
}

const priceColumns = ['price_text', 'over_price_text', 'under_price_text'] as const;

/** A market of alternate lines is one of its own, and has several by its nature. */
async function alternateLines({ writer, source }: Loaded): Promise<readonly IngestNotice[]> {
  const props = source('player_props');
  if (!props) return [];
  const [row] = await writer.warehouse.query(`
SELECT COUNT(*) AS offers, count_if(line_count > 1) AS several
FROM (
  SELECT COUNT(DISTINCT line) AS line_count
  FROM ${props.relation} AS given
  WHERE ${props.keep}
    AND market IN (${quoteList(markets.map(({ name }) => name))})
  GROUP BY game_date, event_id, bookmaker, player_lookup, market, captured_at
) AS offers`);
  const [of, count] = [Number(row?.['offers'] ?? 0), Number(row?.['several'] ?? 0)];
  return count > mostCorrected * of
    ? [{ kind: 'alternate_lines', table: 'player_props', count, of, examples: [] }]
    : [];
}

/** What was seen after a tip-off that another file knows; after that of its own row it is dropped already. */
async function seenTooLate({ writer, source, future }: Loaded): Promise<readonly IngestNotice[]> {
  // A game is that of the two teams, else that of the teams which the player has been with in the season.
  const seen = {
    game_lines: {
      at: 'captured_at',
      ofGame: 'game.team IN (given.home_team_abbr, given.away_team_abbr)',
    },
    player_props: {
      at: 'captured_at',
      ofGame: `EXISTS (
    SELECT 1 FROM ${future('player_box')} AS box
    WHERE box.player_lookup = given.player_lookup AND box.season_year = game.season_year AND box.team_abbr = game.team
  )`,
    },
    injuries: { at: 'reported_at', ofGame: 'game.team = given.team_abbr' },
  } as const;
  const found: IngestNotice[] = [];
  for (const table of ['game_lines', 'player_props', 'injuries'] as const) {
    const rows = source(table);
    if (!rows) continue;
    const { at, ofGame } = seen[table];
    const [row] = await writer.warehouse.query(`
SELECT COUNT(*) AS row_count
FROM (
  SELECT file_index, file_row
  FROM (SELECT * FROM ${rows.relation} AS source WHERE ${rows.keep}) AS given
  INNER JOIN (
    SELECT game_date, season_year, tipoff_at, unnest([team_a_abbr, team_b_abbr]) AS team
    FROM ${future('schedule')} AS schedule
    WHERE tipoff_at IS NOT NULL
  ) AS game
    ON game.game_date = given.game_date
    AND ${ofGame}
  WHERE ${at} > game.tipoff_at
  GROUP BY file_index, file_row
) AS late`);
    const count = Number(row?.['row_count'] ?? 0);
    if (count > 0) found.push({ kind: 'seen_too_late', table, count, examples: [] });
  }
  return found;
}

async function oddLines({ writer, source, future }: Loaded): Promise<readonly IngestNotice[]> {
  const lines = source('game_lines');
  if (!lines) return [];
  const table = 'game_lines';
  const [row] = await writer.warehouse.query(`
WITH given AS (SELECT * FROM ${lines.relation} AS given WHERE ${lines.keep}),
games AS (SELECT game_date, team_a_abbr, team_b_abbr, tipoff_at FROM ${future('schedule')} AS schedule)
SELECT
  count_if(home_spread <> 0) AS spreads,
  MIN(home_spread) >= 0 OR MAX(home_spread) <= 0 AS is_one_sided,
  COUNT(*) AS dated,
  count_if(abs(date_diff('minute', given.tipoff_at, games.tipoff_at)) > ${mostMinutesApart}) AS at_other_times
FROM given
LEFT JOIN games
  ON games.game_date = given.game_date
  AND games.team_a_abbr = least(home_team_abbr, away_team_abbr)
  AND games.team_b_abbr = greatest(home_team_abbr, away_team_abbr)
WHERE given.game_date BETWEEN (SELECT MIN(game_date) FROM games) AND (SELECT MAX(game_date) FROM games)`);
  const [spreads, dated, atOtherTimes] = ['spreads', 'dated', 'at_other_times'].map((name) =>
    Number(row?.[name] ?? 0),
  ) as [number, number, number];
  return [
    ...(spreads >= manySpreads && row?.['is_one_sided'] === true
      ? [{ kind: 'one_sign', table, count: spreads, examples: [] } as const]
      : []),
    ...(atOtherTimes > 0
      ? [{ kind: 'other_tipoff', table, count: atOtherTimes, of: dated, examples: [] } as const]
      : []),
  ];
}
