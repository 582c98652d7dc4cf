import { type GameValue, plain } from '../../../src/games/game-sums.ts';

/** What a column of zones is called where it is summed: `three_pt_makes` of `opp_zone_three_pt_makes`. */
export function zoneCalled(column: string): string {
  return column.replace(/^has_/, 'games_with_').replace(/^(opp_)?(zone_)?/, '');
}

/** Makes or attempts of a zone in a game, by the name of their column. */
export function zoneCount(column: string): GameValue {
  return { ...plain(column), name: zoneCalled(column) };
}
