import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';

/** A request as the host has seen it. */
export interface SeenRequest {
  /** On a clock that is never set, in milliseconds. */
  readonly atMs: number;
  readonly endpoint: string;
  /** `logs 2024-01-26 Regular Season`, `schedule 2023-24`. */
  readonly about: string;
  readonly parameters: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
}

/** Answers in the place of the host. @returns FALSE where the host is to answer as always. */
export type Misbehaviour = (
  seen: SeenRequest,
  response: ServerResponse,
  /** What the host would say. */
  honest: () => Promise<object>,
) => boolean | Promise<boolean>;

export interface StandInHost {
  /** The base address of the statistics. */
  readonly url: string;
  readonly requests: SeenRequest[];
  /** How it behaves from now on; honestly unless set. */
  misbehave: Misbehaviour | undefined;
  /** What it would say. */
  honest(endpoint: string, parameters: URLSearchParams): Promise<object>;
  close(): Promise<void>;
}

const kinds: Readonly<Record<string, 'logs' | 'shots'>> = {
  playergamelogs: 'logs',
  shotchartdetail: 'shots',
};

const prefixes: Readonly<Record<string, string>> = {
  'Regular Season': '002',
  Playoffs: '004',
  PlayIn: '005',
  IST: '006',
};

/**
 * Stands in for the league's host of statistics, on the loopback address: player logs, shot charts and schedules of
 * some files, in the form that the endpoints have. Whoever starts it closes it.
 */
