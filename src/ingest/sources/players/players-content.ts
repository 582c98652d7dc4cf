import { duckdbDialect as sql } from '../../../sql/duckdb-dialect.ts';
import { undatedPartition } from '../../../window/window.ts';
import { dayOf } from '../../files/dates.ts';
import { textRows } from '../../files/file-values.ts';
import { judgeRows } from '../../files/judge-rows.ts';
import { unreadable } from '../../files/row-rules.ts';
import type { SourceFile } from '../../files/source-content.ts';
import { type InputColumn, requiredNames, type SourceContent } from '../../files/source-content.ts';
import { idOf } from '../../files/source-values.ts';

const inputColumns: readonly InputColumn[] = [
  {
    name: 'player_id',
    type: 'whole number',
    required: true,
    rule: 'NBA player id, once',
    example: '990001',
  },
  {
    name: 'birth_date',
    type: 'date',
    required: true,
    rule: 'a row without one is dropped and counted',
    example: '2010-04-01',
  },
];

/** Birth dates: one partition without a date, replaced as a whole. */
export const playersContent: SourceContent = {
  id: 'players',
  table: 'players',
  source: 'players',
  says: 'birth dates',
  game: { columns: ['player_id'] },
  columns: inputColumns,
  shapes: [
    {
      title: 'a file of birth dates',
      maker: 'a file of birth dates',
      required: requiredNames(inputColumns),
    },
    {
      title: 'a file of players (CommonPlayerInfo, Players)',
      maker: 'CommonPlayerInfo',
      required: [
        ['PERSON_ID', 'personId'],
        ['BIRTHDATE', 'BIRTH_DATE', 'birthDate'],
      ],
      names: {
        player_id: ['PERSON_ID', 'personId'],
        birth_date: ['BIRTHDATE', 'BIRTH_DATE', 'birthDate'],
      },
      example: { PERSON_ID: '990001', BIRTHDATE: '2010-04-01T00:00:00' },
    },
  ],
  read: async (_, files) => readPlayers(files),
  judge: (warehouse, relation, files) =>
    judgeRows(
      warehouse,
      { table: 'players', partition: 'partition_date', key: ['player_id'] },
      relation,
      files,
    ),
  rows: async (_, { relation, keep }) => `
SELECT player_id, birth_date, partition_date
FROM ${relation}
WHERE ${keep}`,
};

const brokenRule = `CASE
    WHEN player_id IS NULL THEN 'player_id "' || coalesce(player_id_text, '') || '" is not a whole number'
    WHEN player_id <= 0 THEN 'player_id "' || player_id || '" is no player id'
    ${unreadable('birth_date')}
    WHEN birth_date NOT BETWEEN DATE '1900-01-01' AND DATE '2040-12-31'
      THEN 'birth_date ' || birth_date || ' is no birth date of a player'
  END`;

function readPlayers(files: readonly SourceFile[]): string {
  return `
WITH source AS (${textRows(files, requiredNames(inputColumns))}
),
typed AS (
  SELECT
    source.*,
    ${idOf('player_id_text')} AS player_id,
    ${dayOf('birth_date_text')} AS birth_date,
    ${sql.date(undatedPartition)} AS partition_date
  FROM source
)
SELECT
  *,
  CASE WHEN birth_date_text IS NULL THEN 'no_birth_date' END AS drop_reason,
  CAST(NULL AS VARCHAR) AS drop_name,
  ${brokenRule} AS broken_rule
FROM typed`;
}
