import { duckdbDialect as sql } from '../../sql/duckdb-dialect.ts';
import { literalFile } from '../../warehouse/duckdb/literal-file.ts';
import type { Reader } from '../../warehouse/warehouse.ts';
import type { MadeRows } from './source-content.ts';
import { columnName } from './source-file.ts';

const leastObjectBytes = 16_777_216;

/** A compressed file is taken to hold at most so many times its bytes. */
const mostPacked = 20;

/**
 * Finds the tables in JSON files that are read as one, every value as text: the `resultSets` of NBA.com's statistics,
 * its nested box scores and schedule, the events of the-odds-api, or plain objects, one by one or in a list; each of
 * them also as an answer that was fetched.
 * @param bytes of the largest of the files.
 * @throws WarehouseError when one is no JSON.
 */
export async function readJsonTables(
  reader: Reader,
  paths: readonly string[],
  bytes: number,
): Promise<readonly MadeRows[]> {
  const isPacked = paths.some((path) => /\.gz$/i.test(path));
  const most = Math.max(leastObjectBytes, (isPacked ? mostPacked : 1) * bytes + 1);
  const given = `(SELECT ${partsOf('json')} AS object
    FROM read_json_objects([${paths.map(literalFile).join(', ')}], format = 'unstructured', maximum_object_size = ${most})) AS objects`;
  const found = await keysOf(reader, given);
  const isFetched = found.has('answer') && found.has('received_at');
  const objects = isFetched ? answersOf(given) : given;
  const keys = isFetched ? await keysOf(reader, objects) : found;
  if (keys.has('resultSets') || keys.has('resultSet')) return resultSets(reader, objects);
  if (keys.has(aBox)) return [await objectTable(reader, boxPlayers(objects))];
  if (['leagueSchedule', 'gameDates', 'games'].some((key) => keys.has(key))) {
    return [await objectTable(reader, scheduledGames(objects))];
  }
  if (keys.has('bookmakers') || (keys.has('data') && keys.has('timestamp'))) {
    return [await objectTable(reader, offers(objects))];
  }
  return [await objectTable(reader, `SELECT object AS entry FROM ${objects}`)];
}

/** Stands among the keys of objects that hold the players of both sides; no key of their own. */
const aBox = 'players of a game';

/** The game of a nested box score: of the third version of the endpoint, of the live one, or by itself. */
function boxOf(object: string): string {
  return `coalesce(${object}->'boxScoreTraditional', ${object}->'game', ${object})`;
}

/** The objects of a list, one by one, or the one object that there is. */
function partsOf(json: string): string {
  return `unnest(CASE json_type(${json}) WHEN 'ARRAY' THEN ${listOf(json)} ELSE [${json}] END)`;
}

async function keysOf(reader: Reader, objects: string): Promise<ReadonlySet<string>> {
  const rows = await reader.query(
    `SELECT DISTINCT unnest(list_append(json_keys(object), CASE WHEN (${boxOf('object')}->'homeTeam'->'players') IS NOT NULL THEN '${aBox}' END)) AS key FROM ${objects}`,
  );
  return new Set(rows.map(({ key }) => String(key)));
}

/** What hosts said, out of the files that tell when they did; plain objects of a list are told it as well. */
function answersOf(objects: string): string {
  return `(SELECT
    CASE WHEN is_list THEN json_merge_patch(part, json_object('received_at', received_at)) ELSE part END AS object
  FROM (
    SELECT
      object->>'received_at' AS received_at,
      json_type(object->'answer') = 'ARRAY' AS is_list,
      ${partsOf("(object->'answer')")} AS part
    FROM ${objects}
  ) AS parts) AS answers`;
}

function listOf(json: string): string {
  return `from_json(${json}, '["JSON"]')`;
}

/** Tables with their headings in one list and each row in another. */
async function resultSets(reader: Reader, objects: string): Promise<readonly MadeRows[]> {
  const sets = `(SELECT unnest(CASE json_type(given) WHEN 'ARRAY' THEN ${listOf('given')} ELSE [given] END) AS result
    FROM (SELECT coalesce(object->'resultSets', object->'resultSet') AS given FROM ${objects}) AS responses) AS sets`;
  const found = await reader.query(
    `SELECT DISTINCT result->>'name' AS name, CAST(result->'headers' AS VARCHAR) AS headers FROM ${sets} ORDER BY len(headers) DESC, name`,
  );
  return found.map(({ name, headers }) => {
    const columns = (JSON.parse(String(headers ?? '[]')) as readonly unknown[]).map(String);
    const values = columns.map((column, index) => `cells[${index + 1}] AS ${columnName(column)}`);
    return {
      columns,
      relation: `(SELECT ${values.join(', ') || 'NULL AS nothing'}
  FROM (SELECT unnest(from_json(result->'rowSet', '[["VARCHAR"]]')) AS cells FROM ${sets}
    WHERE result->>'name' IS NOT DISTINCT FROM ${name === null || name === undefined ? 'NULL' : sql.string(String(name))}
      AND CAST(result->'headers' AS VARCHAR) = ${sql.string(String(headers))}) AS rows_of_set)`,
    };
  });
}

