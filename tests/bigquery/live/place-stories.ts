import { copyFileSync, readFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeSimulatedLeague } from '../../../simulation/write-simulated-league.ts';
import type { CliContext } from '../../../src/cli/cli-context.ts';
import type { BigQueryWarehouse } from '../../../src/warehouse/bigquery/bigquery-warehouse.ts';
import { type BigQueryLocation, connect } from '../../../src/warehouse/bigquery/connect.ts';
import { datasetId } from '../../../src/warehouse/bigquery/qualify-names.ts';
import { between, gameDatesOf } from '../../support/equal-hashes.ts';
import { backcourt, type CommandResult, prepare } from '../../support/run-command.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { changeFile, differingUnits, partitionHashes } from '../../support/warehouse-file.ts';
import { cancelRunning } from './cancel-running.ts';
import { jobsOfThisRun } from './jobs-of-this-run.ts';

/** An empty place in BigQuery, or in what stands in for it. */
export interface Place {
  /** `--warehouse` of it. */
  readonly location: string;
  /** What the client needs to find it, besides the ordinary credentials. */
  readonly client: CliContext['bigQueryClient'];
  /** What a client is made with that is not the product's. */
  readonly project: BigQueryLocation;
  /** Makes jobs last, where they would be over before anybody could cancel one. */
  slowDown(isSlow: boolean): void;
  /** The product's own warehouse. */
  open(session: string): Promise<BigQueryWarehouse>;
  /** Changes rows behind the back of the product. */
  change(sql: string): Promise<void>;
  /** Takes away everything that the stories have made. */
  close(): Promise<void>;
}

const offense = 'team_offense_game_summary';
const store = 'ml_feature_store';

/**
 * The stories that can be told of any place, a real project included: nothing in them reaches behind
 * the interface of BigQuery. They build on each other, for each job of a real project takes its time.
 */