export async function standInHost(files: readonly string[]): Promise<StandInHost> {
  const instance = await DuckDBInstance.create(':memory:');
  const database = await instance.connect();
  for (const [table, name] of [
    ['logs', 'playergamelogs'],
    ['shots', 'shotchartdetail'],
  ]) {
    const own = files.filter((file) => file.includes(`${name}_`)).map((file) => `'${file}'`);
    await database.run(
      `CREATE TABLE ${table} AS SELECT replace(GAME_DATE, '-', '')[:8] AS asked_day, * FROM read_parquet([${own.join(', ')}], union_by_name = true)`,
    );
  }
  const said = new Map<string, string>();
  const host: { -readonly [Key in keyof StandInHost]: StandInHost[Key] } = {
    url: '',
    requests: [],
    misbehave: undefined,
    honest: async (endpoint, parameters) => {
      const question = `${endpoint}?${parameters}`;
      const text =
        said.get(question) ?? JSON.stringify(await answerOf(database, endpoint, parameters));
      said.set(question, text);
      return JSON.parse(text);
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      database.closeSync();
      instance.closeSync();
    },
  };
  // One question after the other: the connection to the database is one.
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = turn.then(work);
    turn = mine.catch(() => undefined);
    return mine;
  };
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://stand-in');
    const endpoint = pathname.split('/').at(-1) ?? '';
    const seen: SeenRequest = {
      atMs: performance.now(),
      endpoint,
      about: aboutOf(endpoint, searchParams),
      parameters: searchParams,
      headers: request.headers,
    };
    host.requests.push(seen);
    const honest = () => inTurn(() => host.honest(endpoint, searchParams));
    void (async () => {
      if (await host.misbehave?.(seen, response, honest)) return;
      sendJson(response, await honest());
    })().catch((error: unknown) => {
      response.statusCode = 500;
      response.end(String(error));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  host.url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/stats`;
  return host;
}

/** Sends what a host says when all is well. */
export function sendJson(response: ServerResponse, answer: object): void {
  response.setHeader('content-type', 'application/json; charset=utf-8');
  response.end(JSON.stringify(answer));
}

function aboutOf(endpoint: string, parameters: URLSearchParams): string {
  if (endpoint === 'scheduleleaguev2') return `schedule ${parameters.get('Season')}`;
  return `${kinds[endpoint]} ${dayOf(parameters)} ${parameters.get('SeasonType')}`;
}

function dayOf(parameters: URLSearchParams): string {
  const [month, day, year] = (parameters.get('DateFrom') ?? '').split('/');
  return `${year}-${month}-${day}`;
}

function answerOf(
  database: DuckDBConnection,
  endpoint: string,
  parameters: URLSearchParams,
): Promise<object> {
  return endpoint === 'scheduleleaguev2'
    ? schedule(database, parameters.get('Season') ?? '')
    : table(database, kinds[endpoint] ?? 'logs', parameters);
}

async function table(
  database: DuckDBConnection,
  kind: 'logs' | 'shots',
  parameters: URLSearchParams,
): Promise<object> {
  // Without it the endpoint tells of makes alone.
  const makes = kind === 'shots' && parameters.get('ContextMeasure') !== 'FGA';
  const reader = await database.runAndReadAll(`
SELECT * EXCLUDE (asked_day) FROM ${kind}
WHERE asked_day = '${dayOf(parameters).replaceAll('-', '')}'
  AND starts_with(GAME_ID, '${prefixes[parameters.get('SeasonType') ?? ''] ?? 'none'}')
  ${makes ? 'AND SHOT_MADE_FLAG = 1' : ''}`);
  const name = kind === 'logs' ? 'PlayerGameLogs' : 'Shot_Chart_Detail';
  const headers = reader.columnNames();
  const numbers = reader.columnTypes().map((type) => /INT|DOUBLE|FLOAT/.test(type.toString()));
  // What JSON has as a number the endpoint has as a number.
  const rowSet = reader
    .getRowsJson()
    .map((row) =>
      row.map((cell, index) => (numbers[index] && cell !== null ? Number(cell) : cell)),
    );
  const others = kind === 'shots' ? [{ name: 'LeagueAverages', headers: ['FGA'], rowSet: [] }] : [];
  return { resource: kind, parameters: {}, resultSets: [{ name, headers, rowSet }, ...others] };
}

/** All games of a season, over and with their points, by days. */
async function schedule(database: DuckDBConnection, season: string): Promise<object> {
  const marked = await database.runAndReadAll(
    `SELECT COUNT(*) FROM (DESCRIBE logs) WHERE column_name = 'DATA_KIND'`,
  );
  const isSimulated = Number(marked.getRows()[0]?.[0]) > 0;
  const reader = await database.runAndReadAll(`
SELECT
  GAME_ID, substr(MIN(GAME_DATE), 1, 10) AS day,
  coalesce(MIN(CASE WHEN contains(MATCHUP, 'vs.') THEN TEAM_ABBREVIATION END), MIN(TEAM_ABBREVIATION)) AS home,
  list_sort(list(DISTINCT TEAM_ABBREVIATION)) AS teams,
  map_from_entries(list(DISTINCT (TEAM_ABBREVIATION, points))) AS points
FROM (SELECT *, SUM(PTS) OVER (PARTITION BY GAME_ID, TEAM_ABBREVIATION) AS points FROM logs)
WHERE SEASON_YEAR = '${season}'
GROUP BY GAME_ID ORDER BY day, GAME_ID`);
  const games = reader.getRowObjectsJson().map((row) => {
    const { GAME_ID: gameId, day, home, teams, points } = row as unknown as GameRow;
    const away = teams.find((team) => team !== home) ?? '';
    const pointsOf = (team: string) => Number(points.find(({ key }) => key === team)?.value ?? 0);
    return {
      gameId,
      gameStatus: 3,
      gameStatusText: 'Final',
      gameDateEst: `${day}T00:00:00Z`,
      gameDateTimeEst: `${day}T19:30:00Z`,
      homeTeam: { teamTricode: home, score: pointsOf(home) },
      awayTeam: { teamTricode: away, score: pointsOf(away) },
      ...(isSimulated && { DATA_KIND: 'simulated' }),
    };
  });
  const byDay = Map.groupBy(games, ({ gameDateEst }) => gameDateEst.slice(0, 10));
  const gameDates = [...byDay].map(([gameDate, own]) => ({ gameDate, games: own }));
  return { meta: {}, leagueSchedule: { seasonYear: season, leagueId: '00', gameDates } };
}

interface GameRow {
  readonly GAME_ID: string;
  readonly day: string;
  readonly home: string;
  readonly teams: readonly string[];
  readonly points: readonly { readonly key: string; readonly value: string }[];
}
