import type { Row } from './canonical-row.ts';
import { cell, flag, NULL_TEXT } from './canonical-row.ts';
import { difference, quotientText, ratio } from './exact.ts';
import { groupBy } from './group-by.ts';
import { columnSum } from './mean-column.ts';
import { hundredthsText, MARKETS, sumOfColumns } from './named-features.ts';
import { oncePerInput } from './once-per-input.ts';

const rowsOfGames = oncePerInput(
  (offenseRows: readonly Row[]) =>
    new Map(
      offenseRows.map((row) => [`${cell(row, 'nba_game_id')} ${cell(row, 'team_abbr')}`, row]),
    ),
);

/** The games of each team of each season, newest first. */
const gamesOfTeams = oncePerInput((offenseRows: readonly Row[]) =>
  groupBy(
    [...offenseRows].sort((a, b) => (cell(a, 'game_date') < cell(b, 'game_date') ? 1 : -1)),
    (row) => `${cell(row, 'season_year')} ${cell(row, 'team_abbr')}`,
  ),
);

/** What all teams together have done in each market before a date, by season and date. */
const leagueTotals = oncePerInput((offenseRows: readonly Row[]) => {
  const known = new Map<string, { readonly games: number; readonly sums: readonly number[] }>();
  return (season: string, date: string) => {
    const key = `${season} ${date}`;
    const before = known.get(key);
    if (before) return before;
    const rows = offenseRows.filter(
      (row) => cell(row, 'season_year') === season && cell(row, 'game_date') < date,
    );
    const sums = MARKETS.map(({ team }) => {
      let sum = 0;
      for (const row of rows) sum += sumOfColumns(row, team);
      return sum;
    });
    const totals = { games: rows.length, sums };
    known.set(key, totals);
    return totals;
  };
});

/** The games of a team before a date, newest first. */
export function teamGamesBefore(
  offenseRows: readonly Row[],
  team: string,
  season: string,
  date: string,
): readonly Row[] {
  const games = gamesOfTeams(offenseRows).get(`${season} ${team}`) ?? [];
  return games.filter((row) => cell(row, 'game_date') < date);
}

interface GameOfTeam {
  readonly own: Row;
  readonly opponent: Row;
}

function gamesOfTeam(
  offenseRows: readonly Row[],
  team: string,
  season: string,
  date: string,
): readonly GameOfTeam[] {
  const known = rowsOfGames(offenseRows);
  return teamGamesBefore(offenseRows, team, season, date).flatMap((own) => {
    const opponent = known.get(`${cell(own, 'nba_game_id')} ${cell(own, 'opponent_team_abbr')}`);
    return opponent ? [{ own, opponent }] : [];
  });
}

/** Pace, ratings and wins of a team, under a prefix. */
export function teamFormColumns(
  prefix: string,
  offenseRows: readonly Row[],
  team: string,
  season: string,
  date: string,
): Row {
  const games = gamesOfTeam(offenseRows, team, season, date);
  const last10 = games.slice(0, 10);
  const mean = (rows: readonly Row[], column: string, scale: number) => {
    const { units, values } = columnSum(rows, column, scale);
    return hundredthsText(units, 10n ** BigInt(scale) * BigInt(values));
  };
  const own = last10.map((game) => game.own);
  const others = last10.map((game) => game.opponent);
  const wins = games.filter((game) => flag(game.own, 'win_flag')).length;
  return {
    [`${prefix}_pace_last_10`]: mean(own, 'pace', 1),
    [`${prefix}_offensive_rating_last_10`]: mean(own, 'offensive_rating', 2),
    [`${prefix}_defensive_rating_last_10`]: mean(others, 'offensive_rating', 2),
    [`${prefix}_win_share_season`]:
      games.length === 0 ? NULL_TEXT : quotientText(wins, games.length, 3),
  };
}

/** What a team has let its opponents do in each market, beside all teams. */
export function allowedColumns(
  offenseRows: readonly Row[],
  team: string,
  season: string,
  date: string,
): Row {
  const last10 = gamesOfTeam(offenseRows, team, season, date).slice(0, 10);
  const league = leagueTotals(offenseRows)(season, date);
  const columns: Record<string, string> = {};
  for (const [index, { name, team: parts }] of MARKETS.entries()) {
    let allowed = 0;
    for (const { opponent } of last10) allowed += sumOfColumns(opponent, parts);
    const beside =
      last10.length === 0
        ? undefined
        : difference(ratio(allowed, last10.length), ratio(league.sums[index] ?? 0, league.games));
    columns[`opponent_${name}_allowed_last_10`] = hundredthsText(allowed, last10.length);
    columns[`opponent_${name}_allowed_vs_league`] = beside
      ? quotientText(beside.num, beside.den, 2)
      : NULL_TEXT;
  }
  return columns;
}
