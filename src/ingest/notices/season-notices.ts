import { knownSeasons } from '../../calendar/known-seasons.ts';
import { hasOpeningGames } from '../../ledger/read-schedule.ts';
import type { IngestNotice } from '../files/ingest-report.ts';
import type { Loaded } from './loaded.ts';

/** More days without a game than any break within a season that was played as planned. */
const longestBreak = 9;

/** How far teams can be apart in a season that is not over. */
const mostBehind = 5;

/** Since 2020-21 there is a play-in before every playoffs. */
const firstPlayIn = 2020;

/**
 * Seasons of the loaded logs of which a part seems to be missing: they begin after their known first day, have
 * a long break, some team has fewer games than the others, or there are playoffs without a play-in.
 */
export async function seasonNotices({
  writer,
  source,
  future,
}: Loaded): Promise<readonly IngestNotice[]> {
  const boxes = source('player_box');
  if (!boxes) return [];
  const rows = await writer.warehouse.query(`
WITH played AS (
  SELECT DISTINCT season_year, game_type, game_date, nba_game_id, team_abbr
  FROM ${future('player_box')} AS box
  WHERE season_year IN (SELECT season_year FROM ${boxes.relation} AS given WHERE ${boxes.keep})
),
days AS (
  SELECT season_year, game_date, lead(game_date) OVER (PARTITION BY season_year ORDER BY game_date) AS next_date
  FROM (SELECT DISTINCT season_year, game_date FROM played) AS dates
),
team_games AS (
  SELECT season_year, team_abbr, COUNT(*) AS games
  FROM played
  WHERE game_type = 'regular_season'
  GROUP BY season_year, team_abbr
),
opened AS (
  SELECT season_year
  FROM (SELECT DISTINCT season_year, substr(nba_game_id, 6) AS game_number FROM played WHERE game_type = 'regular_season') AS numbered
  GROUP BY season_year
  HAVING ${hasOpeningGames(writer.warehouse.dialect)}
),
teams AS (
  SELECT
    season_year,
    MIN(games) AS fewest,
    MAX(games) AS most,
    string_agg(team_abbr, ', ' ORDER BY team_abbr) FILTER (games < most_games) AS behind
  FROM (SELECT *, MAX(games) OVER (PARTITION BY season_year) AS most_games FROM team_games) AS counted
  GROUP BY season_year
)
SELECT
  days.season_year,
  CAST(MIN(game_date) AS VARCHAR) AS first_day,
  CAST(arg_max(game_date, next_date - game_date) AS VARCHAR) AS break_after,
  CAST(arg_max(next_date, next_date - game_date) AS VARCHAR) AS break_until,
  MAX(next_date - game_date) - 1 AS days_off,
  days.season_year IN (SELECT season_year FROM played WHERE game_type = 'playoffs') AS is_over,
  days.season_year IN (SELECT season_year FROM played WHERE game_type = 'play_in') AS has_play_in,
  days.season_year IN (SELECT season_year FROM opened) AS is_opened,
  any_value(fewest) AS fewest,
  any_value(most) AS most,
  any_value(behind) AS behind
FROM days
LEFT JOIN teams ON teams.season_year = days.season_year
GROUP BY days.season_year
ORDER BY days.season_year`);
  return rows.flatMap((row): readonly IngestNotice[] => {
    const season = Number(row['season_year']);
    const first = String(row['first_day']);
    const start = knownSeasons.get(season)?.start;
    const [fewest, most] = [Number(row['fewest'] ?? 0), Number(row['most'] ?? 0)];
    const said = { table: 'player_box', examples: [] as readonly string[] } as const;
    return [
      ...(start !== undefined && first > start
        ? [{ ...said, kind: 'late_start', count: season, examples: [start, first] } as const]
        : []),
      ...(start === undefined && row['is_opened'] !== true
        ? [{ ...said, kind: 'guessed_start', count: season, examples: [first] } as const]
        : []),
      ...(Number(row['days_off'] ?? 0) > longestBreak
        ? [
            {
              ...said,
              kind: 'long_break',
              count: Number(row['days_off']),
              examples: [String(row['break_after']), String(row['break_until'])],
            } as const,
          ]
        : []),
      ...(most - fewest > (row['is_over'] === true ? 0 : mostBehind)
        ? [
            {
              ...said,
              kind: 'fewer_games',
              count: fewest,
              of: most,
              examples: [String(season), String(row['behind'])],
            } as const,
          ]
        : []),
      ...(row['is_over'] === true && row['has_play_in'] !== true && season >= firstPlayIn
        ? [{ ...said, kind: 'no_play_in', count: season } as const]
        : []),
    ];
  });
}
