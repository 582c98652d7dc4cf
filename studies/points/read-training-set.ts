import { makeInstance } from '../../src/warehouse/duckdb/instance.ts';
import { literalFile } from '../../src/warehouse/duckdb/literal-file.ts';
import type { TrainingRow } from './training-row.ts';

/**
 * Reads an export of `ml_feature_store --with-labels`: rows of players who played, ascending by date.
 * @param names the 25 feature columns in their order.
 */
export async function readTrainingSet(
  path: string,
  names: readonly string[],
): Promise<readonly TrainingRow[]> {
  const instance = await makeInstance();
  const connection = await instance.connect();
  try {
    const reader = await connection.runAndReadAll(`
SELECT
  CAST(game_date AS VARCHAR),
  CAST(season_year AS INTEGER),
  substr(nba_game_id, 1, 3) = '004',
  CAST(actual_points AS INTEGER),
  CAST(points_line AS DOUBLE),
  ${names.join(', ')}
FROM read_parquet(${literalFile(path)})
WHERE played
ORDER BY game_date, universal_player_id`);
    return reader.getRowsJS().map(([date, seasonYear, isPlayoffs, points, line, ...features]) => ({
      date: String(date),
      seasonYear: Number(seasonYear),
      isPlayoffs: isPlayoffs === true,
      points: Number(points),
      line: line === null ? undefined : Number(line),
      features: features.map(Number),
    }));
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}
