import type { Row } from './canonical-row.ts';
import {
  cell,
  listText,
  NULL_TEXT,
  ratioText,
  text,
  unitsOrNull,
  wholeOrNull,
} from './canonical-row.ts';
import type { RowOptions, RowsOfDate } from './common-columns.ts';
import { commonColumns } from './common-columns.ts';
import type { Ratio } from './exact.ts';
import { clamped, decimalText, product, quotientText, ratio, rounded, sum } from './exact.ts';
import { fatigueOf } from './fatigue.ts';
import type { Matchup } from './matchup.ts';
import { matchupOf } from './matchup.ts';
import type { PlayerTableInputs } from './player-rows-of-date.ts';
import {
  opponentZonesOf,
  playerZonesOf,
  rowsOfCandidates,
  sampleOf,
} from './player-rows-of-date.ts';

const VERSION = 'v1_4factors';
const MEDIUM_FROM = 7;
const ZERO = ratio(0, 1);
const FIELDS = 5;
const PACE_LIMIT = 3;
const USAGE_LIMIT = 3;
const TREND_TENTHS = 20n;

/** What is known about the players of a date. */
export interface CompositeFactorInputs extends PlayerTableInputs {
  /** `team_defense_zone_analysis` of the date. */
  readonly teamZones: readonly Row[];
}

/** `player_composite_factors` of one date, in the order of the candidates. */
export function oraclePlayerCompositeFactors(
  inputs: CompositeFactorInputs,
  options: RowOptions,
): RowsOfDate {
  return rowsOfCandidates(
    inputs.playerContexts,
    options,
    (row) => cell(row, 'quality_score'),
    (context) => factorRow(inputs, context),
  );
}

function factorRow(inputs: CompositeFactorInputs, context: Row): Row {
  const player = playerZonesOf(inputs.playerZones, context);
  const team = opponentZonesOf(inputs.teamZones, context);
  const fatigue = fatigueOf(context);
  const matchup = matchupOf(player.row, team.row);
  const paceTenths = unitsOrNull(context, 'pace_differential', 1);
  const projected = unitsOrNull(context, 'projected_usage_rate', 1);
  const average = unitsOrNull(context, 'avg_usage_rate_last_7_games', 1);
  const starsOut = wholeOrNull(context, 'star_teammates_out');

  const adjustment = ratio(fatigue.score - 100, 20);
  const pace = paceTenths === null ? ZERO : clamped(ratio(paceTenths, 20), PACE_LIMIT);
  const usage =
    projected === null || average === null ? ZERO : usageSpike(projected, average, starsOut);
  const total = sum(adjustment, matchup.score ?? ZERO, pace, usage);
  const mismatchTenths = tenthsOf(matchup.score ?? ZERO);
  const missing = missingFields(context, matchup);
  const warnings = warningsOf(fatigue.score, mismatchTenths, rounded(total.num, total.den, 2));
  const sample = sampleOf(inputs, context, [...player.issues, ...team.issues]);
  return {
    universal_player_id: cell(context, 'universal_player_id'),
    player_lookup: cell(context, 'player_lookup'),
    player_full_name: cell(context, 'player_full_name'),
    game_date: cell(context, 'game_date'),
    game_id: cell(context, 'game_id'),
    season_year: cell(context, 'season_year'),
    team_abbr: cell(context, 'team_abbr'),
    opponent_team_abbr: cell(context, 'opponent_team_abbr'),
    fatigue_score: text(fatigue.score),
    fatigue_adjustment: ratioText(adjustment, 2),
    shot_zone_mismatch_score: decimalText(mismatchTenths, 1),
    pace_score: ratioText(pace, 1),
    usage_spike_score: ratioText(usage, 1),
    total_composite_adjustment: ratioText(total, 2),
    fatigue_factors: listText(fatigue.factors),
    mismatch_zone: text(matchup.zone),
    mismatch_zone_rate: hundredthsText(matchup.rate),
    mismatch_defense_vs_league_avg: hundredthsText(matchup.versusLeague),
    mismatch_type:
      matchup.score === null
        ? NULL_TEXT
        : wordOf(mismatchTenths, ['favorable', 'unfavorable', 'neutral']),
    pace_differential: cell(context, 'pace_differential'),
    pace_environment:
      paceTenths === null ? NULL_TEXT : wordOf(paceTenths, ['fast', 'slow', 'normal']),
    projected_usage_rate: cell(context, 'projected_usage_rate'),
    avg_usage_rate_last_7_games: cell(context, 'avg_usage_rate_last_7_games'),
    star_teammates_out: cell(context, 'star_teammates_out'),
    usage_trend:
      projected === null || average === null
        ? NULL_TEXT
        : wordOf(projected - average, ['spike', 'drop', 'stable']),
    calculation_version: text(VERSION),
    missing_data_fields: listText(missing),
    data_completeness_pct: quotientText(100 * (FIELDS - missing.length), FIELDS, 1),
    has_warnings: text(warnings.length > 0),
    warning_details: listText(warnings),
    games_in_sample: text(sample.gamesInSample),
    ...commonColumns({ ...sample, mediumFrom: MEDIUM_FROM }),
  };
}

/** From usages in tenths of a percent; stars who are out boost a rise only. */
function usageSpike(projected: bigint, average: bigint, starsOut: number | null): Ratio {
  if (average === 0n) return ZERO;
  const rise = product(ratio(3, 10), ratio(projected - average, 10));
  return clamped(product(rise, rise.num > 0n ? boostOf(starsOut ?? 0) : ratio(1, 1)), USAGE_LIMIT);
}

function boostOf(starsOut: number): Ratio {
  if (starsOut >= 2) return ratio(130, 100);
  return starsOut === 1 ? ratio(115, 100) : ratio(1, 1);
}

function missingFields(context: Row, matchup: Matchup): readonly string[] {
  const isNull = (column: string): boolean => cell(context, column) === NULL_TEXT;
  const fields: readonly (readonly [string, boolean])[] = [
    ['days_rest', isNull('days_rest')],
    [
      'projected_usage_rate',
      isNull('projected_usage_rate') || isNull('avg_usage_rate_last_7_games'),
    ],
    ['pace_differential', isNull('pace_differential')],
    ['player_shot_zone', matchup.playerZoneMissing],
    ['team_defense_zone', matchup.teamZoneMissing],
  ];
  return fields.filter(([, missing]) => missing).map(([field]) => field);
}

/** Warnings from the stored figures, in tenths and hundredths. */
export function warningsOf(
  fatigue: number,
  mismatchTenths: bigint,
  totalHundredths: bigint,
): readonly string[] {
  const warnings: string[] = [];
  if (fatigue < 50) warnings.push('EXTREME_FATIGUE');
  if (mismatchTenths > 80n || mismatchTenths < -80n) warnings.push('EXTREME_MATCHUP');
  if (totalHundredths > 1_200n || totalHundredths < -1_200n) warnings.push('EXTREME_ADJUSTMENT');
  return warnings;
}

function tenthsOf(value: Ratio): bigint {
  return rounded(value.num, value.den, 1);
}

function hundredthsText(units: bigint | null): string {
  return units === null ? NULL_TEXT : decimalText(units, 2);
}

/** The word for a figure in tenths: above 2, below −2, or in between. */
function wordOf(
  tenths: bigint,
  [above, below, between]: readonly [string, string, string],
): string {
  if (tenths > TREND_TENTHS) return above;
  return tenths < -TREND_TENTHS ? below : between;
}
