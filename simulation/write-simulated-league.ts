/**
 * Writes a made-up league to files of the same shape as those of NBA.com, for the demo, for tests and
 * for measuring: `playergamelogs_2021-22.parquet` and `shotchartdetail_2021-22.parquet` per season.
 * The column `DATA_KIND` of every row says that they are simulated. Seasons are written one after the
 * other and only one is in memory.
 */
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { seasonName } from '../src/calendar/season-name.ts';
import { toWarehouseError, withAdvice } from '../src/warehouse/duckdb/errors.ts';
import { makeInstance } from '../src/warehouse/duckdb/instance.ts';
import { ownName } from '../src/warehouse/own-names.ts';
import { WarehouseError } from '../src/warehouse/warehouse.ts';
import { foundLeague, nextSeason } from './league.ts';
import { loadSeason, prepareScratchTables } from './load-season.ts';
import { FULL_SEASON_GAMES } from './pairing-rounds.ts';
import type { UnusualDates } from './season-dates.ts';
import { copyPlayerGameLogs, copyShotChart } from './season-sql.ts';
import { simulateSeason } from './simulate-season.ts';
import { defaultSimulatedYear, firstSimulatedYear, lastSimulatedYear } from './simulated-years.ts';

export interface SimulatedLeagueRequest {
  /** A folder that exists; the files are written into it. */
  readonly directory: string;
  readonly seasons: number;
  /** First calendar year of the first season, 1946–2045; 2021 unless given. */
  readonly firstSeasonYear?: number;
  /** Any number; equal seeds give equal leagues. 1 unless given. */
  readonly seed?: number;
  /**
   * Regular-season games of a team: an even number from 2 to 82; 82 unless given. A shorter season begins on
   * the usual day and has short series.
   */
  readonly gamesPerTeam?: number;
  /** Whether play-in and playoffs are played; they are unless this is `false`. */
  readonly postseason?: boolean;
  /** Of the first season: a late start, or a long pause. */
  readonly unusualDates?: UnusualDates;
  /** Called when the files of a season are complete. */
  readonly onSeason?: (seasonYear: number) => void;
}

/**
 * @returns the paths of the files, logs before shots, in order of season.
 * @throws WarehouseError `surroundings` when they cannot be written.
 */
export async function writeSimulatedLeague(
  request: SimulatedLeagueRequest,
): Promise<readonly string[]> {
  const {
    directory,
    seasons,
    firstSeasonYear = defaultSimulatedYear,
    seed = 1,
    postseason = true,
  } = request;
  const gamesPerTeam = request.gamesPerTeam ?? FULL_SEASON_GAMES;
  assertPlayable(seasons, firstSeasonYear, gamesPerTeam);
  const instance = await makeInstance({ temp_directory: ownName(join(directory, 'spilled-')) });
  const connection = await instance.connect();
  try {
    await prepareScratchTables(connection);
    const paths: string[] = [];
    let league = foundLeague(seed, firstSeasonYear);
    for (let season = 0; season < seasons; season += 1) {
      if (season > 0) league = nextSeason(league);
      const played = simulateSeason({
        ...{ league, gamesPerTeam, postseason },
        ...(season === 0 && request.unusualDates ? { unusualDates: request.unusualDates } : {}),
      });
      league = played.league;
      await loadSeason(connection, played);
      paths.push(...(await copySeason(connection, directory, played.seasonYear)));
      request.onSeason?.(played.seasonYear);
    }
    return paths;
  } catch (error) {
    const { kind, message, sql } = toWarehouseError(error);
    const why = `cannot write to "${directory}": ${withAdvice(message)}`;
    throw kind === 'surroundings' ? new WarehouseError(kind, why, sql) : error;
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

async function copySeason(
  connection: DuckDBConnection,
  directory: string,
  seasonYear: number,
): Promise<readonly string[]> {
  const logs = join(directory, `playergamelogs_${seasonName(seasonYear)}.parquet`);
  const shots = join(directory, `shotchartdetail_${seasonName(seasonYear)}.parquet`);
  await connection.run(copyPlayerGameLogs(seasonYear, logs));
  await connection.run(copyShotChart(shots));
  return [logs, shots];
}

function assertPlayable(seasons: number, firstSeasonYear: number, gamesPerTeam: number): void {
  const lastSeasonYear = firstSeasonYear + seasons - 1;
  if (!Number.isInteger(seasons) || seasons < 1) {
    throw new RangeError(`the number of seasons must be at least 1, not ${seasons}`);
  }
  if (!(firstSeasonYear >= firstSimulatedYear && lastSeasonYear <= lastSimulatedYear)) {
    throw new RangeError(
      `simulated seasons lie between ${firstSimulatedYear} and ${lastSimulatedYear}, not ${firstSeasonYear}–${lastSeasonYear}`,
    );
  }
  const isShortEnough = gamesPerTeam >= 2 && gamesPerTeam <= FULL_SEASON_GAMES;
  if (!isShortEnough || gamesPerTeam % 2 !== 0) {
    throw new RangeError(
      `games per team must be an even number from 2 to ${FULL_SEASON_GAMES}, not ${gamesPerTeam}`,
    );
  }
}
