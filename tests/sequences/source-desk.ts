/**
 * The files that a warehouse is made from, before they are written: two tables of a database in memory.
 * A relation over them is what somebody's files say; what is kept of one is what the final files say.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance, type Json } from '@duckdb/node-api';

/** Logs and shot charts as relations. `GAME_DATE` is `2023-11-06` in both. */
export interface Sources {
  readonly logs: string;
  readonly shots: string;
}

export interface KnownGame {
  readonly id: string;
  readonly date: string;
  readonly home: string;
  readonly away: string;
  /** Everybody who is listed. */
  readonly players: ReadonlySet<string>;
}

export interface Selection {
  /** All unless given. */
  readonly dates?: readonly string[];
  readonly content: 'both' | 'logs' | 'shots';
}

export interface SourceDesk {
  /** What is true: what the final files will say. */
  readonly truth: Sources;
  /** Changes what is true. */
  keep(sources: Sources): Promise<void>;
  /** Everything that was ever changed, as a key: equal ones have equal final files. */
  changes(): string;
  /** Games of a relation, by date. */
  games(sources: Sources): Promise<readonly KnownGame[]>;
  rows(sql: string): Promise<readonly (readonly Json[])[]>;
  /** Writes what a selection has rows of. @returns the paths, logs before shots. */
  write(sources: Sources, selection: Selection): Promise<readonly string[]>;
  close(): void;
}

/** @param files of one league; @param folder where what is written goes. */
export async function openSourceDesk(
  files: readonly string[],
  folder: string,
): Promise<SourceDesk> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  const connection = await instance.connect();
  const truth = { logs: 'logs', shots: 'shots' };
  const changed: string[] = [];
  let written = 0;

  const rows = async (sql: string) => (await connection.runAndReadAll(sql)).getRowsJson();
  for (const [table, beginning, date] of [
    ['logs', 'playergamelogs', 'left(GAME_DATE, 10)'],
    ['shots', 'shotchart', "strftime(strptime(GAME_DATE, '%Y%m%d'), '%Y-%m-%d')"],
  ] as const) {
    const own = files.filter((path) => path.includes(beginning)).map((path) => `'${path}'`);
    await rows(
      `CREATE TABLE ${table} AS SELECT * REPLACE (${date} AS GAME_DATE) FROM read_parquet([${own}])`,
    );
  }

  return {
    truth,
    keep: async (sources) => {
      for (const [table, relation] of Object.entries(sources)) {
        if (relation === table) continue;
        changed.push(relation);
        await rows(`CREATE OR REPLACE TABLE ${table} AS SELECT * FROM ${relation}`);
      }
    },
    changes: () => changed.join('\n'),
    games: async ({ logs }) => {
      const found = await rows(`
SELECT GAME_ID, GAME_DATE, min(TEAM_ABBREVIATION) FILTER (contains(MATCHUP, 'vs.')),
  min(TEAM_ABBREVIATION) FILTER (NOT contains(MATCHUP, 'vs.')), string_agg(DISTINCT PLAYER_ID, ' ')
FROM ${logs} GROUP BY ALL ORDER BY GAME_DATE, GAME_ID`);
      return found.map(([id, date, home, away, players]) => ({
        id: String(id),
        date: String(date),
        home: String(home),
        away: String(away),
        players: new Set(String(players).split(' ')),
      }));
    },
    rows,
    write: async ({ logs, shots }, { dates, content }) => {
      written += 1;
      const isMeant =
        dates === undefined
          ? 'TRUE'
          : `GAME_DATE IN (${['', ...dates].map((date) => `'${date}'`).join(', ')})`;
      const paths: string[] = [];
      for (const [name, relation, date] of [
        ['logs', logs, "GAME_DATE || 'T00:00:00'"],
        ['shots', shots, "replace(GAME_DATE, '-', '')"],
      ] as const) {
        if (content !== 'both' && content !== name) continue;
        const path = join(folder, `${name}-${written}.parquet`);
        const [[count] = []] = await rows(
          `COPY (SELECT * REPLACE (${date} AS GAME_DATE) FROM ${relation} WHERE ${isMeant}) TO '${path}' (FORMAT parquet)`,
        );
        if (Number(count) > 0) paths.push(path);
        else rmSync(path);
      }
      return paths;
    },
    close: () => {
      connection.closeSync();
      instance.closeSync();
    },
  };
}
