import { copyFileSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { announceRealData, realDataFolder, realFiles } from '../support/real-data.ts';
import { prepare } from '../support/run-command.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { cellOf, changeFile, partitionHashes } from '../support/warehouse-file.ts';

announceRealData('two thousand corrections of four seasons');

describe.runIf(realDataFolder)('two thousand corrections of four seasons', () => {
  const folder = tempFolder('corrected-history');

  test('cost little, and what was exported before them comes out the same', async () => {
    const warehouse = join(folder, 'w.duckdb');
    const before = join(folder, 'before.duckdb');
    const at = ['--warehouse', warehouse];
    await prepare(['ingest', 'nba-stats', ...realFiles(), ...at]);
    await prepare(['run', '--backfill', ...at]);
    const features = (out: string, ...more: readonly string[]) =>
      prepare(['export', 'ml_feature_store', '--with-labels', '--out', out, ...at, ...more]);
    const [then, again, now] = ['then', 'again', 'now'].map((name) =>
      join(folder, `${name}.parquet`),
    ) as [string, string, string];
    await features(then);
    copyFileSync(warehouse, before);
    const bytes = statSync(warehouse).size;
    const time = new Date().toISOString().slice(0, 23);

    const corrected: string[] = [];
    for (const file of realFiles().filter((path) => basename(path).startsWith('playergamelogs'))) {
      const target = join(folder, basename(file));
      const isMeant = 'hash(GAME_ID || PLAYER_ID) % 1000 < 19';
      await changeFile(
        ':memory:',
        `COPY (SELECT * REPLACE (CASE WHEN ${isMeant} THEN FTA + 1 ELSE FTA END AS FTA) FROM '${file}') TO '${target}' (FORMAT parquet)`,
      );
      corrected.push(target);
    }
    await prepare(['ingest', 'nba-stats', ...corrected, ...at]);
    const corrections = Number(
      await cellOf(
        warehouse,
        "SELECT COUNT(*)::INT FROM backcourt.changes WHERE change = 'removed'",
      ),
    );
    expect(corrections).toBeGreaterThan(1900);
    const ratio = statSync(warehouse).size / bytes;
    process.stderr.write(
      `${corrections} corrections in one load: the file is ${ratio.toFixed(3)} times as large\n`,
    );
    expect(ratio).toBeLessThan(1.15);

    await prepare(['run', '--backfill', ...at]);
    await features(now);
    expect(readFileSync(now).equals(readFileSync(then))).toBe(false);
    await features(again, '--known-at', time);
    expect(readFileSync(again).equals(readFileSync(then))).toBe(true);
    const past = join(folder, 'past.duckdb');
    await prepare(['as-known-at', time, '--to', past, ...at]);
    expect(await partitionHashes(past)).toEqual(await partitionHashes(before));
  });
});
