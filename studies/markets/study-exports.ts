import { markets } from '../../src/league/markets.ts';
import { loadTables } from '../../src/table/table-registry.ts';
import type { MarketRow } from './market-row.ts';
import { readMarketRows } from './read-market-rows.ts';

/**
 * Exports both feature stores with a command and reads what they say of players who played.
 * @param backcourt carries out a command on the warehouse that is studied.
 * @param warehouse its file, in which nobody writes meanwhile.
 * @param folder where the files go.
 */
export async function studyExports(
  backcourt: (...args: readonly string[]) => unknown,
  warehouse: string,
  folder: string,
): Promise<readonly MarketRow[]> {
  const files = { v1: `${folder}/v1.parquet`, v2: `${folder}/v2.parquet` };
  await backcourt('export', 'ml_feature_store', '--defaults-as-null', '--out', files.v1);
  await backcourt('export', 'ml_feature_store_v2', '--with-labels', '--out', files.v2);
  return readMarketRows({ ...files, warehouse, names: await featureNames() });
}

async function featureNames() {
  const tables = await loadTables();
  const first = tables.table('ml_feature_store').columns.find(({ name }) => name === 'features');
  const columns = tables.table('ml_feature_store_v2').columns;
  const from = columns.findIndex(({ name }) => name === `${markets[0]?.name}_avg_last_3`);
  const before = columns.findIndex(({ name }) => name === 'feature_count');
  const isNumber = (kind: string) => kind !== 'STRING';
  return {
    v1: first?.elements ?? [],
    v2: columns
      .slice(from, before)
      .filter(({ type }) => isNumber(type.kind))
      .map(({ name }) => name),
  };
}
