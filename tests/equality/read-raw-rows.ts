import type { TableRegistry } from '../../src/table/table-registry.ts';
import type { Row, Warehouse } from '../../src/warehouse/warehouse.ts';
import type { RawRows } from '../oracle/raw-rows.ts';

/** The raw tables of a warehouse as the oracle reads them. */
export async function readRawRows(tables: TableRegistry, warehouse: Warehouse): Promise<RawRows> {
  const read = async (name: keyof RawRows): Promise<readonly Row[]> => {
    const table = tables.get(name);
    if (!table) throw new Error(`no table ${name}`);
    const columns = table.columns.map(({ name: column, type }) => {
      if (type.kind === 'TIMESTAMP') {
        return `strftime(${column} AT TIME ZONE 'UTC', '%Y-%m-%d %H:%M:%S') AS ${column}`;
      }
      return type.kind === 'NUMERIC' ? `CAST(${column} AS DOUBLE) AS ${column}` : column;
    });
    return warehouse.query(`SELECT ${columns.join(', ')} FROM nba_raw.${name}`);
  };
  return {
    player_box: (await read('player_box')) as unknown as RawRows['player_box'],
    shots: (await read('shots')) as unknown as RawRows['shots'],
    schedule: (await read('schedule')) as unknown as RawRows['schedule'],
    game_results: (await read('game_results')) as unknown as RawRows['game_results'],
    player_props: (await read('player_props')) as unknown as RawRows['player_props'],
    game_lines: (await read('game_lines')) as unknown as RawRows['game_lines'],
    injuries: (await read('injuries')) as unknown as RawRows['injuries'],
    players: (await read('players')) as unknown as RawRows['players'],
    venue_distances: (await read('venue_distances')) as unknown as RawRows['venue_distances'],
  };
}
