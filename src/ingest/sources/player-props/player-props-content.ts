import { markets } from '../../../league/markets.ts';
import type { DuckDbWarehouse } from '../../../warehouse/duckdb/duckdb-warehouse.ts';
import { columnClock, dateOf, easternGameDate, timestampOf } from '../../files/dates.ts';
import { decimalOdds } from '../../files/decimal-odds.ts';
import { textRows } from '../../files/file-values.ts';
import { judgeRows } from '../../files/judge-rows.ts';
import { dayOfEvent, oddsColumns, oddsNames } from '../../files/odds-values.ts';
import {
  leagueDate,
  missing,
  notANumber,
  tipoffOnDate,
  unreadable,
} from '../../files/row-rules.ts';
import type { SourceFile } from '../../files/source-content.ts';
import {
  type FileShape,
  type InputColumn,
  requiredNames,
  type SourceContent,
} from '../../files/source-content.ts';
import { quoteList } from '../../files/source-values.ts';
import { givenPlayer, playerColumns, resolvePlayers } from '../../names/resolve-players.ts';
import { marketName } from './market-name.ts';

const inputColumns: readonly InputColumn[] = [
  { name: 'event_id', type: 'text', required: true, example: '2035102301' },
  { name: 'bookmaker', type: 'text', required: true, example: 'examplebook' },
  {
    name: 'player_lookup',
    type: 'text',
    rule: 'required unless there is a player_name',
    example: '',
  },
  {
    name: 'player_name',
    type: 'text',
    rule: 'required unless there is a player_lookup',
    example: 'Pat Example Jr.',
  },
  { name: 'game_date', type: 'date', required: true, example: '2035-10-23' },
  {
    name: 'market',
    type: 'text',
    required: true,
    rule: 'points, rebounds, assists, threes, steals, blocks, turnovers or pra, also as the-odds-api calls them; any other is kept under its own name, in lower case and without `player_`',
    example: 'points',
  },
  {
    name: 'line',
    type: 'number',
    required: true,
    rule: 'not negative; once per event, bookmaker, player, market and capture; one decimal, more are rounded; a row of a market that has none (yes or no) is dropped and counted',
    example: '22.5',
  },
  {
    name: 'over_price',
    type: 'number',
    rule: 'decimal odds, or American ones from 100 on and from -100 down; anything else is unknown; in a file with a row per side it is the `price` of that side, of several the lowest',
    example: '-110',
  },
  { name: 'under_price', type: 'number', rule: 'likewise', example: '1.87' },
  { name: 'tipoff_at', type: 'time', example: '2035-10-23T19:30:00-04:00' },
  {
    name: 'captured_at',
    type: 'time',
    rule: 'all captures are kept, and the last one before tip-off counts; rows captured after tipoff_at are dropped and counted',
    example: '2035-10-23T12:00:00-04:00',
  },
];

const plain = {
  title: 'a player-props file',
  maker: 'a player-props file',
  required: [...requiredNames(inputColumns), playerColumns],
};

/** An odds archive with a row per side of a line; nothing says when it was seen. */
const sidesOfLines = {
  title: 'an archive of player props',
  maker: 'an archive of player props',
  required: [
    'player',
    'market',
    'bookmaker',
    'side',
    'line',
    'home_team',
    'away_team',
    'odds_event_id',
    'commence_time',
    'game_date_et',
  ],
  names: {
    event_id: 'odds_event_id',
    player_name: 'player',
    game_date: 'game_date_et',
    tipoff_at: 'commence_time',
  },
};

/** What the-odds-api offers on players, a row per side. */
const oddsOfPlayers: FileShape = {
  title: 'props of the-odds-api',
  maker: 'the-odds-api',
  required: [...oddsColumns, ['player_name', 'description', 'player']],
  names: {
    ...oddsNames,
    bookmaker: ['bookmaker', 'bookmaker_key'],
    player_name: ['player_name', 'description', 'player'],
    market: ['market', 'market_key'],
    line: ['point', 'outcome_point'],
    side: ['outcome_name', 'name', 'side'],
    price: ['price', 'outcome_price'],
  },
  made: { game_date: dayOfEvent },
  example: {
    snapshot_ts: '2035-10-23T16:00:00Z',
    event_id: '2035102301',
    commence_time: '2035-10-23T23:30:00Z',
    bookmaker: 'examplebook',
    market: 'player_points',
    outcome_name: 'Over',
    player_name: 'Pat Example Jr.',
    point: '22.5',
    price: '-110',
    home_team: 'Boston Celtics',
    away_team: 'New York Knicks',
  },
};

const key = ['event_id', 'bookmaker', 'player_lookup', 'market', 'line', 'game_date'];

