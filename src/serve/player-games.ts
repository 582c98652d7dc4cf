import type { SqlDialect } from '../sql/sql-dialect.ts';
import type { Row } from '../warehouse/warehouse.ts';
import type { GameAnswer } from './player-api-types.ts';
import { cellNumber, cellText, cellTruth } from './rows.ts';

/** Games that a player has played, for {@link toGameAnswer}. @param id digits */
export function gamesSql(sql: SqlDialect, id: string, where: string): string {
  return `
SELECT
  CAST(game_date AS STRING) AS game_date, opponent_team_abbr, home_game, win_flag, minutes_played, points,
  rebounds, assists, three_pt_makes, usage_rate, ts_pct
FROM nba_analytics.player_game_summary
WHERE universal_player_id = ${sql.string(id)}
  AND is_active
  AND ${where}`;
}

/** Reads a row of {@link gamesSql}. */
export function toGameAnswer(row: Row): GameAnswer {
  return {
    date: cellText(row, 'game_date') ?? '',
    opponent: cellText(row, 'opponent_team_abbr') ?? '',
    home: cellTruth(row, 'home_game'),
    won: cellTruth(row, 'win_flag'),
    minutes: cellNumber(row, 'minutes_played'),
    points: cellNumber(row, 'points'),
    rebounds: cellNumber(row, 'rebounds'),
    assists: cellNumber(row, 'assists'),
    threes: cellNumber(row, 'three_pt_makes'),
    usage: cellNumber(row, 'usage_rate'),
    true_shooting: cellNumber(row, 'ts_pct'),
  };
}
