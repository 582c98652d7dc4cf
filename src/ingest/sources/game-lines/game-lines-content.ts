import {
  type ColumnClock,
  columnClock,
  dateOf,
  easternGameDate,
  timestampOf,
} from '../../files/dates.ts';
import { textRows } from '../../files/file-values.ts';
import { judgeRows } from '../../files/judge-rows.ts';
import {
  dayOfEvent,
  oddsColumns,
  oddsNames,
  snapshotColumns,
  updateColumns,
} from '../../files/odds-values.ts';
import {
  leagueDate,
  missing,
  notANumber,
  tipoffOnDate,
  twoTeams,
  unreadable,
} from '../../files/row-rules.ts';
import type { SourceFile } from '../../files/source-content.ts';
import {
  type FileShape,
  type InputColumn,
  requiredNames,
  type SourceContent,
} from '../../files/source-content.ts';
import { withPoint } from '../../files/source-values.ts';
import { teamCodes } from '../../names/team-mapping.ts';

const inputColumns: readonly InputColumn[] = [
  {
    name: 'event_id',
    type: 'text',
    required: true,
    rule: 'once on a date and capture',
    example: '2035102301',
  },
  { name: 'game_date', type: 'date', required: true, example: '2035-10-23' },
  {
    name: 'home_team_abbr',
    type: 'team',
    required: true,
    rule: 'as the source of the lines has it; the sign of the spread follows it',
    example: 'BOS',
  },
  { name: 'away_team_abbr', type: 'team', required: true, example: 'NYK' },
  {
    name: 'home_spread',
    type: 'number',
    required: true,
    rule: 'the column is required, a value is not; negative = home favourite; one decimal, more are rounded',
    example: '-6.5',
  },
  { name: 'total', type: 'number', required: true, rule: 'likewise', example: '221.5' },
  { name: 'tipoff_at', type: 'time', example: '2035-10-23T19:30:00-04:00' },
  {
    name: 'captured_at',
    type: 'time',
    rule: 'all captures are kept, and the last one before tip-off counts; rows captured after tipoff_at are dropped and counted',
    example: '2035-10-23T12:00:00-04:00',
  },
];

const plain = {
  title: 'a game-lines file',
  maker: 'a game-lines file',
  required: requiredNames(inputColumns),
};

/** Closing lines of an odds archive, by team names and Eastern date; nothing says when they were seen. */
const closingLines = {
  title: 'an archive of closing lines',
  maker: 'an archive of closing lines',
  required: [
    'event_id',
    'home_team',
    'away_team',
    'commence_time',
    'spread_point',
    'total_point',
    'game_date_et',
  ],
  names: {
    game_date: 'game_date_et',
    home_team_abbr: 'home_team',
    away_team_abbr: 'away_team',
    tipoff_at: 'commence_time',
    home_spread: 'spread_point',
    total: 'total_point',
  },
};

/** What the-odds-api offers on games, a row per side of a line; of several bookmakers the one in the middle. */
const oddsOfGames: FileShape = {
  title: 'lines of the-odds-api',
  maker: 'the-odds-api',
  required: [...oddsColumns, ['outcome_name', 'name', 'side']],
  without: ['player_name', 'description', 'player'],
  rows: (relation, theirs) => {
    const market = `lower(${theirs('market', 'market_key')})`;
    const name = theirs('outcome_name', 'name', 'side');
    const point = `TRY_CAST(${theirs('point', 'outcome_point')} AS DECIMAL(6, 2))`;
    const middle = (which: string) => `quantile_disc(CASE WHEN ${which} THEN ${point} END, 0.5)`;
    const known = {
      event_id: theirs(...oddsNames.event_id),
      commence_time: theirs('commence_time'),
      home_team: theirs('home_team'),
      away_team: theirs('away_team'),
      asked_at: theirs(...snapshotColumns),
    };
    // A part of a name will do, `Atlanta` or `Hawks`, where it is one of one team only.
    const isOf = (team: string) =>
      `(starts_with(lower(${team}), lower(${name})) OR ends_with(lower(${team}), lower(${name})))`;
    const [isHome, isAway] = [isOf(known.home_team), isOf(known.away_team)];
    const isSpread = `${market} = 'spreads'`;
    const columns = Object.entries(known).map(([column, text]) => `${text} AS ${column}`);
    return {
      columns: [
        ...Object.keys(known),
        'updated_at',
        'spread_point',
        'total_point',
        'unknown_outcome',
      ],
      relation: `(SELECT
    ${columns.join(',\n    ')},
    MAX(${theirs(...updateColumns)}) AS updated_at,
    CAST(${middle(`${isSpread} AND ${isHome} AND NOT ${isAway}`)} AS VARCHAR) AS spread_point,
    CAST(${middle(`${market} = 'totals' AND lower(${name}) = 'over'`)} AS VARCHAR) AS total_point,
    MIN(CASE WHEN ${isSpread} AND ${isHome} = ${isAway} THEN ${name} END) AS unknown_outcome
  FROM ${relation} AS offers
  WHERE ${market} IN ('spreads', 'totals')
  GROUP BY ${Object.values(known).join(', ')}
  ORDER BY ${Object.values(known).join(', ')})`,
    };
  },
  names: {
    event_id: 'event_id',
    tipoff_at: 'commence_time',
    home_team_abbr: 'home_team',
    away_team_abbr: 'away_team',
    home_spread: 'spread_point',
    total: 'total_point',
  },
  made: {
    game_date: dayOfEvent,
    captured_at: {
      of: '`snapshot_ts`, else the last of `last_update`',
      sql: (theirs) => `coalesce(${theirs('asked_at')}, ${theirs('updated_at')})`,
    },
  },
  example: {
    snapshot_ts: '2035-10-23T16:00:00Z',
    event_id: '2035102301',
    commence_time: '2035-10-23T23:30:00Z',
    bookmaker: 'examplebook',
    market: 'spreads',
    outcome_name: 'Boston Celtics',
    point: '-6.5',
    price: '-110',
    home_team: 'Boston Celtics',
    away_team: 'New York Knicks',
  },
};