export function placeStories(name: string, open: () => Promise<Place>): void {
  describe(name, () => {
    const folder = tempFolder('bigquery-place');
    const computed = join(folder, 'computed.duckdb');
    let place: Place;
    let files: readonly string[];
    let dates: readonly string[];
    let season: readonly string[];
    let copies = 0;
    const beganAt = new Date().toISOString();

    beforeAll(async () => {
      place = await open();
      const directory = join(folder, 'league');
      await mkdir(directory);
      const league = { directory, seasons: 1, gamesPerTeam: 6, postseason: false, seed: 31 };
      files = await writeSimulatedLeague(league);
      await prepare(['ingest', 'simulated', ...files, '--warehouse', computed]);
      dates = await gameDatesOf(computed);
      season = ['run', '--backfill', ...between(dates[0], dates.at(-1))];
      await prepare([...season, '--warehouse', computed]);
    });
    afterAll(async () => {
      if (!place) return;
      const client = await connect(place.project, place.client);
      process.stderr.write(`${await jobsOfThisRun(client, place.project, beganAt)}\n`);
      await place.close();
    });

    function command(...argv: readonly string[]): Promise<CommandResult> {
      const { client } = place;
      return backcourt(argv, client ? { bigQueryClient: client } : {});
    }
    const there = (...argv: readonly string[]) => command(...argv, '--warehouse', place.location);

    async function succeeds(...argv: readonly string[]): Promise<CommandResult> {
      const result = await there(...argv);
      expect([argv, result.exitCode, result.stderr]).toEqual([argv, 0, '']);
      return result;
    }

    function newFile(): string {
      copies += 1;
      return join(folder, `${copies}.duckdb`);
    }

    /** Everything that stands there, copied here and proven, is what a DuckDB file holds. */
    async function expectSameAs(path: string): Promise<void> {
      const back = newFile();
      const copied = await command('copy', '--from', place.location, '--to', back);
      expect([copied.exitCode, copied.stderr]).toEqual([0, '']);
      expect(differingUnits(await partitionHashes(path), await partitionHashes(back))).toEqual([]);
    }

    test('before there is anything, a reader is told so', async () => {
      const { exitCode, stderr } = await there('status');
      expect([exitCode, stderr.startsWith('error: ')]).toEqual([5, true]);
    });

    test('what is written stays, although the dataset says that tables and partitions expire', async () => {
      const client = await connect(place.project, place.client);
      const day = 86_400_000;
      for (const dataset of ['nba_raw', 'nba_analytics']) {
        await client.createDataset(datasetId(place.project, dataset), {
          location: place.project.region,
          defaultTableExpirationMs: String(90 * day),
          defaultPartitionExpirationMs: String(60 * day),
        });
      }
      await succeeds('ingest', 'simulated', ...files);
      for (const dataset of ['nba_raw', 'nba_analytics']) {
        const [rows] = await client.query(
          `SELECT table_name FROM \`${place.project.projectId}.${datasetId(place.project, dataset)}.INFORMATION_SCHEMA.TABLE_OPTIONS\` WHERE option_name IN ('expiration_timestamp', 'partition_expiration_days')`,
        );
        expect([dataset, rows]).toEqual([dataset, []]);
      }
      const rows = await place
        .open('look')
        .then((warehouse) =>
          warehouse.query('SELECT COUNT(DISTINCT game_date) AS dates FROM nba_raw.player_box'),
        );
      expect(rows).toEqual([{ dates: dates.length }]);
    });

    test('a commit that lasts longer than ten seconds is not taken for done', async () => {
      const warehouse = await place.open('long');
      await warehouse.beginWriting({ tables: [], waitSeconds: 600 });
      const nothing = "DELETE FROM backcourt.exclusions\nWHERE table_name = 'none of them'";
      await warehouse.commit([
        ...Array.from({ length: 15 }, () => nothing),
        "INSERT INTO backcourt.exclusions (table_name, partition_date, entity, reason_code)\nVALUES\n('long', DATE '2021-10-19', 'x', 'x')",
      ]);
      const count = "SELECT COUNT(*) AS n FROM backcourt.exclusions WHERE table_name = 'long'";
      expect(await warehouse.query(count)).toEqual([{ n: 1 }]);
      await place.change("DELETE FROM backcourt.exclusions WHERE table_name = 'long'");
      await warehouse.close();
    });

    test('two processes on the same new dates: one of them writes', async () => {
      const work = [
        'run',
        '--backfill',
        '--tables',
        offense,
        '--dates',
        dates.slice(0, 2).join(','),
      ];
      const both = await Promise.all([there(...work), there(...work)]);
      const exits = both.map(({ exitCode }) => exitCode).sort();
      expect([both.map(({ stderr }) => stderr), exits]).toEqual([
        both.map(({ stderr }) => stderr),
        [0, exits[1] === 0 ? 0 : 6],
      ]);
      await succeeds(...work);
      const warehouse = await place.open('count');
      const [found] = await warehouse.query(
        `SELECT COUNT(*) AS records, COUNT(DISTINCT partition_date) AS days FROM backcourt.partitions WHERE table_name = '${offense}'`,
      );
      expect(found).toEqual({ records: 2, days: 2 });
      await warehouse.close();
    });

    test('a job that somebody cancels ends the run, which goes on when it is asked again', async () => {
      const client = await connect(place.project, place.client);
      const days = dates.slice(2, 4).join(',');
      place.slowDown(true);
      const work = ['run', '--backfill', '--tables', offense, '--dates', days];
      const running = there(...work);
      await cancelRunning(client, (sql) => sql.includes('CREATE OR REPLACE TABLE'));
      const { exitCode, stderr } = await running;
      place.slowDown(false);
      expect([exitCode, stderr.includes('cancelled')]).toEqual([8, true]);
      await succeeds(...work);
    });

    test('a second ingest changes nothing', async () => {
      expect((await succeeds('ingest', 'simulated', ...files)).stdout).toContain('nothing changed');
    });

    test('a plan names its price, and a limit below it is kept', async () => {
      const plan = await succeeds('plan', ...season.slice(1));
      expect(plan.stdout).toMatch(/^BigQuery: \d+ jobs, .* at most \$\d+\.\d\d$/m);
      const limited = await there(...season, '--tables', offense, '--max-bytes', '10485760');
      expect([limited.exitCode, limited.stderr.includes('--max-bytes')]).toEqual([8, true]);
    });

    test('a backfill of every table is what DuckDB computes, and is not done twice', async () => {
      await succeeds(...season);
      await expectSameAs(computed);
      expect((await succeeds(...season)).lines.at(-1)).toBe('nothing to do');
      await succeeds('verify', '--hashes', '--sample', '0');
    });

    test('an export is the file that DuckDB writes', async () => {
      const flags = ['export', store, '--with-labels', '--allow-missing', '--out'];
      const [one, other] = [join(folder, 'there.csv'), join(folder, 'here.csv')];
      await succeeds(...flags, one);
      await prepare([...flags, other, '--warehouse', computed]);
      expect(readFileSync(one, 'utf8')).toBe(readFileSync(other, 'utf8'));
    });

    test('a corrected box score goes through to what reads it, and no further', async () => {
      const [logs = ''] = files;
      const corrected = join(folder, 'corrected.parquet');
      await changeFile(
        ':memory:',
        `CREATE TABLE source AS FROM read_parquet('${logs}');
COPY (SELECT * REPLACE (CASE WHEN GAME_DATE LIKE '${dates[8]}%' AND PLAYER_ID = (
  SELECT MIN(PLAYER_ID) FROM source WHERE GAME_DATE LIKE '${dates[8]}%') THEN FTA + 4 ELSE FTA END AS FTA)
FROM source) TO '${corrected}' (FORMAT parquet)`,
      );
      const here = newFile();
      copyFileSync(computed, here);
      for (const argv of [['ingest', 'simulated', corrected], season]) {
        await prepare([...argv, '--warehouse', here]);
        await succeeds(...argv);
      }
      await expectSameAs(here);
      expect((await succeeds('ingest', 'simulated', ...files)).stdout).toContain('1 date written');
      await succeeds(...season);
      await expectSameAs(computed);
    });

    test('a date that fails does so alone, and is retried when it is mended', async () => {
      const box = `nba_raw.player_box`;
      const bad = dates[3] ?? '';
      const isBad = `game_date = DATE '${bad}'`;
      await place.change(
        `UPDATE ${box} SET nba_game_id = CONCAT('X', nba_game_id) WHERE ${isBad} AND team_abbr = (SELECT MIN(team_abbr) FROM ${box} WHERE ${isBad})`,
      );
      // Nobody told the ledger, so nothing is stale; without records everything is due again.
      await place.change(
        `DELETE FROM backcourt.partitions WHERE table_name = '${offense}' AND partition_date >= DATE '1900-01-02'`,
      );
      const failed = await there(...season, '--tables', offense);
      expect([failed.exitCode, failed.stdout.includes(`--dates ${bad}`)]).toEqual([3, true]);
      await place.change(
        `UPDATE ${box} SET nba_game_id = SUBSTR(nba_game_id, 2) WHERE ${isBad} AND STARTS_WITH(nba_game_id, 'X')`,
      );
      expect((await succeeds('retry')).stdout).toContain('1 unit: 1 written');
      await expectSameAs(computed);
    });

    test('a row that was changed behind its back is found, and not copied', async () => {
      const day = dates.at(-1) ?? '';
      const shift = (by: string) =>
        place.change(
          `UPDATE nba_predictions.${store} SET days_rest = days_rest ${by} WHERE game_date = DATE '${day}'`,
        );
      await shift('+ 1');
      const copied = await command('copy', '--from', place.location, '--to', newFile());
      expect([copied.exitCode, copied.stdout.includes(`not copied ${store} ${day}`)]).toEqual([
        7,
        true,
      ]);
      expect((await there('verify', '--hashes', '--sample', '0')).exitCode).toBe(7);
      await shift('- 1');
      await expectSameAs(computed);
    });

    test('what is equal is not copied, and what is not there is', async () => {
      await place.change(
        `DELETE FROM backcourt.partitions WHERE table_name = '${store}' AND partition_date >= DATE '1900-01-02'`,
      );
      const up = await command('copy', '--from', computed, '--to', place.location, '--json');
      expect(up.exitCode).toBe(0);
      const hashes = [...(await partitionHashes(computed)).keys()];
      const copied = hashes.filter((unit) => unit.startsWith(`${store} `)).length;
      expect(JSON.parse(up.stdout.trim().split('\n').at(-1) ?? '{}')).toMatchObject({
        dates_copied: copied,
        dates_equal: hashes.length - copied,
      });
      await expectSameAs(computed);
      expect((await succeeds(...season)).lines.at(-1)).toBe('nothing to do');
    });
  });
}
