import type { IngestNotice } from '../files/ingest-report.ts';
import { firstFew, namesOf } from './first-few.ts';
import type { Loaded } from './loaded.ts';

/**
 * Rows of a day on which the schedule has no game of theirs, and those of days before or after all of the schedule,
 * which nothing counts otherwise.
 */
export async function gamelessNotices({
  writer,
  source,
  future,
}: Loaded): Promise<readonly IngestNotice[]> {
  const found: IngestNotice[] = [];
  for (const table of ['game_lines', 'player_props', 'injuries'] as const) {
    const rows = source(table);
    if (!rows) continue;
    const ofTeams =
      table === 'game_lines'
        ? `
    AND games.team_a_abbr = least(home_team_abbr, away_team_abbr)
    AND games.team_b_abbr = greatest(home_team_abbr, away_team_abbr)`
        : '';
    const name =
      table === 'game_lines'
        ? "concat(given.game_date, ' ', away_team_abbr, ' at ', home_team_abbr)"
        : 'CAST(given.game_date AS VARCHAR)';
    const [row] = await writer.warehouse.query(`
WITH games AS (SELECT game_date, team_a_abbr, team_b_abbr FROM ${future('schedule')} AS schedule),
known AS (SELECT MIN(game_date) AS first_day, MAX(game_date) AS last_day FROM games),
matched AS (
  SELECT
    ${name} AS what,
    given.game_date,
    coalesce(given.game_date BETWEEN first_day AND last_day, FALSE) AS is_within,
    EXISTS (SELECT 1 FROM games WHERE games.game_date = given.game_date${ofTeams}) AS has_game
  FROM ${rows.relation} AS given
  CROSS JOIN known
  WHERE ${rows.keep}
)
SELECT
  count_if(is_within) AS dated,
  count_if(is_within AND NOT has_game) AS unmatched,
  ${firstFew('what', 'is_within AND NOT has_game')} AS examples,
  count_if(NOT is_within) AS beyond,
  CAST(MIN(CASE WHEN NOT is_within THEN game_date END) AS VARCHAR) AS first_beyond,
  CAST(MAX(CASE WHEN NOT is_within THEN game_date END) AS VARCHAR) AS last_beyond
FROM matched`);
    const [of, unmatched, beyond] = ['dated', 'unmatched', 'beyond'].map((column) =>
      Number(row?.[column] ?? 0),
    ) as [number, number, number];
    if (unmatched > 0) {
      const examples = namesOf(row?.['examples']);
      found.push({ kind: 'no_game', table, count: unmatched, of, examples });
    }
    if (beyond > 0) {
      const examples = [String(row?.['first_beyond']), String(row?.['last_beyond'])];
      found.push({ kind: 'beyond_schedule', table, count: beyond, examples });
    }
  }
  return found;
}
