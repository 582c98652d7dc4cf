import type { SqlContext } from '../../../src/table/sql-context.ts';
import { capturedInTime } from './points-line-sql.ts';

/**
 * SQL condition: a line was seen before the game, as far as anybody knows; one without a capture time counts where
 * the option `accept_closing_lines` lets it.
 * @param prop alias of the row of player_props. @param game that of its game in the schedule.
 * @param day the DATE of the game, before which a capture counts where no tip-off is known.
 */
export function lineKnownBefore(
  { sql, option }: SqlContext,
  prop: string,
  game: string,
  day: string,
): string {
  return `${capturedInTime(prop, game)}
    AND (
      ${prop}.captured_at <= COALESCE(${prop}.tipoff_at, ${game}.tipoff_at, ${sql.dayBegins(day)})
      OR (${prop}.captured_at IS NULL AND ${option('accept_closing_lines')} = 1)
    )`;
}
