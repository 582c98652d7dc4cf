import type { Row } from './canonical-row.ts';
import {
  cell,
  flagOrNull,
  listItems,
  NULL_TEXT,
  unitsOrNull,
  wholeOrNull,
} from './canonical-row.ts';
import { rounded, unitsOf } from './exact.ts';
import { LONG_BREAK_DAYS } from './long-break.ts';
import type { GameFigures } from './player-games.ts';
import { meanPointsText, sumOfFigure } from './player-games.ts';

const SCALE = 4;
const ONE = 10_000n;

/** Where the value of a feature is from. */
export type FeatureSource = 'phase4' | 'phase3' | 'calculated' | 'default';

/** One feature of a player of a game. */
export interface Feature {
  readonly name: string;
  /** Ten-thousandths. */
  readonly units: bigint;
  readonly source: FeatureSource;
}

/** Everything the features of one player of a game are made of. */
export interface FeatureInputs {
  /** His rows of the date; undefined where a table has none. */
  readonly context: Row;
  readonly cache: Row | undefined;
  readonly factors: Row | undefined;
  readonly zones: Row | undefined;
  /** The row of the opponent in `team_defense_zone_analysis`. */
  readonly opponent: Row | undefined;
  /** His games of the season before the date, newest first. */
  readonly games: readonly GameFigures[];
  /** The team's games of the season before the date, and how many it won. */
  readonly teamGames: number;
  readonly teamWins: number;
}

interface Value {
  readonly units: bigint;
  readonly source: Exclude<FeatureSource, 'default'>;
}

const MIN_GAMES = 5;

/** The 25 features in the order of the model. */
export function modelFeatures(inputs: FeatureInputs): readonly Feature[] {
  const { context, cache, factors, zones, opponent, games } = inputs;
  return [
    feature(
      'points_avg_last_5',
      '10',
      stored(cache, 'points_avg_last_5') ??
        (games.length < MIN_GAMES ? null : fallback(meanPointsText(games.slice(0, 5)))),
    ),
    feature(
      'points_avg_last_10',
      '10',
      stored(cache, 'points_avg_last_10') ?? fallback(meanPointsText(games.slice(0, 10))),
    ),
    feature(
      'points_avg_season',
      '10',
      stored(cache, 'points_avg_season') ?? fallback(meanPointsText(games)),
    ),
    feature('points_std_last_10', '5', stored(cache, 'points_std_last_10')),
    feature(
      'games_in_last_7_days',
      '3',
      stored(cache, 'games_in_last_7_days') ?? fallback(cell(context, 'games_in_last_7_days')),
    ),
    feature('fatigue_score', '50', stored(factors, 'fatigue_score')),
    feature(
      'shot_zone_mismatch_score',
      '0',
      factor(factors, 'shot_zone_mismatch_score', ['player_shot_zone', 'team_defense_zone']),
    ),
    feature('pace_score', '0', factor(factors, 'pace_score', ['pace_differential'])),
    feature(
      'usage_spike_score',
      '0',
      factor(factors, 'usage_spike_score', ['projected_usage_rate']),
    ),
    feature('rest_advantage', '0', restAdvantage(context)),
    feature('injury_risk', '0', injuryRisk(context)),
    feature('recent_trend', '0', recentTrend(games)),
    feature('minutes_change', '0', minutesChange(cache)),
    feature('opponent_def_rating', '112', stored(opponent, 'defensive_rating_last_15')),
    feature('opponent_pace', '100', stored(opponent, 'opponent_pace')),
    feature('home_away', '0', fact(flagOrNull(context, 'home_game'))),
    feature('back_to_back', '0', fact(flagOrNull(context, 'back_to_back'))),
    feature('playoff_game', '0', fact(isPlayoffGame(context))),
    feature('pct_paint', '0.3', shareOfShots(zones, 'paint_rate_last_10')),
    feature('pct_mid_range', '0.2', shareOfShots(zones, 'mid_range_rate_last_10')),
    feature('pct_three', '0.35', shareOfShots(zones, 'three_pt_rate_last_10')),
    feature('pct_free_throw', '0.15', freeThrowShare(games)),
    feature('team_pace', '100', stored(cache, 'team_pace_last_10')),
    feature('team_off_rating', '112', stored(cache, 'team_off_rating_last_10')),
    feature('team_win_pct', '0.5', winShare(inputs.teamGames, inputs.teamWins)),
  ];
}

