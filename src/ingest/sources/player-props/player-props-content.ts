import type { DuckDbWarehouse } from '../../../warehouse/duckdb/duckdb-warehouse.ts';
import { columnClock, dateOf, easternGameDate, timestampOf } from '../../files/dates.ts';
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
import { givenPlayer, playerColumns, resolvePlayers } from '../../names/resolve-players.ts';

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
    rule: 'only points (or player_points) is kept, other markets are dropped and counted',
    example: 'points',
  },
  {
    name: 'line',
    type: 'number',
    required: true,
    rule: 'not negative; once per event, bookmaker, player and capture; one decimal, more are rounded',
    example: '22.5',
  },
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

const key = ['event_id', 'bookmaker', 'player_lookup', 'line', 'game_date'];

/** Points lines of players. */
export const playerPropsContent: SourceContent = {
  id: 'player-props',
  table: 'player_props',
  source: 'player-props',
  says: 'points lines of players by bookmaker',
  game: { columns: key },
  columns: inputColumns,
  shapes: [plain, sidesOfLines, oddsOfPlayers],
  read: readPlayerProps,
  judge: (warehouse, relation, files) =>
    judgeRows(
      warehouse,
      { table: 'player_props', partition: 'game_date', key: [...key, 'captured_at'] },
      relation,
      files,
    ),
  rows: async (_, { relation, keep }) => `
SELECT
  event_id, bookmaker, player_lookup, game_date, tipoff_at, captured_at, market, line
FROM ${relation}
WHERE ${keep}`,
};

const columns = inputColumns.map(({ name }) => name);

const dropReason = `CASE
    WHEN market <> 'points' THEN 'other_market'
    WHEN captured_at > tipoff_at THEN 'after_tipoff'
    WHEN copy > 1 THEN 'same_line'
  END`;

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

// Over and Under of a line differ in what we do not keep. Of two tip-offs the earlier one is the
// careful choice: what is said to be known before it was known.
const copy = `CASE WHEN has_sides THEN row_number() OVER (
      PARTITION BY has_sides, game_date, event_id, bookmaker, player_lookup, market, line, captured_at
      ORDER BY tipoff_at, file_index, file_row
    ) END`;

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
    CASE lower(market_text) WHEN 'player_points' THEN 'points' ELSE lower(market_text) END AS market,
    TRY_CAST(line_text AS DECIMAL(4, 1)) AS line
  FROM source
  LEFT JOIN ${players} AS player
    ON player.given = ${givenPlayer}
    AND player.game_date IS NOT DISTINCT FROM ${gameDate}
),
counted AS (
  SELECT *, ${copy} AS copy
  FROM typed
),
judged AS (
  SELECT *, ${dropReason} AS drop_reason, ${brokenRule} AS broken_rule
  FROM counted
)
SELECT *, CASE WHEN drop_reason = 'other_market' THEN market END AS drop_name
FROM judged`;
}
