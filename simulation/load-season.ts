import { type DuckDBConnection, DuckDBDataChunk, INTEGER } from '@duckdb/node-api';
import { teams } from '../src/league/teams.ts';
import { courtAreas } from './court-area.ts';
import { type IntegerColumns, seasonColumns } from './season-columns.ts';
import { createTables, seasonTables } from './season-sql.ts';
import { shotActions } from './shot-action.ts';
import type { SimulatedSeason } from './simulate-season.ts';

const CHUNK_ROWS = 2048;

/** Creates the tables of a scratch database and fills those that are the same in every season. */
export async function prepareScratchTables(connection: DuckDBConnection): Promise<void> {
  for (const statement of createTables) await connection.run(statement);
  await appendRows(
    connection,
    'team',
    teams.map((team, index) => [index, team.tricode, team.nbaTeamId]),
  );
  await appendRows(
    connection,
    'court_area',
    courtAreas.map(({ basic, area, range }, index) => [index, basic, area, range]),
  );
  await appendRows(
    connection,
    'shot_action',
    shotActions.map((name, index) => [index, name]),
  );
}

/** Replaces what the season tables hold with `season`. */
export async function loadSeason(
  connection: DuckDBConnection,
  season: SimulatedSeason,
): Promise<void> {
  for (const table of seasonTables) await connection.run(`TRUNCATE ${table}`);
  const players = new Map(
    season.games.flatMap(({ lines }) => lines.map(({ player }) => [player.id, player.name])),
  );
  await appendRows(connection, 'player', [...players]);
  await appendRows(
    connection,
    'game',
    season.games.map(({ game, homePoints, awayPoints }, index) => [
      index,
      game.gameId,
      game.date,
      game.seasonType,
      game.home,
      game.away,
      homePoints > awayPoints,
    ]),
  );
  const { box, shots } = seasonColumns(season);
  await appendColumns(connection, 'box', box);
  await appendColumns(connection, 'shot', shots);
}

async function appendRows(
  connection: DuckDBConnection,
  table: string,
  rows: readonly (readonly (number | string | boolean)[])[],
): Promise<void> {
  const appender = await connection.createAppender(table);
  for (const row of rows) {
    for (const value of row) {
      if (typeof value === 'number') appender.appendInteger(value);
      else if (typeof value === 'string') appender.appendVarchar(value);
      else appender.appendBoolean(value);
    }
    appender.endRow();
  }
  appender.closeSync();
}

async function appendColumns(
  connection: DuckDBConnection,
  table: string,
  columns: IntegerColumns,
): Promise<void> {
  const values = Object.values(columns);
  const length = values[0]?.length ?? 0;
  const appender = await connection.createAppender(table);
  for (let start = 0; start < length; start += CHUNK_ROWS) {
    const chunk = DuckDBDataChunk.create(values.map(() => INTEGER));
    chunk.setColumns(values.map((column) => column.slice(start, start + CHUNK_ROWS)));
    appender.appendDataChunk(chunk);
  }
  appender.closeSync();
}
