import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll } from 'vitest';
import { gameLog, withRow } from './game-log.ts';
import { prepare } from './run-command.ts';
import { cellOf } from './warehouse-file.ts';
import { writeParquet } from './write-source.ts';

/** Two games of two days, of which the first is corrected and worked again. */
export const opener = { id: '0022300061', date: '2023-10-24', away: 'LAL', home: 'DEN' } as const;
export const second = { id: '0022300062', date: '2023-10-25', away: 'BOS', home: 'NYK' } as const;
export const openerDay = ['--dates', opener.date] as const;
export const summary = 'player_game_summary';

const [player = {}] = gameLog(opener);
/** The player whose assists the correction raises by one. */
export const key = String(player['PLAYER_ID']);
export const assists = Number(player['AST']);

/** The present, UTC, apart from whatever is recorded before it and after it. */
export async function momentBetween(): Promise<string> {
  await sleep(5);
  const time = new Date().toISOString().slice(0, 23);
  await sleep(5);
  return time;
}

/** The assists of the player in a warehouse. */
export const assistsIn = (path: string) =>
  cellOf(
    path,
    `SELECT assists::INT FROM nba_analytics.${summary} WHERE universal_player_id = '${key}'`,
  );

/**
 * A warehouse that is made before the first test of a file: loaded and worked, corrected, worked again and
 * given a second game. Beside it lie `first.parquet`, and `then.parquet` with the summary before the correction.
 */
export function correctedOpener(folder: string) {
  const warehouse = join(folder, 'w.duckdb');
  const on = ['--warehouse', warehouse];
  const times: string[] = [];
  const log = async (name: string, rows: Parameters<typeof writeParquet>[2]) =>
    prepare(['ingest', 'nba-stats', await writeParquet(folder, name, rows), ...on]);
  const made = `team_offense_game_summary,${summary}`;
  beforeAll(async () => {
    times.push(await momentBetween());
    await log('first.parquet', gameLog(opener));
    await prepare(['run', '--backfill', ...openerDay, '--tables', made, ...on]);
    await prepare(['export', summary, '--out', join(folder, 'then.parquet'), ...on]);
    times.push(await momentBetween());
    await log('corrected.parquet', withRow(gameLog(opener), 0, { AST: assists + 1 }));
    times.push(await momentBetween());
    await prepare(['run', '--backfill', ...openerDay, '--tables', made, ...on]);
    await log('second.parquet', gameLog(second));
    times.push(await momentBetween());
  }, 120_000);
  return {
    warehouse,
    on,
    /** Times before it was loaded, before the correction, after it, and after everything. */
    at: (number: number) => times[number] ?? '',
  };
}
