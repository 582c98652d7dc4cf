import { duckdbDialect as sql } from '../../sql/duckdb-dialect.ts';
import type { DuckDbWarehouse } from '../../warehouse/duckdb/duckdb-warehouse.ts';
import { textRows } from '../files/file-values.ts';
import type { SourceFile } from '../files/source-content.ts';
import { playerAliases } from './player-aliases.ts';
import { playerLookup } from './player-lookup.ts';
import { restoredName, suffix } from './restored-name.ts';

/** The two columns of which one is enough to say who a row is about. */
export const playerColumns = ['player_lookup', 'player_name'] as const;

/** What a row says of its player: the lookup if it has one, else the name. */
export const givenPlayer = 'coalesce(player_lookup_text, player_name_text)';

const stem = (lookup: string) => `regexp_replace(${lookup}, '${suffix}', '')`;

/** Added to the distance of a player whose team does not play on the date: anybody who does is nearer. */
const absent = 10;

/** A way to write a player; the nearer to what is given, the smaller its rank. */
interface Spelling {
  readonly lookup: string;
  readonly rank: 0 | 1;
}

/**
 * Stages who the players of some files are, and returns the name of the relation (given, game_date,
 * player_lookup, is_unknown). Looked for are those of the teams that play on the date, who have played in its
 * season: as written, by an alias in either direction, without a suffix, by an initial; then those of all teams. One is found or
 * none; then the name is taken as the alias list has it. Unknown is whom none of the date's teams has.
 * @param columns what `gameDate` is made of.
 * @param gameDate the date of a row, from `<column>_text`.
 */
export async function resolvePlayers(
  warehouse: DuckDbWarehouse,
  files: readonly SourceFile[],
  columns: readonly string[],
  gameDate: string,
): Promise<string> {
  await warehouse.stage(
    'asked_players',
    `
SELECT DISTINCT ${givenPlayer} AS given, ${gameDate} AS game_date
FROM (${textRows(files, [...playerColumns, ...columns])}
) AS source
WHERE ${givenPlayer} IS NOT NULL`,
  );
  const rows = await warehouse.query('SELECT DISTINCT given FROM asked_players');
  const spelled = rows.flatMap(({ given }) =>
    spellings(String(given)).map(({ lookup, rank }) => [
      sql.string(String(given)),
      sql.string(lookup),
      String(rank),
    ]),
  );
  const written = rows.map(({ given }) => [
    sql.string(String(given)),
    sql.string(knownLookup(String(given))),
  ]);
  if (written.length === 0) return nobody;
  await warehouse.stage(
    'resolved_players',
    `
WITH days AS (SELECT DISTINCT game_date FROM asked_players),
rosters AS (SELECT DISTINCT season_year, team_abbr, player_lookup FROM nba_raw.player_box),
games AS (
  SELECT days.game_date, game.season_year, side.team
  FROM days
  INNER JOIN nba_raw.schedule AS game ON game.game_date = days.game_date
  CROSS JOIN UNNEST([game.team_a_abbr, game.team_b_abbr]) AS side (team)
),
present AS (
  SELECT
    seasons.game_date,
    rosters.player_lookup,
    MIN(CASE WHEN games.team IS NULL THEN ${absent} ELSE 0 END) AS farness
  FROM (SELECT DISTINCT game_date, season_year FROM games) AS seasons
  INNER JOIN rosters
    ON rosters.season_year = seasons.season_year
  LEFT JOIN games
    ON games.game_date = seasons.game_date
    AND games.team = rosters.team_abbr
  GROUP BY seasons.game_date, rosters.player_lookup
),
asked AS (
  SELECT asked_players.given, asked_players.game_date, spelling.lookup, spelling.distance
  FROM asked_players
  INNER JOIN ${sql.constants('spelling', ['given', 'lookup', 'distance'], spelled)}
    ON spelling.given = asked_players.given
),
matches AS (
  SELECT asked.given, asked.game_date, present.player_lookup, present.farness + asked.distance AS distance
  FROM asked
  INNER JOIN present
    ON present.game_date = asked.game_date
    AND present.player_lookup = asked.lookup
  UNION ALL
  SELECT asked.given, asked.game_date, present.player_lookup, present.farness + 2
  FROM asked
  INNER JOIN present
    ON present.game_date = asked.game_date
    AND ${stem('present.player_lookup')} = ${stem('asked.lookup')}
  UNION ALL
  SELECT asked_players.given, asked_players.game_date, present.player_lookup, present.farness + 3
  FROM asked_players
  INNER JOIN ${shortNames(rows.map(({ given }) => String(given)))}
    ON short.given = asked_players.given
  INNER JOIN present
    ON present.game_date = asked_players.game_date
    AND present.farness = 0
    AND starts_with(present.player_lookup, short.initial)
    AND ends_with(${stem('present.player_lookup')}, short.last)
),
nearest AS (
  SELECT given, game_date, player_lookup, distance
  FROM matches
  QUALIFY distance = MIN(distance) OVER (PARTITION BY given, game_date)
),
found AS (
  SELECT given, game_date, MIN(player_lookup) AS player_lookup, MIN(distance) AS distance
  FROM nearest
  GROUP BY given, game_date
  HAVING MIN(player_lookup) = MAX(player_lookup)
)
SELECT
  asked_players.given,
  asked_players.game_date,
  coalesce(found.player_lookup, written.player_lookup) AS player_lookup,
  coalesce(found.distance, ${absent}) >= ${absent}
    AND asked_players.game_date IN (SELECT game_date FROM present) AS is_unknown
FROM asked_players
INNER JOIN ${sql.constants('written', ['given', 'player_lookup'], written)}
  ON written.given = asked_players.given
LEFT JOIN found
  ON found.given = asked_players.given
  AND found.game_date = asked_players.game_date`,
  );
  return 'resolved_players';
}

/** Relation of the names that have an initial for the first one: `J. Example`, `Example, J.`, `J. Example Jr.`. */
function shortNames(given: readonly string[]): string {
  const short = given.flatMap((name) => {
    const [, initial = '', last = ''] = /^(\p{L})\.? (.+)$/u.exec(restoredName(name)) ?? [];
    const lookup = playerLookup(last).replace(new RegExp(suffix), '');
    return lookup === '' ? [] : [[name, playerLookup(initial), lookup]];
  });
  return sql.constants(
    'short',
    ['given', 'initial', 'last'],
    (short.length > 0 ? short : [['', '', '']]).map((row) => row.map((text) => sql.string(text))),
  );
}

const nobody =
  '(SELECT CAST(NULL AS VARCHAR) AS given, CAST(NULL AS DATE) AS game_date, CAST(NULL AS VARCHAR) AS player_lookup, FALSE AS is_unknown WHERE FALSE)';

/**
 * The ways in which a name is looked for: as it is written, and by an alias, for a box score may be older
 * than the name that is used now.
 */
function spellings(given: string): readonly Spelling[] {
  const lookup = writtenLookup(given);
  const aliases = [...playerAliases].flatMap(([alias, name]) =>
    alias === lookup ? name : name === lookup ? alias : [],
  );
  return [{ lookup, rank: 0 }, ...aliases.map((alias): Spelling => ({ lookup: alias, rank: 1 }))];
}

/** A lookup, possibly with the id of a namesake, stays as it is; anything else is taken for a name. */
export function knownLookup(given: string): string {
  const lookup = writtenLookup(given);
  return playerAliases.get(lookup) ?? lookup;
}

function writtenLookup(given: string): string {
  return /^[a-z0-9]+(_\d+)?$/.test(given) ? given : playerLookup(restoredName(given));
}
