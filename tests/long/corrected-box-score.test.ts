import { copyFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { between } from '../support/equal-hashes.ts';
import { announceRealData, realDataFolder, realFiles } from '../support/real-data.ts';
import { backcourt, prepare } from '../support/run-command.ts';
import { tempFolder } from '../support/temp-folder.ts';
import {
  changeFile,
  differingUnits,
  partitionHashes,
  tornPartitions,
} from '../support/warehouse-file.ts';

announceRealData('a corrected box score');

const day = '2023-12-01';
const summaries = ['player_game_summary', 'team_defense_game_summary', 'team_offense_game_summary'];
const readerOfAssists = 'ml_feature_store_v2';
const zones = ['player_shot_zone_analysis', 'team_defense_zone_analysis'] as const;
const onePlayer = `GAME_DATE LIKE '${day}%' AND PLAYER_ID = (
  SELECT MIN(PLAYER_ID) FROM source WHERE GAME_DATE LIKE '${day}%' AND FGA >= FGM + 3 AND FGM - FG3M >= 3)`;
const oneShot = `GAME_DATE = '${day.replaceAll('-', '')}' AND GAME_ID || GAME_EVENT_ID = (
  SELECT MIN(GAME_ID || GAME_EVENT_ID) FROM source
  WHERE GAME_DATE = '${day.replaceAll('-', '')}' AND SHOT_TYPE LIKE '2PT%' AND SHOT_DISTANCE <= 8)`;

describe.runIf(realDataFolder)('a corrected box score of 2023-12-01', () => {
  const folder = tempFolder('corrected');
  const original = join(folder, 'original.duckdb');
  const season = ['run', '--backfill', ...between('2023-10-24', '2024-06-17')];
  let before: ReadonlyMap<string, string>;
  let corrections = 0;

  beforeAll(async () => {
    await prepare(['ingest', 'nba-stats', ...realFiles('2023-24'), '--warehouse', original]);
    await prepare([...season, '--warehouse', original]);
    before = await partitionHashes(original);
  });

  /** Writes a copy of a real file with a few cells changed. */
  async function corrected(file: string, replace: string): Promise<string> {
    corrections += 1;
    const target = join(folder, `${corrections}-${basename(file)}`);
    await changeFile(
      ':memory:',
      `CREATE TABLE source AS FROM read_parquet('${file}');
COPY (SELECT * REPLACE (${replace}) FROM source) TO '${target}' (FORMAT parquet)`,
    );
    return target;
  }

  /** Loads a corrected file, runs, and compares with a warehouse built from the corrected files. */
  async function correct(kind: 'playergamelogs' | 'shotchartdetail', replace: string) {
    const files = realFiles('2023-24');
    const own = files.find((file) => basename(file).startsWith(kind)) ?? '';
    const file = await corrected(own, replace);
    const warehouse = join(folder, `corrected-${corrections}.duckdb`);
    copyFileSync(original, warehouse);
    await prepare(['ingest', 'nba-stats', file, '--warehouse', warehouse]);
    const ingested = differingUnits(before, await partitionHashes(warehouse));

    const dry = await backcourt([...season, '--dry-run', '--json', '--warehouse', warehouse]);
    const ran = await backcourt([...season, '--json', '--warehouse', warehouse]);
    expect(ran.exitCode).toBe(0);
    expect(ran.stderr).not.toContain('error');
    const after = await partitionHashes(warehouse);
    const changed = differingUnits(before, after).filter((unit) => !ingested.includes(unit));
    const written = unitsWith(ran.lines, 'outcome', 'written');
    expect(written).toEqual(changed);
    expect(await tornPartitions(warehouse)).toEqual([]);

    const rebuilt = join(folder, `rebuilt-${corrections}.duckdb`);
    const others = files.filter((other) => other !== own);
    await prepare(['ingest', 'nba-stats', file, ...others, '--warehouse', rebuilt]);
    await prepare([...season, '--warehouse', rebuilt]);
    expect(differingUnits(await partitionHashes(rebuilt), after)).toEqual([]);
    const again = await backcourt([...season, '--warehouse', warehouse]);
    expect(again.lines.at(-1)).toBe('nothing to do');
    const candidates = unitsWith(dry.lines, 'action', 'run');
    const unchanged = unitsWith(ran.lines, 'outcome', 'unchanged');
    tell(replace, { candidates, unchanged, written });
    return { ingested, written, candidates, unchanged };
  }

  const days = (units: readonly string[], table: string) =>
    units.filter((unit) => unit.startsWith(`${table} `)).map((unit) => unit.slice(-10));

  test('an assist: three partitions are rewritten, and who does not read it computes nothing', async () => {
    const { ingested, written, candidates, unchanged } = await correct(
      'playergamelogs',
      `CASE WHEN ${onePlayer} THEN AST + 1 ELSE AST END AS AST`,
    );

    expect(ingested).toEqual([`player_box ${day}`]);
    const isReader = (unit: string) => unit.startsWith(`${readerOfAssists} `);
    expect(written.filter((unit) => !isReader(unit))).toEqual(
      summaries.map((table) => `${table} ${day}`),
    );
    expect(days(written, readerOfAssists)[0]).toBe('2023-12-02');
    expect(days(written, readerOfAssists).every((date) => date > day)).toBe(true);
    // Every later date of the season may depend on it, no earlier one does; one table reads an assist.
    const later = [...before.keys()].filter((unit) => unit.slice(-10) > day);
    for (const table of zones) {
      expect(days(candidates, table)).toEqual(days(later, table));
    }
    expect(unchanged.filter((unit) => !isReader(unit))).toEqual([]);
    for (const table of summaries) expect(days(candidates, table)).toEqual([day]);
  });

  test('a field goal more: the game loses its zones, and with it every window that holds it', async () => {
    const { ingested, written } = await correct(
      'playergamelogs',
      `CASE WHEN ${onePlayer} THEN FGM + 1 ELSE FGM END AS FGM,
  CASE WHEN ${onePlayer} THEN PTS + 2 ELSE PTS END AS PTS`,
    );

    expect(ingested).toEqual([`game_results ${day}`, `player_box ${day}`]);
    for (const table of summaries) expect(days(written, table)).toEqual([day]);
    for (const table of zones) {
      expect(days(written, table)[0]).toBe('2023-12-02');
      expect(days(written, table).every((date) => date > day)).toBe(true);
      expect(days(written, table).length).toBeGreaterThan(10);
    }
  });

  test('a shot from farther out: paint becomes mid-range for as long as windows hold it', async () => {
    const { ingested, written, unchanged } = await correct(
      'shotchartdetail',
      `CASE WHEN ${oneShot} THEN 15 ELSE SHOT_DISTANCE END AS SHOT_DISTANCE`,
    );

    expect(ingested).toEqual([`shots ${day}`]);
    for (const table of summaries) expect(days(written, table)).toEqual([day]);
    for (const table of zones) {
      expect(days(written, table)[0]).toBe('2023-12-02');
      // Once it has left the windows, dates are recomputed and come out equal.
      expect(days(unchanged, table).length).toBeGreaterThan(10);
    }
  });
});

/** What docs/proof.md quotes: per table how far a correction could reach, and how far it did. */
function tell(
  correction: string,
  {
    candidates,
    unchanged,
    written,
  }: Readonly<Record<'candidates' | 'unchanged' | 'written', readonly string[]>>,
): void {
  const tables = [...new Set(candidates.map((unit) => unit.slice(0, -11)))];
  const count = (units: readonly string[], table: string) =>
    units.filter((unit) => unit.startsWith(`${table} `)).length;
  const lines = tables.map((table) => {
    const recomputed = count(unchanged, table) + count(written, table);
    return `  ${table}: ${count(candidates, table)} candidates, ${recomputed} recomputed, ${count(written, table)} changed`;
  });
  process.stderr.write(`${correction.replace(/\s+/g, ' ')}\n${lines.join('\n')}\n`);
}

function unitsWith(lines: readonly string[], field: string, value: string): readonly string[] {
  return lines
    .map((line): Readonly<Record<string, unknown>> => JSON.parse(line))
    .filter((unit) => unit[field] === value)
    .map((unit) => `${unit['table']} ${unit['date']}`)
    .sort();
}
