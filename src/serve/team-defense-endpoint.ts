import { teams } from '../league/teams.ts';
import type { Row } from '../warehouse/warehouse.ts';
import type { Zone } from './court-zones.ts';
import { readDate } from './request-values.ts';
import { cellNumber, cellText } from './rows.ts';
import type { ServeContext } from './serve-context.ts';
import type { TeamDefenseAnswer, TeamZones } from './team-api-types.ts';

/**
 * The teams' defence by zone before a date; unless one is given, before the latest on which most teams have zones:
 * in the playoffs few play, and shots of them may not be loaded.
 */
export function teamDefenseEndpoint(
  { read }: ServeContext,
  day: string | undefined,
): Promise<TeamDefenseAnswer> {
  const wanted = day === undefined ? undefined : readDate(day);
  return read(async ({ engine: { warehouse } }) => {
    const sql = warehouse.dialect;
    const found = await warehouse.query(`
SELECT CAST(analysis_date AS STRING) AS day, COUNT(paint_defense_vs_league_avg) AS teams
FROM nba_precompute.team_defense_zone_analysis
GROUP BY analysis_date
ORDER BY day`);
    const dates = found.map((row) => cellText(row, 'day') ?? '');
    const zoned = found.map((row) => cellNumber(row, 'teams') ?? 0);
    const last = dates[zoned.lastIndexOf(Math.max(...zoned))];
    const date = wanted ?? (last === undefined ? undefined : readDate(last));
    const rows =
      date === undefined
        ? []
        : await warehouse.query(`
SELECT *
FROM nba_precompute.team_defense_zone_analysis
WHERE analysis_date = ${sql.date(date)}
ORDER BY team_abbr`);
    const [first] = rows;
    return {
      date: date ?? null,
      season_year: cellNumber(first, 'season_year'),
      dates,
      league: byZone((zone) => cellNumber(first, `league_${zone}_pct`)),
      league_source: cellText(first, 'league_avg_source'),
      teams: rows.map(toTeam),
    };
  });
}

function toTeam(row: Row): TeamZones {
  return {
    team: cellText(row, 'team_abbr') ?? '',
    name: teams.find(({ tricode }) => tricode === row['team_abbr'])?.name ?? '',
    games: cellNumber(row, 'games_in_sample') ?? 0,
    rating: cellNumber(row, 'defensive_rating_last_15'),
    pace: cellNumber(row, 'opponent_pace'),
    strongest: cellText(row, 'strongest_zone'),
    weakest: cellText(row, 'weakest_zone'),
    zones: byZone((zone) => ({
      pct: cellNumber(row, `${zone}_pct_allowed_last_15`),
      attempts: cellNumber(row, `${zone}_attempts_allowed_per_game`),
      vs_league: cellNumber(row, `${zone}_defense_vs_league_avg`),
    })),
  };
}

/** One value per zone. */
export function byZone<T>(value: (zone: Zone) => T): Readonly<Record<Zone, T>> {
  return { paint: value('paint'), mid_range: value('mid_range'), three_pt: value('three_pt') };
}
