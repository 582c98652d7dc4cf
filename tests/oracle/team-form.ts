import type { Row } from './canonical-row.ts';
import { NULL_TEXT, ratioText, whole } from './canonical-row.ts';
import { difference, quotientText, ratio } from './exact.ts';
import type { Games } from './final-games.ts';
import { lastFinalGames } from './final-games.ts';
import type { ColumnSum } from './mean-column.ts';
import { columnSum, meanText } from './mean-column.ts';
import { rowsOfTeamGames } from './rows-by-game-and-team.ts';

const WINDOW = 10;

/** The rows of the game summaries of any dates. */
export interface TeamGameRows {
  readonly offenseRows: readonly Row[];
  readonly defenseRows: readonly Row[];
}

/** How a player's team and its opponent have played in their last ten games before a date. */
export function formColumns(
  games: Games,
  { offenseRows, defenseRows }: TeamGameRows,
  team: string,
  opponent: string,
  season: number,
  date: string,
): Row {
  const ownGames = lastFinalGames(games, team, season, date, WINDOW);
  const opponentGames = lastFinalGames(games, opponent, season, date, WINDOW);
  const ownOffense = rowsOfTeamGames(offenseRows, ownGames, team);
  const opponentOffense = rowsOfTeamGames(offenseRows, opponentGames, opponent);
  const opponentDefense = rowsOfTeamGames(defenseRows, opponentGames, opponent);
  return {
    team_pace_last_10: meanText(ownOffense, 'pace', 1),
    opponent_pace_last_10: meanText(opponentOffense, 'pace', 1),
    pace_differential: paceDifferential(
      columnSum(opponentOffense, 'pace', 1),
      columnSum(ownOffense, 'pace', 1),
    ),
    opponent_def_rating_last_10: meanText(opponentDefense, 'defensive_rating', 2),
    opponent_ft_rate_allowed: freeThrowRate(opponentDefense),
  };
}

function paceDifferential(opponent: ColumnSum, own: ColumnSum): string {
  if (opponent.values === 0 || own.values === 0) return NULL_TEXT;
  const mean = ({ units, values }: ColumnSum) => ratio(units, 10 * values);
  return ratioText(difference(mean(opponent), mean(own)), 1);
}

function freeThrowRate(defenseRows: readonly Row[]): string {
  const sum = (column: string): number =>
    defenseRows.reduce((total, row) => total + whole(row, column), 0);
  const shots = sum('opp_fg_attempts');
  return shots === 0 ? NULL_TEXT : quotientText(100 * sum('opp_ft_attempts'), shots, 1);
}
