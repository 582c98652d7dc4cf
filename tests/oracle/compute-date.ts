import type { Row } from './canonical-row.ts';
import type { RowOptions, RowsOfDate } from './common-columns.ts';
import { oracleMlFeatureStore } from './oracle-ml-feature-store.ts';
import { oracleMlFeatureStoreV2 } from './oracle-ml-feature-store-v2.ts';
import { oraclePlayerCompositeFactors } from './oracle-player-composite-factors.ts';
import { oraclePlayerDailyCache } from './oracle-player-daily-cache.ts';
import { oraclePlayerShotZoneAnalysis } from './oracle-player-shot-zone-analysis.ts';
import { oracleTeamDefenseZoneAnalysis } from './oracle-team-defense-zone-analysis.ts';
import { oracleUpcomingPlayerGameContext } from './oracle-upcoming-player-game-context.ts';
import { oracleUpcomingTeamGameContext } from './oracle-upcoming-team-game-context.ts';
import type { RawRows } from './raw-rows.ts';
import type { LineOptions } from './tip-off-cut-off.ts';

/** The raw rows and the game summaries of all dates. */
export interface History {
  readonly raw: RawRows;
  readonly offenseRows: readonly Row[];
  readonly defenseRows: readonly Row[];
  readonly playerRows: readonly Row[];
}

/** The rows of `upcoming_team_game_context` and `upcoming_player_game_context` of a date. */
export interface Contexts {
  readonly teamContexts: readonly Row[];
  readonly playerContexts: readonly Row[];
}

/** The rows of a date of the six tables that are not built in the first days of a season. */
export interface BuiltDate {
  readonly teamZones: RowsOfDate;
  readonly playerZones: RowsOfDate;
  readonly compositeFactors: RowsOfDate;
  readonly dailyCache: RowsOfDate;
  readonly featureStore: RowsOfDate;
  readonly namedFeatures: RowsOfDate;
}

/** Computes the contexts of a date. */
export function computeContexts(history: History, date: string, options: LineOptions): Contexts {
  const teamContexts = oracleUpcomingTeamGameContext(history.raw, date, options);
  const inputs = { ...history, teamContexts };
  return {
    teamContexts,
    playerContexts: oracleUpcomingPlayerGameContext(inputs, date, options),
  };
}

/** Computes the six tables after the contexts, all with the same options. */
export function computeBuiltDate(
  { raw, offenseRows, defenseRows, playerRows }: History,
  { playerContexts, teamContexts }: Contexts,
  date: string,
  options: RowOptions & LineOptions,
): BuiltDate {
  const teamZones = oracleTeamDefenseZoneAnalysis(defenseRows, raw, date, options);
  const playerZones = oraclePlayerShotZoneAnalysis(playerRows, raw, date, options);
  const inputs = {
    games: raw,
    playerContexts,
    playerZones: playerZones.rows,
    teamZones: teamZones.rows,
    playerRows,
    offenseRows,
  };
  const compositeFactors = oraclePlayerCompositeFactors(inputs, options);
  const dailyCache = oraclePlayerDailyCache(inputs, options);
  const featureStore = oracleMlFeatureStore(
    { ...inputs, compositeFactors: compositeFactors.rows, dailyCache: dailyCache.rows },
    options,
  );
  const namedFeatures = oracleMlFeatureStoreV2({ ...inputs, raw, teamContexts }, options);
  return { teamZones, playerZones, compositeFactors, dailyCache, featureStore, namedFeatures };
}
