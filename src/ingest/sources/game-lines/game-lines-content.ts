import { dateOf, daysAsMoments, easternGameDate, timestampOf } from '../../files/dates.ts';
import { textRows } from '../../files/file-values.ts';
import { judgeRows } from '../../files/judge-rows.ts';
import {
  leagueDate,
  missing,
  notANumber,
  seenAgain,
  tipoffOnDate,
  twoTeams,
  unreadable,
} from '../../files/row-rules.ts';
import { type InputColumn, requiredNames, type SourceContent } from '../../files/source-content.ts';
import type { SourceFile } from '../../files/source-file.ts';
import { teamCodes } from '../../names/team-mapping.ts';

const inputColumns: readonly InputColumn[] = [
  {
    name: 'event_id',
    type: 'text',
    required: true,
    rule: 'once on a date',
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
    rule: 'of several the last one before tipoff_at is kept; the others, and rows captured after it, are dropped and counted',
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

/** Spread and total of games. */
export const gameLinesContent: SourceContent = {
  id: 'game-lines',
  table: 'game_lines',
  source: 'game-lines',
  says: 'spread and total of games',
  columns: inputColumns,
  shapes: [plain, closingLines],
  read: async (warehouse, files) =>
    readGameLines(files, await daysAsMoments(warehouse, files, 'game_date')),
  judge: (warehouse, relation, files) =>
    judgeRows(
      warehouse,
      { table: 'game_lines', partition: 'game_date', key: ['event_id', 'game_date'] },
      relation,
      files,
    ),
  rows: async (_, { relation, keep }) => `
SELECT
  event_id, game_date, home_team_abbr, away_team_abbr, tipoff_at, captured_at, home_spread, total
FROM ${relation}
WHERE ${keep}`,
};

const columns = inputColumns.map(({ name }) => name);

// An archive also has exhibition and all-star games; in a plain file an unknown team is a mistake.
const dropReason = `CASE
    WHEN is_archive AND foreign_team IS NOT NULL THEN 'foreign_team'
    WHEN captured_at > tipoff_at THEN 'after_tipoff'
    WHEN ${seenAgain(['event_id', 'game_date'])} THEN 'earlier_capture'
  END`;

const brokenRule = `CASE
    ${leagueDate}
    ${missing('event_id')}
    ${twoTeams}
    ${tipoffOnDate}
    ${unreadable('captured_at')}
    ${notANumber('home_spread')}
    ${notANumber('total')}
  END`;

function readGameLines(files: readonly SourceFile[], isDay: string): string {
  const isArchive = (file: SourceFile) => file.shape === closingLines;
  const archives = files.flatMap((file, index) => (isArchive(file) ? [index] : []));
  return `
WITH source AS (${textRows(files, columns)}
),
typed AS (
  SELECT
    source.*,
    event_id_text AS event_id,
    ${easternGameDate(dateOf('game_date_text', isDay), timestampOf('tipoff_at_text'))} AS game_date,
    home.tricode AS home_team_abbr,
    away.tricode AS away_team_abbr,
    ${timestampOf('tipoff_at_text')} AS tipoff_at,
    ${timestampOf('captured_at_text')} AS captured_at,
    TRY_CAST(home_spread_text AS DECIMAL(4, 1)) AS home_spread,
    TRY_CAST(total_text AS DECIMAL(5, 1)) AS total,
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
