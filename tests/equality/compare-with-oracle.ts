import type { TableRegistry } from '../../src/table/table-registry.ts';
import type { Warehouse } from '../../src/warehouse/warehouse.ts';
import type { Row } from '../oracle/canonical-row.ts';
import { oraclePlayerGameSummary } from '../oracle/oracle-player-game-summary.ts';
import { oraclePlayerShotZoneAnalysis } from '../oracle/oracle-player-shot-zone-analysis.ts';
import { oracleTeamDefenseGameSummary } from '../oracle/oracle-team-defense-game-summary.ts';
import { oracleTeamDefenseZoneAnalysis } from '../oracle/oracle-team-defense-zone-analysis.ts';
import { oracleTeamOffenseGameSummary } from '../oracle/oracle-team-offense-game-summary.ts';
import type { RawRows } from '../oracle/raw-rows.ts';
import { differences, productRows } from './product-rows.ts';

export interface Comparison {
  /** Game dates with analytics rows. */
  readonly dates: readonly string[];
  /** Dates of the zone tables to compare; game dates from day 7 of a season. */
  readonly zoneDates: readonly string[];
  readonly minGames: number;
  readonly qualityThreshold: number;
  /** Dates whose rows of the game summaries are gone when the zone tables are built. */
  readonly gaps?: readonly string[];
}

/** Compares every table with the oracle. @returns the first differences of each table and date. */
export async function compareWithOracle(
  tables: TableRegistry,
  warehouse: Warehouse,
  raw: RawRows,
  { dates, zoneDates, minGames, qualityThreshold, gaps = [] }: Comparison,
): Promise<readonly string[]> {
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
  const allDefense = present.flatMap((day) => defense.get(day) ?? []);
  const allPlayers = present.flatMap((day) => players.get(day) ?? []);
  const options = { minGames, qualityThreshold };

  await compare('team_offense_game_summary', dates, (day) => offense.get(day) ?? []);
  await compare('team_defense_game_summary', present, (day) => defense.get(day) ?? []);
  await compare('player_game_summary', present, (day) => players.get(day) ?? []);
  const excluded = new Map<string, string>();
  await compare('team_defense_zone_analysis', zoneDates, (day) => {
    const analysis = oracleTeamDefenseZoneAnalysis(allDefense, raw, day, options);
    for (const { key, reason } of analysis.excluded)
      excluded.set(`team_defense_zone_analysis ${day} ${key}`, reason);
    return analysis.rows;
  });
  await compare('player_shot_zone_analysis', zoneDates, (day) => {
    const analysis = oraclePlayerShotZoneAnalysis(allPlayers, raw, day, options);
    for (const { key, reason } of analysis.excluded)
      excluded.set(`player_shot_zone_analysis ${day} ${key}`, reason);
    return analysis.rows;
  });
  return [...found, ...(await compareExclusions(warehouse, zoneDates, excluded))];
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
