import type { IngestNotice } from '../files/ingest-report.ts';
import type { Loaded } from './loaded.ts';

/** Share of the attempts that a chart may lack: some shots have no distance. */
const tolerance = 0.1;

/** Shot charts that do not agree with the box scores of their games, where most do not, and those without one. */
export async function shotNotices({
  writer,
  source,
  future,
}: Loaded): Promise<readonly IngestNotice[]> {
  const shots = source('shots');
  if (!shots) return [];
  const [row] = await writer.warehouse.query(`
WITH charts AS (
  SELECT nba_game_id, MIN(game_date) AS game_date, MIN(home_team_abbr) AS home_team_abbr, COUNT(*) AS attempts, count_if(made) AS makes
  FROM ${shots.relation} AS given
  WHERE ${shots.keep}
  GROUP BY nba_game_id
),
boxes AS (
  SELECT nba_game_id, SUM(fga) AS attempts, SUM(fgm) AS makes
  FROM ${future('player_box')} AS box
  GROUP BY nba_game_id
)
SELECT
  COUNT(boxes.nba_game_id) AS games,
  list(DISTINCT CAST(charts.game_date AS VARCHAR) ORDER BY CAST(charts.game_date AS VARCHAR)) FILTER (boxes.nba_game_id IS NULL) AS dates,
  count_if(boxes.nba_game_id IS NULL) AS without_box,
  list(charts.nba_game_id ORDER BY charts.nba_game_id) FILTER (charts.home_team_abbr <> schedule.home_team_abbr) AS other_home,
  count_if(
    abs(charts.attempts - boxes.attempts) <= ${tolerance} * boxes.attempts
    AND abs(charts.makes - boxes.makes) <= ${tolerance} * boxes.makes
  ) AS agreeing,
  count_if(boxes.nba_game_id IS NOT NULL AND charts.attempts = charts.makes) AS only_makes,
  count_if(boxes.nba_game_id IS NOT NULL AND charts.makes = 0) AS only_misses
FROM charts
LEFT JOIN boxes
  ON boxes.nba_game_id = charts.nba_game_id
LEFT JOIN ${future('schedule')} AS schedule
  ON schedule.nba_game_id = charts.nba_game_id
  AND schedule.game_date = charts.game_date`);
  const [games, agreeing] = [Number(row?.['games'] ?? 0), Number(row?.['agreeing'] ?? 0)];
  const withoutBox = Number(row?.['without_box'] ?? 0);
  const evidence: readonly IngestNotice[] =
    withoutBox > 0
      ? [
          {
            kind: 'no_box',
            table: 'shots',
            count: withoutBox,
            examples: (row?.['dates'] ?? []) as readonly string[],
          },
        ]
      : [];
  const turned = (row?.['other_home'] ?? []) as readonly string[];
  const others: readonly IngestNotice[] =
    turned.length > 0
      ? [
          {
            kind: 'other_home_of_shots',
            table: 'shots',
            count: turned.length,
            of: games,
            examples: turned,
          },
        ]
      : [];
  if (games === 0 || 2 * agreeing > games) return [...others, ...evidence];
  const cause =
    Number(row?.['only_makes']) > games / 2
      ? ['only makes']
      : Number(row?.['only_misses']) > games / 2
        ? ['only misses']
        : [];
  return [
    ...others,
    { kind: 'shots_disagree', table: 'shots', count: agreeing, of: games, examples: cause },
    ...evidence,
  ];
}
