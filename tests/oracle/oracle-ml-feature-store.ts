import type { Row } from './canonical-row.ts';
import { cell, flag, listText, text, whole, wholeOrNull } from './canonical-row.ts';
import type { RowOptions, RowsOfDate } from './common-columns.ts';
import { completenessColumns, remarkColumns } from './common-columns.ts';
import { decimalText, rounded } from './exact.ts';
import { groupBy } from './group-by.ts';
import { LONG_BREAK_DAYS } from './long-break.ts';
import type { Feature, FeatureSource } from './model-features.ts';
import { modelFeatures } from './model-features.ts';
import { oncePerInput } from './once-per-input.ts';
import { figuresBefore } from './player-games.ts';
import type { PlayerTableInputs } from './player-rows-of-date.ts';
import {
  opponentZonesOf,
  playerZonesOf,
  rowsOfCandidates,
  sampleOf,
} from './player-rows-of-date.ts';
import { rowOfPlayer } from './same-day-rows.ts';

const VERSION = 'v1_baseline_25';
const HUNDREDTHS_WITH_DEFAULTS = 6_900n;
const HUNDREDTHS_WITH_MANY_DEFAULTS = 4_900n;
const MANY_DEFAULTS = 5;
const WEIGHTS: Readonly<Record<FeatureSource, number>> = {
  phase4: 100,
  phase3: 87,
  calculated: 100,
  default: 40,
};

/** What is known about the players of a date. */
export interface FeatureStoreInputs extends PlayerTableInputs {
  /** `team_defense_zone_analysis` of the date. */
  readonly teamZones: readonly Row[];
  /** `player_composite_factors` of the date. */
  readonly compositeFactors: readonly Row[];
  /** `player_daily_cache` of the date. */
  readonly dailyCache: readonly Row[];
  /** `team_offense_game_summary` of any dates; only those before the date count. */
  readonly offenseRows: readonly Row[];
}

const gamesOfTeamSeason = oncePerInput((offenseRows: readonly Row[]) =>
  groupBy(offenseRows, (row) => `${cell(row, 'season_year')} ${cell(row, 'team_abbr')}`),
);

/** `ml_feature_store` of one date, in the order of the candidates. */
export function oracleMlFeatureStore(inputs: FeatureStoreInputs, options: RowOptions): RowsOfDate {
  return rowsOfCandidates(
    inputs.playerContexts,
    options,
    (row) => cell(row, 'feature_quality_score'),
    (context) => featureRow(inputs, context),
  );
}

function featureRow(inputs: FeatureStoreInputs, context: Row): Row {
  const player = cell(context, 'universal_player_id');
  const date = cell(context, 'game_date');
  const season = whole(context, 'season_year');
  const cache = rowOfPlayer(inputs.dailyCache, player);
  const factors = rowOfPlayer(inputs.compositeFactors, player);
  const zones = playerZonesOf(inputs.playerZones, context);
  const opponent = opponentZonesOf(inputs.teamZones, context);
  const ofTeam = gamesOfTeamSeason(inputs.offenseRows).get(
    `${season} ${cell(context, 'team_abbr')}`,
  );
  const teamGames = (ofTeam ?? []).filter((row) => cell(row, 'game_date') < date);
  const features = modelFeatures({
    context,
    cache,
    factors,
    zones: zones.row,
    opponent: opponent.row,
    games: figuresBefore(inputs.playerRows, player, season, date),
    teamGames: teamGames.length,
    teamWins: teamGames.filter((row) => flag(row, 'win_flag')).length,
  });
  const issues = [...zones.issues, ...opponent.issues];
  if (!factors) issues.push('player_composite_factors_missing');
  if (!cache) issues.push('player_daily_cache_missing');
  if ((wholeOrNull(context, 'opponent_days_rest') ?? 0) > LONG_BREAK_DAYS) {
    issues.push('opponent_idle_over_30_days');
  }
  const sample = sampleOf(inputs, context, issues);
  const score = qualityHundredths(features.map(({ source }) => source));
  return {
    universal_player_id: text(player),
    player_lookup: cell(context, 'player_lookup'),
    game_date: text(date),
    game_id: cell(context, 'game_id'),
    nba_game_id: cell(context, 'nba_game_id'),
    season_year: cell(context, 'season_year'),
    team_abbr: cell(context, 'team_abbr'),
    opponent_team_abbr: cell(context, 'opponent_team_abbr'),
    is_home: cell(context, 'home_game'),
    days_rest: cell(context, 'days_rest'),
    features: listText(features.map(({ units }) => decimalText(units, 4))),
    feature_names: listText(features.map(({ name }) => name)),
    feature_sources: listText(features.map(({ source }) => source)),
    default_feature_indices: listText(defaultIndices(features)),
    feature_count: text(features.length),
    feature_version: text(VERSION),
    feature_quality_score: decimalText(score, 2),
    games_in_sample: text(sample.gamesInSample),
    ...completenessColumns(sample),
    data_quality_tier: tierOf(score),
    ...remarkColumns(sample),
  };
}

function defaultIndices(features: readonly Feature[]): readonly string[] {
  return features.flatMap(({ source }, index) => (source === 'default' ? [String(index)] : []));
}

const INJURY_RISK = 10;

/**
 * The quality of a row in hundredths: the mean weight of its sources, and never above a limit that
 * sinks with the number of defaults.
 */
export function qualityHundredths(sources: readonly FeatureSource[]): bigint {
  const weight = sources.reduce((total, source) => total + WEIGHTS[source], 0);
  const raw = rounded(weight, sources.length, 2);
  // What is not known because no injury report was loaded lowers the mean alone.
  const capping = sources.filter((_, index) => index !== INJURY_RISK);
  const defaults = capping.filter((source) => source === 'default').length;
  if (defaults === 0) return raw;
  const limit = defaults < MANY_DEFAULTS ? HUNDREDTHS_WITH_DEFAULTS : HUNDREDTHS_WITH_MANY_DEFAULTS;
  return raw < limit ? raw : limit;
}

function tierOf(scoreHundredths: bigint): string {
  if (scoreHundredths >= 9_500n) return 'high';
  return scoreHundredths >= 7_000n ? 'medium' : 'low';
}
