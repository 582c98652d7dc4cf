import type { Row } from './canonical-row.ts';
import { cell, flag, whole } from './canonical-row.ts';
import { daysBefore } from './days.ts';
import type { Ratio } from './exact.ts';
import { ratio } from './exact.ts';
import { groupBy } from './group-by.ts';

/** What the league allows in each zone, unrounded, and where the figure is from. */
export interface LeagueAverages {
  readonly paint: Ratio;
  readonly mid_range: Ratio;
  readonly three_pt: Ratio;
  readonly source: 'last_30_days' | 'season_to_date' | 'default';
  readonly teams: number;
}

const WINDOW_DAYS = 30;
const MIN_GAMES_OF_TEAM = 5;
const MIN_TEAMS = 10;

const DEFAULT_AVERAGES: LeagueAverages = {
  paint: ratio(580, 1000),
  mid_range: ratio(410, 1000),
  three_pt: ratio(355, 1000),
  source: 'default',
  teams: 0,
};

/**
 * League averages before a date: the last 30 days, else the season, else constants.
 * @param seasonRows the defense rows of the season before the date.
 */
export function leagueAverages(seasonRows: readonly Row[], date: string): LeagueAverages {
  const firstDay = daysBefore(date, WINDOW_DAYS);
  const recent = seasonRows.filter((row) => cell(row, 'game_date') >= firstDay);
  return pooled(recent, 'last_30_days') ?? pooled(seasonRows, 'season_to_date') ?? DEFAULT_AVERAGES;
}

function pooled(rows: readonly Row[], source: LeagueAverages['source']): LeagueAverages | null {
  const withZones = rows.filter((row) => flag(row, 'has_shot_zones'));
  const teams = [...groupBy(withZones, (row) => cell(row, 'team_abbr')).values()].filter(
    (games) => games.length >= MIN_GAMES_OF_TEAM,
  );
  if (teams.length < MIN_TEAMS) return null;
  const games = teams.flat();
  const share = (zone: string, otherwise: Ratio): Ratio => {
    const attempts = sum(games, `opp_${zone}_attempts`);
    // A league without one attempt in a zone exists in made-up data only; the column is never NULL.
    return attempts === 0 ? otherwise : ratio(sum(games, `opp_${zone}_makes`), attempts);
  };
  return {
    paint: share('paint', DEFAULT_AVERAGES.paint),
    mid_range: share('mid_range', DEFAULT_AVERAGES.mid_range),
    three_pt: share('zone_three_pt', DEFAULT_AVERAGES.three_pt),
    source,
    teams: teams.length,
  };
}

function sum(rows: readonly Row[], column: string): number {
  return rows.reduce((total, row) => total + whole(row, column), 0);
}
