import type { Row } from './canonical-row.ts';
import { cell, listItems, whole } from './canonical-row.ts';
import type { Excluded, RowOptions, RowsOfDate, Sample } from './common-columns.ts';
import type { Games } from './final-games.ts';
import { rowOfPlayer, rowOfTeam } from './same-day-rows.ts';
import { playerRowsOfTeamGames } from './team-completeness.ts';

/** Games of the main window of the player tables. */
export const PLAYER_WINDOW = 10;

/** What all tables with a row for each player of a game read. */
export interface PlayerTableInputs {
  readonly games: Games;
  /** `upcoming_player_game_context` of the date; its rows are the candidates. */
  readonly playerContexts: readonly Row[];
  /** `player_shot_zone_analysis` of the date. */
  readonly playerZones: readonly Row[];
  /** `player_game_summary` of any dates; only those before the date count. */
  readonly playerRows: readonly Row[];
}

/** Makes the row of each candidate with enough games, and leaves out the rows of low quality. */
export function rowsOfCandidates(
  playerContexts: readonly Row[],
  options: RowOptions,
  scoreOf: (row: Row) => string,
  makeRow: (context: Row) => Row,
): RowsOfDate {
  const rows: Row[] = [];
  const excluded: Excluded[] = [];
  for (const context of playerContexts) {
    const key = cell(context, 'universal_player_id');
    if (whole(context, 'games_played_season') < options.minGames) {
      excluded.push({ key, reason: 'INSUFFICIENT_DATA' });
      continue;
    }
    const row = makeRow(context);
    if (Number(scoreOf(row)) < options.qualityThreshold) {
      excluded.push({ key, reason: 'BELOW_QUALITY_THRESHOLD' });
    } else rows.push(row);
  }
  return { rows, excluded };
}

/** The sample of a candidate: his own games, and the games of the team he is expected to play for. */
export function sampleOf(
  { games, playerRows }: PlayerTableInputs,
  context: Row,
  issues: readonly string[],
): Sample {
  const known = listItems(cell(context, 'data_quality_issues'));
  const gamesThisSeason = whole(context, 'games_played_season');
  return {
    window: PLAYER_WINDOW,
    gamesInSample: Math.min(PLAYER_WINDOW, gamesThisSeason),
    gamesThisSeason,
    ...playerRowsOfTeamGames(
      playerRows,
      games,
      cell(context, 'team_abbr'),
      whole(context, 'season_year'),
      cell(context, 'game_date'),
      PLAYER_WINDOW,
    ),
    overBreak: known.includes('long_break_in_window'),
    lacksGames: known.includes('missing_upstream_games'),
    issues,
  };
}

/** The zone row of a candidate, and what is to be said about it. */
export function playerZonesOf(playerZones: readonly Row[], context: Row): RowWithIssues {
  const row = rowOfPlayer(playerZones, cell(context, 'universal_player_id'));
  return withReadiness(row, 'player_shot_zone');
}

/** The zone row of a candidate's opponent, and what is to be said about it. */
export function opponentZonesOf(teamZones: readonly Row[], context: Row): RowWithIssues {
  const row = rowOfTeam(teamZones, cell(context, 'opponent_team_abbr'));
  return withReadiness(row, 'team_defense_zone');
}

interface RowWithIssues {
  readonly row: Row | undefined;
  readonly issues: readonly string[];
}

function withReadiness(row: Row | undefined, name: string): RowWithIssues {
  if (!row) return { row, issues: [`${name}_missing`] };
  return { row, issues: cell(row, 'is_production_ready') === 'true' ? [] : [`${name}_not_ready`] };
}
