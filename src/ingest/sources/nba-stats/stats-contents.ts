import { columnClock } from '../../files/dates.ts';
import type { SourceContent } from '../../files/source-content.ts';
import { chartShapes } from './chart-shapes.ts';
import { judgeGames } from './judge-games.ts';
import { logShapes } from './log-shapes.ts';
import { readPlayerBox } from './player-box-sql.ts';
import { readShots } from './shots-sql.ts';
import { chartColumns, logColumns } from './source-columns.ts';
import { playerBoxSelect, shotsSelect } from './stage-raw-tables.ts';

/** What files of NBA.com statistics hold. */
export const statsContents: readonly SourceContent[] = [
  {
    id: 'player-logs',
    table: 'player_box',
    source: 'nba-stats',
    says: 'player game logs of NBA.com',
    game: { columns: ['nba_game_id'], counted: 'seconds_played > 0' },
    columns: logColumns,
    shapes: logShapes,
    read: async (warehouse, files) =>
      readPlayerBox(files, await columnClock(warehouse, files, 'GAME_DATE')),
    judge: (warehouse, relation, files) => judgeGames(warehouse, 'player_box', relation, files),
    rows: playerBoxSelect,
  },
  {
    id: 'shot-charts',
    table: 'shots',
    source: 'nba-stats',
    says: 'shot charts of NBA.com',
    game: { columns: ['nba_game_id'] },
    columns: chartColumns,
    shapes: chartShapes,
    read: async (warehouse, files) =>
      readShots(files, await columnClock(warehouse, files, 'GAME_DATE')),
    judge: (warehouse, relation, files) => judgeGames(warehouse, 'shots', relation, files),
    inPlace: true,
    rows: async (_, source) => shotsSelect(source),
  },
];
