import { gameDate } from '../../calendar/game-date.ts';
import type { IngestNotice } from '../files/ingest-report.ts';
import type { Loaded } from './loaded.ts';

/**
 * Dates with box scores and without any shot chart, by season: those of the loaded logs, or of the seasons of the
 * loaded charts. Who loads no charts at all has chosen so.
 */
export async function chartNotices({
  writer,
  source,
  future,
  futureDates,
}: Loaded): Promise<readonly IngestNotice[]> {
  const [boxes, shots] = [source('player_box'), source('shots')];
  const charts = futureDates('shots');
  if ((!boxes && !shots) || charts.size === 0) return [];
  const given = boxes ?? shots;
  const rows = await writer.warehouse.query(`
WITH given_dates AS (
  SELECT DISTINCT game_date
  FROM ${given?.relation} AS given
  WHERE ${given?.keep}
),
played AS (
  SELECT DISTINCT season_year, game_date
  FROM ${future('player_box')} AS box
),
seasons AS (
  SELECT DISTINCT season_year
  FROM played
  WHERE game_date IN (SELECT game_date FROM given_dates)
)
SELECT season_year, CAST(game_date AS VARCHAR) AS game_date
FROM played
WHERE season_year IN (SELECT season_year FROM seasons)${
    boxes
      ? `
  AND game_date IN (SELECT game_date FROM given_dates)`
      : ''
  }
ORDER BY game_date`);
  return [...Map.groupBy(rows, (row) => String(row['season_year']))].flatMap(([season, dates]) => {
    const days = dates.map((row) => gameDate(String(row['game_date'])));
    const without = days.filter((date) => !charts.has(date));
    return without.length === 0
      ? []
      : [
          {
            kind: 'no_chart' as const,
            table: 'shots',
            count: without.length,
            of: days.length,
            examples: [season, ...without],
          },
        ];
  });
}
