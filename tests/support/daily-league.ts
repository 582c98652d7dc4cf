import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import type { SimulatedLeagueRequest } from '../../simulation/write-simulated-league.ts';
import { gameDatesOf } from './equal-hashes.ts';
import type { SourceRow } from './game-log.ts';
import { prepare } from './run-command.ts';
import { simulatedWarehouse } from './simulated-warehouse.ts';
import { queryFile } from './warehouse-file.ts';
import { writeCsv } from './write-source.ts';

/** A made-up season as it comes in day by day: a schedule file first, the logs of a day after its games. */
export interface DailyLeague {
  /** Game dates, ascending. */
  readonly dates: readonly string[];
  /** A schedule file of all games, none of them played. */
  readonly schedule: string;
  /** A warehouse that was given all logs at once and no schedule file. */
  readonly whole: string;
  /** Logs and shot charts of the game dates from one to another, both included. */
  logs(from: string, to: string): Promise<readonly string[]>;
}

/** Makes such a season in a folder, from a simulated one. */
export async function dailyLeague(
  folder: string,
  league: Partial<SimulatedLeagueRequest> = {},
): Promise<DailyLeague> {
  const { path, files } = await simulatedWarehouse(folder, league);
  const [logFile = '', shotFile = ''] = files;
  const days = join(folder, 'days');
  mkdirSync(days);
  return {
    dates: await gameDatesOf(path),
    schedule: writeCsv(folder, 'schedule.csv', await scheduleRows(path)),
    whole: path,
    logs: async (from, to) => {
      const outputs = ['logs', 'shots'].map((name) => join(days, `${name}-${from}-${to}.parquet`));
      const [logs = '', shots = ''] = outputs;
      if (existsSync(logs)) return outputs;
      const played = `CAST(GAME_DATE AS DATE) BETWEEN DATE '${from}' AND DATE '${to}'`;
      await inMemory([
        `COPY (SELECT * FROM '${logFile}' WHERE ${played}) TO '${logs}' (FORMAT parquet)`,
        `COPY (SELECT * FROM '${shotFile}' WHERE GAME_ID IN (SELECT GAME_ID FROM '${logs}')) TO '${shots}' (FORMAT parquet)`,
      ]);
      return outputs;
    },
  };
}

/** A warehouse with the schedule of the season, and the logs and tables of its first days. */
export async function dailyWarehouse(
  league: DailyLeague,
  path: string,
  lastLoaded: string,
): Promise<string> {
  const [first = ''] = league.dates;
  const on = ['--warehouse', path];
  await prepare(['ingest', 'schedule', league.schedule, ...on]);
  await prepare(['ingest', 'simulated', ...(await league.logs(first, lastLoaded)), ...on]);
  await prepare(['run', '--backfill', '--start-date', first, '--end-date', lastLoaded, ...on]);
  return path;
}

/** The rows of a schedule file of all games of a warehouse, none of them played. */
export async function scheduleRows(path: string): Promise<readonly SourceRow[]> {
  const rows = await queryFile(
    path,
    `SELECT nba_game_id, CAST(game_date AS VARCHAR), home_team_abbr, away_team_abbr
FROM nba_raw.schedule ORDER BY ALL`,
  );
  return rows.map(([id, date, home, away]) => ({
    nba_game_id: String(id),
    game_date: String(date),
    home_team_abbr: String(home),
    away_team_abbr: String(away),
    DATA_KIND: 'simulated',
  }));
}

async function inMemory(statements: readonly string[]): Promise<void> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  try {
    for (const sql of statements) await connection.run(sql);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}