/** Lines of players in every market. */
export const playerPropsContent: SourceContent = {
  id: 'player-props',
  table: 'player_props',
  source: 'player-props',
  says: 'lines of players by bookmaker and market, with prices',
  game: { columns: key },
  columns: inputColumns,
  shapes: [plain, sidesOfLines, oddsOfPlayers],
  read: readPlayerProps,
  judge: async (warehouse, relation, files) => {
    const judged = await judgeRows(
      warehouse,
      { table: 'player_props', partition: 'game_date', key: [...key, 'captured_at'] },
      relation,
      files,
    );
    return { ...judged, used: `(${judged.kept} OR ${givesPrice})` };
  },
  rows: async (_, { relation, keep }) => `
SELECT
  event_id, bookmaker, player_lookup, game_date, tipoff_at, captured_at, market, line, over_price, under_price
FROM ${relation}
WHERE ${keep}`,
};

const columns = [...inputColumns.map(({ name }) => name), 'side', 'price'];

const isOurs = `market IN (${quoteList(markets.map(({ name }) => name))})`;

const dropReason = `CASE
    WHEN line IS NULL AND NOT (${isOurs}) THEN 'no_line'
    WHEN captured_at > tipoff_at THEN 'after_tipoff'
    WHEN copy > 1 THEN 'same_line'
  END`;

/** A row that is not kept says something where the price of its side is that of the row which is. */
const givesPrice = `(drop_reason = 'same_line' AND price IS NOT DISTINCT FROM CASE side WHEN 'over' THEN over_price WHEN 'under' THEN under_price END AND price IS NOT NULL)`;

const brokenRule = `CASE
    ${leagueDate}
    ${missing('event_id')}
    ${missing('bookmaker')}
    WHEN ${givenPlayer} IS NULL THEN 'player_lookup is missing'
    WHEN player_lookup IS NULL THEN 'unreadable player "' || ${givenPlayer} || '"'
    ${missing('market')}
    ${tipoffOnDate}
    ${unreadable('captured_at')}
    ${missing('line')}
    ${notANumber('line')}
    WHEN line < 0 THEN 'line ' || line || ' is negative'
  END`;

// Over and Under of a line become one row. Of two tip-offs the earlier one is the careful choice: what is said to be
// known before it was known. So is the lower of two prices, and neither depends on where its row stands.
const sidesOfOffer =
  'PARTITION BY has_sides, game_date, event_id, bookmaker, player_lookup, market, line, captured_at';

const copy = `CASE WHEN has_sides THEN row_number() OVER (
      ${sidesOfOffer}
      ORDER BY tipoff_at, file_index, file_row
    ) END`;

const priceOf = (side: 'over' | 'under') =>
  `coalesce(MIN(CASE WHEN side = '${side}' THEN price END) OVER (${sidesOfOffer}), ${side}_price_given)`;

async function readPlayerProps(
  warehouse: DuckDbWarehouse,
  files: readonly SourceFile[],
): Promise<string> {
  const clock = await columnClock(warehouse, files, 'game_date');
  const gameDate = easternGameDate(dateOf('game_date_text', clock), timestampOf('tipoff_at_text'));
  const players = await resolvePlayers(warehouse, files, ['game_date', 'tipoff_at'], gameDate);
  return `
WITH source AS (${textRows(files, columns, (source) => [`${source.has('side')} AS has_sides`])}
),
typed AS (
  SELECT
    source.*,
    event_id_text AS event_id,
    bookmaker_text AS bookmaker,
    nullif(player.player_lookup, '') AS player_lookup,
    player.is_unknown AS is_unknown_player,
    ${gameDate} AS game_date,
    ${timestampOf('tipoff_at_text')} AS tipoff_at,
    ${timestampOf('captured_at_text')} AS captured_at,
    ${marketName('market_text')} AS market,
    TRY_CAST(line_text AS DECIMAL(4, 1)) AS line,
    lower(side_text) AS side,
    ${decimalOdds('price_text')} AS price,
    ${decimalOdds('over_price_text')} AS over_price_given,
    ${decimalOdds('under_price_text')} AS under_price_given
  FROM source
  LEFT JOIN ${players} AS player
    ON player.given = ${givenPlayer}
    AND player.game_date IS NOT DISTINCT FROM ${gameDate}
),
counted AS (
  SELECT
    *,
    ${priceOf('over')} AS over_price,
    ${priceOf('under')} AS under_price,
    ${copy} AS copy
  FROM typed
),
judged AS (
  SELECT *, ${dropReason} AS drop_reason, ${brokenRule} AS broken_rule
  FROM counted
)
SELECT *, CASE WHEN drop_reason = 'no_line' THEN market END AS drop_name
FROM judged`;
}
