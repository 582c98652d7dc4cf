import { arrayOf, type Column, type Measure } from '../../../src/sql/column.ts';
import { type SqlText, sqlText } from '../../../src/sql/sql-text.ts';

/** Codes of `data_quality_issues` and what they mean, for the docs page of each table. */
const issueMeanings = {
  few_usage_games: 'fewer than 3 games with a usage rate this season: usage columns NULL',
  home_side_unknown: 'neither the logs nor the shot chart tell who is at home',
  idle_over_30_days:
    'the team had no game for more than 30 days: rest, trip and streaks reach back to before',
  line_implausible: 'a spread beyond 25 or a total outside 180–270 was discarded',
  long_break_in_window:
    'between the games of the window, or after them, the league had none for more than 30 days',
  missing_upstream_games:
    'a game by the schedule before d, in what the row is made of, has no result or no upstream row',
  no_opponent_history: 'the opponent has no earlier game this season',
  no_team_games: 'the team has no game with an offensive summary in the window',
  no_shot_zones: 'fewer than half of the games of the window have shot data: zone columns NULL',
  no_team_history: 'the team has no earlier game this season',
  opponent_idle_over_30_days:
    'the opponent had no game for more than 30 days: its rest and form are those of before, rest_advantage is a default',
  partial_shot_zones: 'at least half, but not all games of the window have shot data',
  shot_chart_mismatch:
    'shot rows exist but do not add up to the box score; on a player row of a usable game only his own differ',
  league_average_after_break:
    'the 30 days begin in a break of more than 30 days: league average of the few games since',
  league_average_default: 'too few teams with shot data in any window: constants used',
  league_average_season_to_date:
    'too few teams with shot data in 30 days: league average of the season so far',
  player_composite_factors_missing: 'no row of player_composite_factors for the player on d',
  player_daily_cache_missing: 'no row of player_daily_cache for the player on d',
  player_shot_zone_missing: 'no row of player_shot_zone_analysis for the player on d',
  player_shot_zone_not_ready: 'his row of player_shot_zone_analysis is not production ready',
  team_defense_zone_missing: 'no row of team_defense_zone_analysis for the opponent on d',
  team_defense_zone_not_ready:
    "the opponent's row of team_defense_zone_analysis is not production ready",
  thin_window: 'fewer games than the window asks for',
  usage_over_100: 'usage rejected, above 100 % (a few seconds on court)',
  venue_unknown: 'neutral site or unknown side without coordinates: travel NULL',
  zero_attempts: 'zone data exist, he took no shot: shares of his shots NULL',
  zero_attempts_mid_range: 'zone data exist, no mid-range attempt',
  zero_attempts_paint: 'zone data exist, no attempt in the paint',
  zero_attempts_three_pt: 'zone data exist, no three-point attempt',
  zero_seconds: 'listed with 0:00',
} as const;

export type IssueCode = keyof typeof issueMeanings;

/** The issues column of a table that can carry the given codes. */
export function issuesColumn(codes: readonly IssueCode[]): Column {
  const known = codes.map((code) => `\`${code}\`: ${issueMeanings[code]}`);
  return arrayOf('STRING', 'data_quality_issues', `codes, sorted. ${known.join('; ')}`);
}

/** The issues column as a measure, with the rule for each code. */
export function dataQualityIssues(
  rules: readonly { readonly code: IssueCode; readonly when: SqlText }[],
): Measure {
  return {
    ...issuesColumn(rules.map(({ code }) => code)),
    from: (sql) => sql.issues(rules.map(({ code, when }) => ({ code, when: sqlText(when, sql) }))),
  };
}

/** What a table says that reads the zones of a player and of the team he meets. */
export const zoneIssues = [
  { code: 'player_shot_zone_missing', when: 'NOT has_zones' },
  { code: 'player_shot_zone_not_ready', when: 'NOT zones_ready' },
  { code: 'team_defense_zone_missing', when: 'NOT has_defense' },
  { code: 'team_defense_zone_not_ready', when: 'NOT defense_ready' },
] as const;
