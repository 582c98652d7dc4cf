import type { Row } from './canonical-row.ts';
import { listText, NULL_TEXT, text } from './canonical-row.ts';
import { decimalText, quotientText, rounded } from './exact.ts';

const READY_PERCENT = 90;

/** Settings of a run that decide which entities get a row. */
export interface RowOptions {
  /** Games an entity needs this season before the date. */
  readonly minGames: number;
  /** Rows with a lower quality score are left out. */
  readonly qualityThreshold: number;
}

/** An entity that could have had a row and has none. */
export interface Excluded {
  readonly key: string;
  readonly reason: 'INSUFFICIENT_DATA' | 'BELOW_QUALITY_THRESHOLD';
}

/** The rows of one date, and who was left out and why. */
export interface RowsOfDate {
  readonly rows: readonly Row[];
  readonly excluded: readonly Excluded[];
}

/** What the columns common to the precompute tables are derived from. */
export interface Sample {
  /** Size of the main window in games. */
  readonly window: number;
  /** Games of the main window that were used. */
  readonly gamesInSample: number;
  readonly gamesThisSeason: number;
  /** Final games of the team in the window. */
  readonly expectedGames: number;
  /** How many of them have upstream rows. */
  readonly actualGames: number;
  /** Whether a long break lies between games of the main window, or after them. */
  readonly overBreak: boolean;
  /** Whether a game is missing outside these, in what the row is made of. */
  readonly lacksGames?: boolean;
  /** Issue codes of the table itself, in any order. */
  readonly issues: readonly string[];
}

/** A sample whose quality is the number of its games. */
export interface RatedSample extends Sample {
  /** Fewest games in the sample for the tier `medium`. */
  readonly mediumFrom: number;
}

/**
 * The columns common to the precompute tables in their order, without the number of games in the
 * sample, which both zone tables hold further up.
 */
export function commonColumns(sample: RatedSample): Row {
  const { window, gamesInSample } = sample;
  return {
    ...completenessColumns(sample),
    quality_score: quotientText(100 * gamesInSample, window, 2),
    data_quality_tier: tierOf(gamesInSample, window, sample.mediumFrom),
    ...remarkColumns(sample),
  };
}

/** What is to be said about the sample of a row, the last of the common columns. */
export function remarkColumns(sample: Sample): Row {
  const { window, gamesInSample, gamesThisSeason } = sample;
  const thin = gamesThisSeason < window;
  const issues = [...sample.issues];
  if (gamesInSample < window) issues.push('thin_window');
  if (sample.lacksGames || sample.expectedGames > sample.actualGames)
    issues.push('missing_upstream_games');
  if (sample.overBreak) issues.push('long_break_in_window');
  return {
    early_season_flag: text(thin),
    insufficient_data_reason: thin
      ? text(`only ${gamesThisSeason} games this season, window is ${window}`)
      : NULL_TEXT,
    data_quality_issues: listText(issues.sort()),
  };
}

/** How much of the team's window has upstream rows. No expected game at all is not complete. */
export function completenessColumns({
  actualGames: actual,
  expectedGames: expected,
  overBreak,
}: Pick<Sample, 'actualGames' | 'expectedGames' | 'overBreak'>): Row {
  const tenths = expected === 0 ? 0n : rounded(100 * actual, expected, 1);
  return {
    expected_games_count: text(expected),
    actual_games_count: text(actual),
    completeness_percentage: decimalText(tenths, 1),
    missing_games_count: text(expected - actual),
    is_production_ready: text(tenths >= BigInt(10 * READY_PERCENT) && !overBreak),
  };
}

function tierOf(games: number, highFrom: number, mediumFrom: number): string {
  if (games >= highFrom) return 'high';
  return games >= mediumFrom ? 'medium' : 'low';
}

/** Whether a window of n games, z of them with shot data, has zone figures. */
export function zonesCovered(games: number, gamesWithZones: number): boolean {
  return gamesWithZones > 0 && 2 * gamesWithZones >= games;
}

/** The issue codes on shot data of a window: coverage, and zones nobody shot from. */
export function zoneIssues(
  games: number,
  gamesWithZones: number,
  attempts: { readonly paint: number; readonly mid_range: number; readonly three_pt: number },
): readonly string[] {
  if (!zonesCovered(games, gamesWithZones)) return ['no_shot_zones'];
  const issues = gamesWithZones < games ? ['partial_shot_zones'] : [];
  if (attempts.paint === 0) issues.push('zero_attempts_paint');
  if (attempts.mid_range === 0) issues.push('zero_attempts_mid_range');
  if (attempts.three_pt === 0) issues.push('zero_attempts_three_pt');
  return issues;
}
