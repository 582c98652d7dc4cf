import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { writeSimulatedLeague } from '../../simulation/write-simulated-league.ts';
import { between, gameDatesOf } from '../support/equal-hashes.ts';
import { backcourt, type CommandResult, prepare } from '../support/run-command.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { type GoogleSqlService, startGoogleSql } from './googlesql/googlesql-service.ts';
import { type MemoryDatabase, makeMemoryDatabase } from './googlesql/memory-database.ts';
import { type OpenStandIn, openStandIn } from './open-stand-in.ts';

/** What is there before the first story. */
type MadeLeague = Pick<SmallLeague, 'folder' | 'files' | 'ingested' | 'dates' | 'run'>;

/** A few weeks of a made-up league for the stories, and a stand-in that is empty before each of them. */
export interface SmallLeague {
  readonly folder: string;
  /** Box scores and shots. */
  readonly files: readonly string[];
  /** The same, ingested into a DuckDB file. */
  readonly ingested: string;
  readonly dates: readonly string[];
  /** `run --backfill` of all of it, without its warehouse. */
  readonly run: readonly string[];
  readonly open: OpenStandIn;
  readonly database: MemoryDatabase;
  /** One command line on the stand-in. */
  onStandIn(...argv: readonly string[]): Promise<CommandResult>;
  /** The same, with a signal that may come. */
  stoppable(stop: AbortSignal, ...argv: readonly string[]): Promise<CommandResult>;
  /** One command line that names its warehouses itself. */
  command(...argv: readonly string[]): Promise<CommandResult>;
}

/**
 * @param gamesPerTeam how long the season is.
 * @param prepareLeague is called once, when the files are there and no stand-in yet.
 */
export function smallLeague(
  name: string,
  gamesPerTeam: number,
  prepareLeague: (made: MadeLeague) => Promise<void> = async () => {},
): () => SmallLeague {
  const folder = tempFolder(`bigquery-${name}`);
  let service: GoogleSqlService | undefined;
  let made: MadeLeague | undefined;
  let open: OpenStandIn | undefined;
  let database: MemoryDatabase | undefined;

  beforeAll(async () => {
    service = await startGoogleSql();
    const directory = join(folder, 'league');
    await mkdir(directory);
    const league = { directory, seasons: 1, gamesPerTeam, postseason: false, seed: 31 };
    const files = await writeSimulatedLeague(league);
    const ingested = join(folder, 'ingested.duckdb');
    await prepare(['ingest', 'simulated', ...files, '--warehouse', ingested]);
    const dates = await gameDatesOf(ingested);
    const run = ['run', '--backfill', ...between(dates[0], dates.at(-1))];
    made = { folder, files, ingested, dates, run };
    await prepareLeague(made);
  });
  afterAll(() => service?.stop());
  beforeEach(async () => {
    if (!service) throw new Error('no service');
    database = makeMemoryDatabase(service);
    open = await openStandIn(database);
  });
  afterEach(() => open?.close());

  return () => {
    if (!made || !open || !database) throw new Error('not made yet');
    const { place, client } = open;
    const command = (...argv: readonly string[]) => backcourt(argv, { bigQueryClient: client });
    return {
      ...made,
      open,
      database,
      command,
      onStandIn: (...argv) => command(...argv, '--warehouse', place),
      stoppable: (stop, ...argv) =>
        backcourt([...argv, '--warehouse', place], { bigQueryClient: client, stop }),
    };
  };
}