function feature(name: string, defaultValue: string, value: Value | null): Feature {
  return value
    ? { name, ...value }
    : { name, units: unitsOf(defaultValue, SCALE), source: 'default' };
}

function calculated(units: bigint): Value {
  return { units, source: 'calculated' };
}

/** A whole number that a rule over the analytics tables gave. */
function calculatedWhole(value: number): Value {
  return calculated(BigInt(value) * ONE);
}

/** A value of a precompute row. */
function stored(row: Row | undefined, column: string): Value | null {
  const units = row ? unitsOrNull(row, column, SCALE) : null;
  return units === null ? null : { units, source: 'phase4' };
}

/** A value from the analytics tables, as the precompute row would have held it. */
function fallback(value: string): Value | null {
  return value === NULL_TEXT ? null : { units: unitsOf(value, SCALE), source: 'phase3' };
}

function fact(value: boolean | null): Value | null {
  return value === null ? null : { units: value ? ONE : 0n, source: 'phase3' };
}

/** A factor that is stored as 0 when one of the given inputs was missing is not known then. */
function factor(row: Row | undefined, column: string, inputs: readonly string[]): Value | null {
  const missing = row ? listItems(cell(row, 'missing_data_fields')) : [];
  return inputs.some((input) => missing.includes(input)) ? null : stored(row, column);
}

function restAdvantage(context: Row): Value | null {
  const own = wholeOrNull(context, 'days_rest');
  const opponent = wholeOrNull(context, 'opponent_days_rest');
  if (own === null || opponent === null || opponent > LONG_BREAK_DAYS) return null;
  return calculatedWhole(Math.max(-2, Math.min(2, own - opponent)));
}

const RISKS: Readonly<Record<string, number>> = {
  probable: 1,
  questionable: 2,
  doubtful: 3,
  out: 3,
};

/** Where reports are loaded, a player nobody reports on is available; where none is, nothing is known. */
function injuryRisk(context: Row): Value | null {
  const status = cell(context, 'player_status');
  return status === NULL_TEXT ? null : calculatedWhole(RISKS[status.toLowerCase()] ?? 0);
}

function recentTrend(games: readonly GameFigures[]): Value | null {
  if (games.length < MIN_GAMES) return null;
  const newest = sumOfFigure(games.slice(0, 2), 'points');
  const older = sumOfFigure(games.slice(2, 5), 'points');
  const sixfold = 3 * newest - 2 * older;
  if (sixfold >= 30) return calculatedWhole(2);
  if (sixfold >= 12) return calculatedWhole(1);
  if (sixfold <= -30) return calculatedWhole(-2);
  return calculatedWhole(sixfold <= -12 ? -1 : 0);
}

function minutesChange(cache: Row | undefined): Value | null {
  const recent = cache ? (unitsOrNull(cache, 'minutes_avg_last_10', 1) ?? 0n) : 0n;
  const season = cache ? (unitsOrNull(cache, 'minutes_avg_season', 1) ?? 0n) : 0n;
  if (recent === 0n || season === 0n) return null;
  if (10n * recent >= 12n * season) return calculatedWhole(2);
  if (10n * recent >= 11n * season) return calculatedWhole(1);
  if (10n * recent <= 8n * season) return calculatedWhole(-2);
  return calculatedWhole(10n * recent <= 9n * season ? -1 : 0);
}

function isPlayoffGame(context: Row): boolean | null {
  const phase = cell(context, 'season_phase');
  return phase === NULL_TEXT ? null : phase === 'playoffs';
}

/** Hundredths of a percent are ten-thousandths of one. */
function shareOfShots(zones: Row | undefined, column: string): Value | null {
  const hundredths = zones ? unitsOrNull(zones, column, 2) : null;
  return hundredths === null ? null : { units: hundredths, source: 'phase4' };
}

function freeThrowShare(games: readonly GameFigures[]): Value | null {
  const lastTen = games.slice(0, 10);
  const points = sumOfFigure(lastTen, 'points');
  const made = sumOfFigure(lastTen, 'freeThrowMakes');
  if (games.length < MIN_GAMES || points === 0) return null;
  return calculated(2 * made >= points ? ONE / 2n : rounded(made, points, SCALE));
}

function winShare(games: number, wins: number): Value | null {
  return games < MIN_GAMES ? null : calculated(rounded(wins, games, SCALE));
}
