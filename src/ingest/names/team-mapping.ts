import { gameTypeByPrefix } from '../../calendar/game-id.ts';
import { teams } from '../../league/teams.ts';
import { duckdbDialect as sql } from '../../sql/duckdb-dialect.ts';

/** The name without the place: the last word, which no two teams share. */
function nickname(name: string): string {
  return name.endsWith('Trail Blazers') ? 'Trail Blazers' : (name.split(' ').at(-1) ?? name);
}

/** Relation (code, tricode): every tricode, its variants, the full names and those without the place, in upper case, and the ids. */
export const teamCodes = (alias: string): string =>
  sql.constants(
    alias,
    ['code', 'tricode'],
    teams.flatMap(({ tricode, nbaTeamId, variants, name, otherNames }) =>
      [tricode, ...variants, name, nickname(name), ...otherNames, String(nbaTeamId)].map((code) => [
        sql.string(code.toUpperCase()),
        sql.string(tricode),
      ]),
    ),
  );

/** Relation (team_id, tricode). */
export const teamIds = (alias: string): string =>
  sql.constants(
    alias,
    ['team_id', 'tricode'],
    teams.map(({ nbaTeamId, tricode }) => [String(nbaTeamId), sql.string(tricode)]),
  );

/** Relation (prefix, game_type) of the game ids that are kept. */
export const gameTypes = (alias: string): string =>
  sql.constants(
    alias,
    ['prefix', 'game_type'],
    Object.entries(gameTypeByPrefix).map(([prefix, type]) => [
      sql.string(prefix),
      sql.string(type),
    ]),
  );
