import { readSeasonYear } from './request-values.ts';
import { cellNumber, cellText } from './rows.ts';
import type { ServeContext } from './serve-context.ts';
import type { TeamMonthsAnswer } from './team-api-types.ts';
import { byZone } from './team-defense-endpoint.ts';

/** The teams of a season by month: the mean of what stands there for its dates. */
export function teamMonthsEndpoint(
  { read }: ServeContext,
  season: string,
): Promise<TeamMonthsAnswer> {
  const seasonYear = readSeasonYear(season);
  return read(async ({ engine: { warehouse } }) => {
    const sql = warehouse.dialect;
    const rows = await warehouse.query(`
SELECT
  team_abbr,
  substr(CAST(analysis_date AS STRING), 1, 7) AS month,
  ${(['paint', 'mid_range', 'three_pt'] as const)
    .map((zone) => `${hundredths(sql.sum, zone)} AS ${zone}, COUNT(${column(zone)}) AS n_${zone}`)
    .join(',\n  ')}
FROM nba_precompute.team_defense_zone_analysis
WHERE season_year = ${seasonYear}
GROUP BY team_abbr, substr(CAST(analysis_date AS STRING), 1, 7)
ORDER BY team_abbr, month`);
    return {
      season_year: seasonYear,
      months: rows.map((row) => ({
        team: cellText(row, 'team_abbr') ?? '',
        month: cellText(row, 'month') ?? '',
        vs_league: byZone((zone) => {
          const sum = cellNumber(row, zone);
          const dates = cellNumber(row, `n_${zone}`) ?? 0;
          return sum === null || dates === 0 ? null : sum / 100 / dates;
        }),
      })),
    };
  });
}

function column(zone: string): string {
  return `${zone}_defense_vs_league_avg`;
}

function hundredths(sum: (expression: string) => string, zone: string): string {
  return sum(`CAST(${column(zone)} * 100 AS INT64)`);
}
