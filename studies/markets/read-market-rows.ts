import { markets } from '../../src/league/markets.ts';
import { duckdbDialect } from '../../src/sql/duckdb-dialect.ts';
import { makeInstance } from '../../src/warehouse/duckdb/instance.ts';
import { literalFile } from '../../src/warehouse/duckdb/literal-file.ts';
import type { MarketRow } from './market-row.ts';

interface Exports {
  /** Of `ml_feature_store`, and of `ml_feature_store_v2 --with-labels`. */
  readonly v1: string;
  readonly v2: string;
  /** The file with `player_props`. */
  readonly warehouse: string;
  /** Columns of each that are features. */
  readonly names: { readonly v1: readonly string[]; readonly v2: readonly string[] };
}

/**
 * Rows of players who played and whom both tables have, ascending by date. The line of a market is the median, of two the lower, of
 * what the bookmakers offered last, whether or not it is known when: it stands beside the predictions and goes into none.
 */
export async function readMarketRows({
  v1,
  v2,
  warehouse,
  names,
}: Exports): Promise<readonly MarketRow[]> {
  const instance = await makeInstance();
  const connection = await instance.connect();
  try {
    await connection.run(`ATTACH ${duckdbDialect.string(warehouse)} AS warehouse (READ_ONLY)`);
    const ofMarkets = (column: (name: string) => string) =>
      markets.map(({ name }) => `CAST(named.${column(name)} AS DOUBLE)`);
    const parts = [
      ofMarkets((name) => `actual_${name}`),
      ofMarkets((name) => `${name}_avg_last_10`),
      ofMarkets((name) => `${name}_avg_season`),
      markets.map(({ name }) => `lines.${name}_line`),
      names.v1.map((name) => `CAST(first.${name} AS DOUBLE)`),
      names.v2.map((name) => `CAST(named.${name} AS DOUBLE)`),
    ];
    const reader = await connection.runAndReadAll(`
WITH last_lines AS (
  SELECT game_date, player_lookup, market, line
  FROM warehouse.nba_raw.player_props
  QUALIFY RANK() OVER (
    PARTITION BY game_date, player_lookup, market, LOWER(bookmaker)
    ORDER BY captured_at DESC NULLS LAST
  ) = 1
),
lines AS (
  SELECT
    game_date,
    player_lookup,
    ${markets.map(({ name }) => `quantile_disc(CAST(line AS DOUBLE), 0.5) FILTER (market = '${name}') AS ${name}_line`).join(',\n    ')}
  FROM last_lines
  GROUP BY game_date, player_lookup
)
SELECT
  CAST(named.game_date AS VARCHAR),
  CAST(named.season_year AS INTEGER),
  named.is_playoffs,
  ${parts.flat().join(',\n  ')}
FROM read_parquet(${literalFile(v2)}) AS named
INNER JOIN read_parquet(${literalFile(v1)}) AS first
  ON first.game_date = named.game_date
  AND first.universal_player_id = named.universal_player_id
LEFT JOIN lines
  ON lines.game_date = named.game_date
  AND lines.player_lookup = named.player_lookup
WHERE named.played
ORDER BY named.game_date, named.universal_player_id`);
    return reader.getRowsJS().map(([date, seasonYear, isPlayoffs, ...values]) => {
      let from = 0;
      const taken = parts.map((part) => {
        from += part.length;
        return values.slice(from - part.length, from).map(numberOrNull);
      });
      const [actual = [], last10 = [], season = [], lines = [], first = [], named = []] = taken;
      return {
        date: String(date),
        seasonYear: Number(seasonYear),
        isPlayoffs: isPlayoffs === true,
        features: { v1: first, v2: named },
        actual: actual.map(Number),
        last10: last10.map(Number),
        season: season.map(Number),
        lines,
      };
    });
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

function numberOrNull(value: unknown): number | null {
  return value === null ? null : Number(value);
}
