import { type GameDate, parseGameDate } from '../calendar/game-date.ts';
import { teams } from '../league/teams.ts';
import type { ComputedTable, TableDefinition } from '../table/table-definition.ts';
import { isComputed, type TableRegistry } from '../table/table-registry.ts';
import { ApiError } from './api-error.ts';

/** @throws ApiError when the text is not one existing day. */
export function readDate(text: string): GameDate {
  const date = parseGameDate(text);
  if (date === undefined)
    throw new ApiError('bad_request', `"${text}" is no day; write YYYY-MM-DD`);
  return date;
}

/** @throws ApiError when no table has this name. */
export function readTable(tables: TableRegistry, name: string): TableDefinition {
  const table = tables.get(name);
  if (!table) throw new ApiError('not_found', `there is no table "${name}"`);
  return table;
}

/** @throws ApiError when no computed table has this name. */
export function readComputedTable(tables: TableRegistry, name: string): ComputedTable {
  const table = readTable(tables, name);
  if (!isComputed(table)) throw new ApiError('bad_request', `"${name}" is loaded, not computed`);
  return table;
}

/** @throws ApiError when it is not an NBA player id. */
export function readPlayerId(text: string): string {
  if (!/^\d{1,12}$/.test(text)) {
    throw new ApiError('bad_request', `"${text}" is no player id; it consists of digits`);
  }
  return text;
}

/** @throws ApiError when it is not one of the 30 tricodes. */
export function readTeam(text: string): string {
  const team = teams.find(({ tricode }) => tricode === text);
  if (!team) throw new ApiError('not_found', `there is no team "${text}"`);
  return team.tricode;
}

/** @throws ApiError when the first year of a season is not a number of four digits. */
export function readSeasonYear(text: string): number {
  if (!/^\d{4}$/.test(text)) throw new ApiError('bad_request', `"${text}" is no year`);
  return Number(text);
}
