import type { DuckDbWarehouse } from '../../../warehouse/duckdb/duckdb-warehouse.ts';
import { columnClock, dateOf, timestampOf } from '../../files/dates.ts';
import { textRows } from '../../files/file-values.ts';
import { judgeRows } from '../../files/judge-rows.ts';
import { leagueDate, missing, unknownTeam, unreadable } from '../../files/row-rules.ts';
import type { SourceFile } from '../../files/source-content.ts';
import { type InputColumn, requiredNames, type SourceContent } from '../../files/source-content.ts';
import { quoteList } from '../../files/source-values.ts';
import { givenPlayer, playerColumns, resolvePlayers } from '../../names/resolve-players.ts';
import { teamCodes } from '../../names/team-mapping.ts';
import { isTimeAssumed, officialReport } from './injury-shapes.ts';

const inputColumns: readonly InputColumn[] = [
  {
    name: 'game_date',
    type: 'date',
    required: true,
    rule: 'of the game that the report is for',
    example: '2035-10-23',
  },
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
  {
    name: 'reported_at',
    type: 'time',
    required: true,
    rule: 'once per player and date',
    example: '2035-10-22T17:30:00-04:00',
  },
  {
    name: 'team_abbr',
    type: 'team',
    rule: 'a report without a team counts for no team',
    example: 'BOS',
  },
  {
    name: 'status',
    type: 'available, probable, questionable, doubtful, out',
    required: true,
    rule: 'any case',
    example: 'out',
  },
];

const statuses = ['available', 'probable', 'questionable', 'doubtful', 'out'];

const key = ['game_date', 'player_lookup', 'reported_at'];

/** Injury reports, as often as a player was reported. */
export const injuriesContent: SourceContent = {
  id: 'injuries',
  table: 'injuries',
  source: 'injuries',
  says: 'injury reports',
  game: { columns: key },
  columns: inputColumns,
  shapes: [
    {
      title: 'a file of injury reports',
      maker: 'a file of injury reports',
      required: [...requiredNames(inputColumns), playerColumns],
    },
    officialReport,
  ],
  read: readInjuries,
  judge: (warehouse, relation, files) =>
    judgeRows(
      warehouse,
      {
        table: 'injuries',
        partition: 'game_date',
        key,
      },
      relation,
      files,
    ),
  rows: async (_, { relation, keep }) => `
SELECT game_date, player_lookup, reported_at, team_abbr, status
FROM ${relation}
WHERE ${keep}`,
};

const columns = inputColumns.map(({ name }) => name);

const brokenRule = `CASE
    ${leagueDate}
    WHEN ${givenPlayer} IS NULL THEN 'player_lookup is missing'
    WHEN player_lookup IS NULL THEN 'unreadable player "' || ${givenPlayer} || '"'
    ${missing('reported_at')}
    ${unreadable('reported_at')}
    ${unknownTeam('team_abbr')}
    ${missing('status')}
    WHEN status NOT IN (${quoteList(statuses)})
      THEN 'status "' || status_text || '" is none of ${statuses.join(', ')}'
  END`;

async function readInjuries(
  warehouse: DuckDbWarehouse,
  files: readonly SourceFile[],
): Promise<string> {
  const clock = await columnClock(warehouse, files, 'game_date');
  const gameDate = dateOf('game_date_text', clock);
  const players = await resolvePlayers(warehouse, files, ['game_date'], gameDate);
  return `
WITH source AS (${textRows(files, columns, ({ file }) => [
    `${file.shape === officialReport} AS is_official`,
    `${isTimeAssumed(file)} AS is_time_assumed`,
  ])}
),
typed AS (
  SELECT
    source.*,
    ${gameDate} AS game_date,
    nullif(player.player_lookup, '') AS player_lookup,
    player.is_unknown AS is_unknown_player,
    ${timestampOf('reported_at_text')} AS reported_at,
    team.tricode AS team_abbr,
    lower(status_text) AS status
  FROM source
  LEFT JOIN ${players} AS player
    ON player.given = ${givenPlayer}
    AND player.game_date IS NOT DISTINCT FROM ${gameDate}
  LEFT JOIN ${teamCodes('team')} ON team.code = upper(team_abbr_text)
)
SELECT
  *,
  CASE WHEN is_official AND ${givenPlayer} IS NULL THEN 'not_submitted' END AS drop_reason,
  CAST(NULL AS VARCHAR) AS drop_name,
  ${brokenRule} AS broken_rule
FROM typed`;
}