/** Spread and total of games. */
export const gameLinesContent: SourceContent = {
  id: 'game-lines',
  table: 'game_lines',
  source: 'game-lines',
  says: 'spread and total of games',
  game: { columns: ['game_date', 'home_team_abbr', 'away_team_abbr'] },
  columns: inputColumns,
  shapes: [plain, closingLines, oddsOfGames],
  read: async (warehouse, files) =>
    readGameLines(files, await columnClock(warehouse, files, 'game_date')),
  judge: (warehouse, relation, files) =>
    judgeRows(
      warehouse,
      {
        table: 'game_lines',
        partition: 'game_date',
        key: ['event_id', 'game_date', 'captured_at'],
      },
      relation,
      files,
    ),
  rows: async (_, { relation, keep }) => `
SELECT
  event_id, game_date, home_team_abbr, away_team_abbr, tipoff_at, captured_at, home_spread, total
FROM ${relation}
WHERE ${keep}`,
};

const columns = [...inputColumns.map(({ name }) => name), 'unknown_outcome'];

// An archive also has exhibition and all-star games; in a plain file an unknown team is a mistake.
const dropReason = `CASE
    WHEN is_archive AND foreign_team IS NOT NULL THEN 'foreign_team'
    WHEN captured_at > tipoff_at THEN 'after_tipoff'
  END`;

const brokenRule = `CASE
    ${leagueDate}
    ${missing('event_id')}
    ${twoTeams}
    ${tipoffOnDate}
    ${unreadable('captured_at')}
    ${notANumber('home_spread')}
    ${notANumber('total')}
    WHEN unknown_outcome_text IS NOT NULL
      THEN 'outcome "' || unknown_outcome_text || '" is not one of ' || home_team_abbr_text || ' and ' || away_team_abbr_text
  END`;

function readGameLines(files: readonly SourceFile[], clock: ColumnClock): string {
  const isArchive = (file: SourceFile) => file.shape === closingLines;
  const archives = files.flatMap((file, index) => (isArchive(file) ? [index] : []));
  return `
WITH source AS (${textRows(files, columns)}
),
typed AS (
  SELECT
    source.*,
    event_id_text AS event_id,
    ${easternGameDate(dateOf('game_date_text', clock), timestampOf('tipoff_at_text'))} AS game_date,
    home.tricode AS home_team_abbr,
    away.tricode AS away_team_abbr,
    ${timestampOf('tipoff_at_text')} AS tipoff_at,
    ${timestampOf('captured_at_text')} AS captured_at,
    TRY_CAST(CASE WHEN regexp_full_match(home_spread_text, 'pk|pick(.?em)?|even', 'i') THEN '0' ELSE ${withPoint('home_spread_text')} END AS DECIMAL(4, 1)) AS home_spread,
    TRY_CAST(${withPoint('total_text')} AS DECIMAL(5, 1)) AS total,
    file_index IN (${[-1, ...archives].join(', ')}) AS is_archive,
    CASE
      WHEN home.tricode IS NULL THEN home_team_abbr_text
      WHEN away.tricode IS NULL THEN away_team_abbr_text
    END AS foreign_team
  FROM source
  LEFT JOIN ${teamCodes('home')} ON home.code = upper(home_team_abbr_text)
  LEFT JOIN ${teamCodes('away')} ON away.code = upper(away_team_abbr_text)
),
judged AS (
  SELECT *, ${dropReason} AS drop_reason, ${brokenRule} AS broken_rule
  FROM typed
)
SELECT *, CASE WHEN drop_reason = 'foreign_team' THEN foreign_team END AS drop_name
FROM judged`;
}
