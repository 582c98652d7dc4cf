import { readSeasonYear, readTeam } from './request-values.ts';
import { cellNumber, cellText } from './rows.ts';
import type { ServeContext } from './serve-context.ts';
import type { TeamSeasonAnswer } from './team-api-types.ts';
import { byZone } from './team-defense-endpoint.ts';

/** One team's defence by zone on every date of a season. */
export function teamSeasonEndpoint(
  { read }: ServeContext,
  season: string,
  tricode: string,
): Promise<TeamSeasonAnswer> {
  const seasonYear = readSeasonYear(season);
  const team = readTeam(tricode);
  return read(async ({ engine: { warehouse } }) => {
    const rows = await warehouse.query(`
SELECT *
FROM nba_precompute.team_defense_zone_analysis
WHERE season_year = ${seasonYear}
  AND team_abbr = ${warehouse.dialect.string(team)}
ORDER BY analysis_date`);
    return {
      team,
      season_year: seasonYear,
      dates: rows.map((row) => ({
        date: cellText(row, 'analysis_date') ?? '',
        pct: byZone((zone) => cellNumber(row, `${zone}_pct_allowed_last_15`)),
        league: byZone((zone) => cellNumber(row, `league_${zone}_pct`)),
        vs_league: byZone((zone) => cellNumber(row, `${zone}_defense_vs_league_avg`)),
      })),
    };
  });
}
