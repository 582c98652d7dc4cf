import type { DuckDbWarehouse } from '../../../warehouse/duckdb/duckdb-warehouse.ts';
import { judgeRows } from '../../files/judge-rows.ts';
import { leagueDate, missing, unknownTeam, unreadable } from '../../files/row-rules.ts';
import { textRows } from '../../files/shaped-values.ts';
import type { SourceContent } from '../../files/source-content.ts';
import type { SourceFile } from '../../files/source-file.ts';
import { dateOf, quoteList, timestampOf } from '../../files/source-values.ts';
import { givenPlayer, nameLookups, playerColumns } from '../../names/name-lookups.ts';
import { teamCodes } from '../../names/team-mapping.ts';

const statuses = ['available', 'probable', 'questionable', 'doubtful', 'out'];

/** Injury reports, as often as a player was reported. */
export const injuriesContent: SourceContent = {
  table: 'injuries',
  source: 'injuries',
  shapes: [
    {
      title: 'a file of injury reports',
      maker: 'a file of injury reports',
      required: ['game_date', playerColumns, 'reported_at', 'status'],
    },
  ],
  read: readInjuries,
  judge: (warehouse, relation, files) =>
    judgeRows(
      warehouse,
      {
        table: 'injuries',
        partition: 'game_date',
        key: ['game_date', 'player_lookup', 'reported_at'],
      },
      relation,
      files,
    ),
  rows: async (_, { relation, keep }) => `
SELECT game_date, player_lookup, reported_at, team_abbr, status
FROM ${relation}
WHERE ${keep}`,
};

const columns = ['game_date', ...playerColumns, 'reported_at', 'team_abbr', 'status'];

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
  const players = await nameLookups(warehouse, files);
  return `
WITH source AS (${textRows(files, columns)}
),
typed AS (
  SELECT
    source.*,
    ${dateOf('game_date_text')} AS game_date,
    nullif(player.player_lookup, '') AS player_lookup,
    ${timestampOf('reported_at_text')} AS reported_at,
    team.tricode AS team_abbr,
    lower(status_text) AS status
  FROM source
  LEFT JOIN ${players} ON player.given = ${givenPlayer}
  LEFT JOIN ${teamCodes('team')} ON team.code = upper(team_abbr_text)
)
SELECT
  *,
  CAST(NULL AS VARCHAR) AS drop_reason,
  CAST(NULL AS VARCHAR) AS drop_name,
  ${brokenRule} AS broken_rule
FROM typed`;
}
