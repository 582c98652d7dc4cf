import type { TableRegistry } from '../../src/table/table-registry.ts';
import type { Warehouse } from '../../src/warehouse/warehouse.ts';
import type { Row } from '../oracle/canonical-row.ts';
import {
  type BuiltDate,
  computeBuiltDate,
  computeContexts,
  type History,
} from '../oracle/compute-date.ts';
import { oraclePlayerGameSummary } from '../oracle/oracle-player-game-summary.ts';
import { oracleTeamDefenseGameSummary } from '../oracle/oracle-team-defense-game-summary.ts';
import { oracleTeamOffenseGameSummary } from '../oracle/oracle-team-offense-game-summary.ts';
import type { RawRows } from '../oracle/raw-rows.ts';
import { differences, productRows } from './product-rows.ts';

export interface Comparison {
  /** Game dates to compare the game summaries and the contexts on. */
  readonly dates: readonly string[];
  /** Dates of the precompute tables to compare; game dates from day 7 of a season. */
  readonly builtDates: readonly string[];
  readonly minGames: number;
  readonly qualityThreshold: number;
  readonly acceptClosingLines: boolean;
  /** Dates whose rows of the game summaries are gone when later tables are built. */
  readonly gaps?: readonly string[];
}

const precomputeTables: Readonly<Record<string, keyof BuiltDate>> = {
  team_defense_zone_analysis: 'teamZones',
  player_shot_zone_analysis: 'playerZones',
  player_composite_factors: 'compositeFactors',
  player_daily_cache: 'dailyCache',
  ml_feature_store: 'featureStore',
  ml_feature_store_v2: 'namedFeatures',
};

/** Compares every table with the oracle. @returns the first differences of each table and date. */
export async function compareWithOracle(
  tables: TableRegistry,
  warehouse: Warehouse,
  raw: RawRows,
  comparison: Comparison,
): Promise<readonly string[]> {
  const { dates, builtDates, gaps = [] } = comparison;
  const found: string[] = [];
  const compare = async (
    name: string,
    days: readonly string[],
    oracle: (day: string) => readonly Row[],
  ) => {
    const table = tables.get(name);
    if (!table) throw new Error(`no table ${name}`);
    const rows = await productRows(warehouse, table);
    for (const day of days) {
      for (const difference of differences(table.key, rows.get(day) ?? [], oracle(day))) {
        found.push(`${name} ${day}: ${difference}`);
      }
      if (found.length > 20) return;
    }
  };

  const offense = new Map(dates.map((day) => [day, oracleTeamOffenseGameSummary(raw, day)]));
  const players = new Map(
    dates.map((day) => [day, oraclePlayerGameSummary(raw, offense.get(day) ?? [], day)]),
  );
  const defense = new Map(
    dates.map((day) => [day, oracleTeamDefenseGameSummary(offense.get(day) ?? [])]),
  );
  const present = dates.filter((day) => !gaps.includes(day));
  await compare('team_offense_game_summary', present, (day) => offense.get(day) ?? []);
  await compare('team_defense_game_summary', present, (day) => defense.get(day) ?? []);
  await compare('player_game_summary', present, (day) => players.get(day) ?? []);

  const history: History = {
    raw,
    offenseRows: present.flatMap((day) => offense.get(day) ?? []),
    defenseRows: present.flatMap((day) => defense.get(day) ?? []),
    playerRows: present.flatMap((day) => players.get(day) ?? []),
  };
  const contexts = new Map(
    dates.map((day) => [day, computeContexts(history, day, comparison)] as const),
  );
  const contextOf = (day: string) => contexts.get(day) ?? { teamContexts: [], playerContexts: [] };
  await compare('upcoming_team_game_context', dates, (day) => contextOf(day).teamContexts);
  await compare('upcoming_player_game_context', dates, (day) => contextOf(day).playerContexts);

  const built = new Map(
    builtDates.map((day) => [day, computeBuiltDate(history, contextOf(day), day, comparison)]),
  );
  const excluded = new Map<string, string>();
  for (const [name, part] of Object.entries(precomputeTables)) {
    await compare(name, builtDates, (day) => built.get(day)?.[part].rows ?? []);
    for (const [day, rows] of built) {
      for (const { key, reason } of rows[part].excluded) {
        excluded.set(`${name} ${day} ${key}`, reason);
      }
    }
  }
  return [...found, ...(await compareExclusions(warehouse, builtDates, excluded))];
}

async function compareExclusions(
  warehouse: Warehouse,
  days: readonly string[],
  expected: ReadonlyMap<string, string>,
): Promise<readonly string[]> {
  const rows = await warehouse.query(
    'SELECT table_name, CAST(partition_date AS STRING) AS day, entity, reason_code FROM backcourt.exclusions',
  );
  const actual = new Map(
    rows
      .filter(({ day }) => days.includes(String(day)))
      .map(({ table_name, day, entity, reason_code }) => [
        `${table_name} ${day} ${entity}`,
        String(reason_code),
      ]),
  );
  const found: string[] = [];
  for (const [id, reason] of expected) {
    if (actual.get(id) !== reason)
      found.push(`exclusion ${id}: ${actual.get(id)}, oracle ${reason}`);
  }
  for (const id of actual.keys())
    if (!expected.has(id)) found.push(`exclusion ${id}: not the oracle's`);
  return found.slice(0, 10);
}