/**
 * A table of objects, a column per key; what is in an object of its own is named by both keys:
 * `homeTeam_teamId`.
 * @param entries SELECT of `entry`.
 */
async function objectTable(reader: Reader, entries: string): Promise<MadeRows> {
  const found = await reader.query(`
SELECT DISTINCT
  outer_key,
  unnest(CASE json_type(value) WHEN 'OBJECT' THEN json_keys(value) ELSE [NULL] END) AS inner_key
FROM (
  SELECT outer_key, json_extract(entry, ${pointerTo('outer_key')}) AS value
  FROM (SELECT entry, unnest(json_keys(entry)) AS outer_key FROM (${entries}) AS given) AS keyed
) AS valued
ORDER BY outer_key, inner_key`);
  const paths = new Map<string, string>();
  for (const { outer_key, inner_key } of found) {
    const path = [outer_key, inner_key].flatMap((key) => (typeof key === 'string' ? key : []));
    const name = path.join('_').toUpperCase();
    if (!paths.has(name)) paths.set(name, `/${path.map(escaped).join('/')}`);
  }
  const values = [...paths].map(
    ([name, path]) => `json_extract_string(entry, ${sql.string(path)}) AS ${columnName(name)}`,
  );
  return {
    columns: [...paths.keys()],
    relation: `(SELECT ${values.join(', ') || 'NULL AS nothing'} FROM (${entries}) AS given)`,
  };
}

function escaped(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}

function pointerTo(key: string): string {
  return `'/' || replace(replace(${key}, '~', '~0'), '/', '~1')`;
}

/** The players of both sides of a game, as the third version of the endpoint and the live one nest them. */
function boxPlayers(objects: string): string {
  const of = (value: string, keys: readonly string[]) =>
    keys.map((key) => `'${key}', ${value}->>'${key}'`).join(', ');
  return `
SELECT json_merge_patch(
    player, player->'statistics',
    json_object(${of('game', ['gameId', 'gameEt', 'gameTimeUTC', 'gameStatus'])}, ${of('team', ['teamId', 'teamCity', 'teamName', 'teamTricode'])}, 'isHome', is_home)
  ) AS entry
FROM (
  SELECT game, team, is_home, unnest(${listOf("team->'players'")}) AS player
  FROM (
    SELECT game, unnest([game->'homeTeam', game->'awayTeam']) AS team, unnest([TRUE, FALSE]) AS is_home
    FROM (SELECT ${boxOf('object')} AS game FROM ${objects}) AS games
  ) AS sides
) AS players`;
}

/** The games of the whole schedule, of what is in it, or of single days. */
function scheduledGames(objects: string): string {
  const dates = `coalesce((object->'leagueSchedule'->'gameDates'), (object->'gameDates'))`;
  return `
SELECT unnest(${listOf("day->'games'")}) AS entry
FROM (SELECT unnest(CASE WHEN ${dates} IS NULL THEN [object] ELSE ${listOf(dates)} END) AS day FROM ${objects}) AS days`;
}

/** Every side of every line; a snapshot of the past has its events under `data` and says when it was taken. */
function offers(objects: string): string {
  const data = `coalesce(object->'data', object)`;
  const event = ['commence_time', 'home_team', 'away_team'].map(
    (key) => `'${key}', event->>'${key}'`,
  );
  return `
SELECT json_merge_patch('{}', json_object(
    'event_id', event->>'id', ${event.join(', ')}, 'snapshot_ts', snapshot_ts,
    'bookmaker', book->>'key', 'market', market->>'key',
    'last_update', coalesce(market->>'last_update', book->>'last_update'),
    'outcome_name', outcome->>'name', 'player_name', outcome->>'description',
    'price', outcome->>'price', 'point', outcome->>'point'
  )) AS entry
FROM (
  SELECT snapshot_ts, event, book, market, unnest(${listOf("market->'outcomes'")}) AS outcome
  FROM (
    SELECT snapshot_ts, event, book, unnest(${listOf("book->'markets'")}) AS market
    FROM (
      SELECT snapshot_ts, event, unnest(${listOf("event->'bookmakers'")}) AS book
      FROM (
        SELECT
          object->>'timestamp' AS snapshot_ts,
          unnest(CASE json_type(${data}) WHEN 'ARRAY' THEN ${listOf(data)} ELSE [${data}] END) AS event
        FROM ${objects}
      ) AS events
    ) AS books
  ) AS markets
) AS outcomes`;
}
