import type { Row } from './canonical-row.ts';
import { cell, NULL_TEXT, text, unitsOrNull } from './canonical-row.ts';
import type { RowOptions, RowsOfDate } from './common-columns.ts';
import { completenessColumns, remarkColumns } from './common-columns.ts';
import { decimalText, quotientText, rounded } from './exact.ts';
import { marketLineColumns } from './market-lines.ts';
import { gamesOfCandidate, missingColumns, presenceColumns } from './missing-players.ts';
import { cellOrNull, marketColumns, minutesColumns, roleColumns } from './named-features.ts';
import type { PlayerTableInputs } from './player-rows-of-date.ts';
import {
  opponentZonesOf,
  playerZonesOf,
  rowsOfCandidates,
  sampleOf,
} from './player-rows-of-date.ts';
import type { RawRows } from './raw-rows.ts';
import { rowOfTeam } from './same-day-rows.ts';
import { allowedColumns, teamFormColumns } from './team-allowance.ts';
import type { LineOptions } from './tip-off-cut-off.ts';

const VERSION = 'v2_named_2';
const ZONES = ['paint', 'mid_range', 'three_pt'];

/** What a row may lack without being the worse for it. */
const OPTIONAL =
  'injury_risk started_share_last_10 game_spread game_total implied_team_total'.split(' ');
const OPTIONAL_PARTS = ['_by_report_', '_line', '_over_streak', '_under_streak'];

/** What is known about the players of a date. */
export interface NamedFeatureInputs extends PlayerTableInputs {
  /** Everything loaded; of the lines only those known before a game count. */
  readonly raw: RawRows;
  /** `upcoming_team_game_context` of the date. */
  readonly teamContexts: readonly Row[];
  /** `team_defense_zone_analysis` of the date. */
  readonly teamZones: readonly Row[];
  /** `team_offense_game_summary` of any dates; only those before the date count. */
  readonly offenseRows: readonly Row[];
}

/** `ml_feature_store_v2` of one date, in the order of the candidates. */
export function oracleMlFeatureStoreV2(
  inputs: NamedFeatureInputs,
  options: RowOptions & LineOptions,
): RowsOfDate {
  return rowsOfCandidates(
    inputs.playerContexts,
    options,
    (row) => cell(row, 'feature_quality_score'),
    (context) => namedRow(inputs, context, options),
  );
}

function namedRow(inputs: NamedFeatureInputs, context: Row, options: LineOptions): Row {
  const features = featureColumns(inputs, context, options);
  const expected = Object.keys(features).filter(
    (name) => !OPTIONAL.includes(name) && !OPTIONAL_PARTS.some((part) => name.includes(part)),
  );
  const known = expected.filter((name) => features[name] !== NULL_TEXT).length;
  const score = rounded(100 * known, expected.length, 2);
  const zones = playerZonesOf(inputs.playerZones, context);
  const opponent = opponentZonesOf(inputs.teamZones, context);
  const sample = sampleOf(inputs, context, [...zones.issues, ...opponent.issues]);
  const taken = (...names: readonly string[]) =>
    Object.fromEntries(names.map((name) => [name, cell(context, name)]));
  return {
    ...taken('universal_player_id', 'player_lookup', 'game_date', 'game_id', 'nba_game_id'),
    ...taken('season_year', 'team_abbr', 'opponent_team_abbr'),
    ...features,
    feature_count: text(Object.keys(features).length),
    feature_version: text(VERSION),
    feature_quality_score: decimalText(score, 2),
    games_in_sample: text(sample.gamesInSample),
    ...completenessColumns(sample),
    data_quality_tier: tierOf(known, expected.length),
    ...remarkColumns(sample),
  };
}

function featureColumns(inputs: NamedFeatureInputs, context: Row, options: LineOptions): Row {
  const season = cell(context, 'season_year');
  const date = cell(context, 'game_date');
  const team = cell(context, 'team_abbr');
  const opponent = cell(context, 'opponent_team_abbr');
  const games = gamesOfCandidate(inputs.playerRows, context);
  const zones = playerZonesOf(inputs.playerZones, context).row;
  const defense = opponentZonesOf(inputs.teamZones, context).row;
  const shares = ZONES.map((zone) => `${zone}_rate_last_10`);
  return {
    ...marketColumns(games),
    ...allowedColumns(inputs.offenseRows, opponent, season, date),
    ...minutesColumns(games),
    ...presenceColumns(inputs, context),
    ...roleColumns(games),
    ...Object.fromEntries(shares.map((name) => [name, cellOrNull(zones, name)])),
    ...Object.fromEntries(
      ZONES.map((zone) => [
        `opponent_${zone}_defense_vs_league`,
        cellOrNull(defense, `${zone}_defense_vs_league_avg`),
      ]),
    ),
    ...missingColumns(inputs, context),
    ...situationColumns(inputs, context),
    ...teamFormColumns('team', inputs.offenseRows, team, season, date),
    ...teamFormColumns('opponent', inputs.offenseRows, opponent, season, date),
    ...lineColumns(context),
    ...marketLineColumns(inputs.raw, inputs.playerRows, context, options),
  };
}

function situationColumns({ teamContexts }: NamedFeatureInputs, context: Row): Row {
  const trip = rowOfTeam(teamContexts, cell(context, 'team_abbr'));
  const phase = cell(context, 'season_phase');
  const taken = (...names: readonly string[]) =>
    Object.fromEntries(names.map((name) => [name, cell(context, name)]));
  return {
    ...taken('days_rest', 'opponent_days_rest', 'back_to_back', 'games_in_last_7_days'),
    ...taken('games_in_last_14_days', 'minutes_in_last_7_days', 'minutes_in_last_14_days'),
    travel_miles: cellOrNull(trip, 'travel_miles'),
    time_zone_change_hours: cellOrNull(trip, 'time_zone_change_hours'),
    is_home: cell(context, 'home_game'),
    season_phase: phase,
    is_playoffs: text(phase === 'playoffs'),
  };
}

function lineColumns(context: Row): Row {
  const spread = unitsOrNull(context, 'game_spread', 1);
  const total = unitsOrNull(context, 'game_total', 1);
  return {
    game_spread: cell(context, 'game_spread'),
    game_total: cell(context, 'game_total'),
    implied_team_total:
      spread === null || total === null ? NULL_TEXT : quotientText(total - spread, 20, 2),
  };
}

function tierOf(known: number, expected: number): string {
  if (100 * known >= 95 * expected) return 'high';
  return 100 * known >= 70 * expected ? 'medium' : 'low';
}
