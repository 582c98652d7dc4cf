import { findAnyTable } from '../../engine/choose-tables.ts';
import { UsageError } from '../../engine/usage-error.ts';
import { knowsDefaults, labelClashes, labelsOf } from '../../export/export-select.ts';
import { hasMarkets } from '../../export/market-columns.ts';
import { type RowCondition, readRowCondition } from '../../export/row-condition.ts';
import { type Market, markets } from '../../league/markets.ts';
import type { TableDefinition } from '../../table/table-definition.ts';
import type { TableRegistry } from '../../table/table-registry.ts';
import type { ExportFormat } from '../../warehouse/duckdb/duckdb-warehouse.ts';

const labelledTables = 'ml_feature_store, ml_feature_store_v2 and own tables of players';

/** What is said of an export but for its dates. */
export interface ExportFlags {
  readonly table: string;
  readonly out: string | undefined;
  readonly format: string | undefined;
  readonly market: string | undefined;
  readonly where: string | undefined;
  readonly withLabels: boolean;
  readonly defaultsAsNull: boolean;
}

/** What is to be exported, as far as the flags alone say. */
export interface ExportTerms {
  readonly table: TableDefinition;
  readonly out: string;
  readonly format: ExportFormat;
  readonly isGzip: boolean;
  readonly market: Market | undefined;
  readonly where: RowCondition | undefined;
}

/** @throws UsageError for a table, file, market or condition that cannot be, or a flag of another table. */
export function readExportFlags(tables: TableRegistry, flags: ExportFlags): ExportTerms {
  const { table: name, out } = flags;
  const table = findAnyTable(tables, name);
  if (out === undefined)
    throw new UsageError('which file? give --out, for example --out rows.parquet');
  const form = chooseFormat(out, flags.format);
  if (flags.withLabels && labelsOf(table) === undefined) {
    throw new UsageError(`--with-labels is for ${labelledTables}, not for ${name}`);
  }
  const [clash] = flags.withLabels ? labelClashes(table) : [];
  if (clash !== undefined)
    throw new UsageError(`--with-labels adds "${clash}", which ${name} has itself`);
  const market = chooseMarket(table, flags.market);
  const where = flags.where === undefined ? undefined : chooseRows(table, flags.where);
  if (flags.defaultsAsNull && !knowsDefaults(table)) {
    throw new UsageError(`--defaults-as-null is for ml_feature_store, not for ${name}`);
  }
  return { table, out, ...form, market, where };
}

function chooseMarket(table: TableDefinition, given: string | undefined): Market | undefined {
  if (given === undefined) return undefined;
  if (!hasMarkets(table)) {
    throw new UsageError(`--market is for ml_feature_store_v2, not for ${table.name}`);
  }
  const market = markets.find(({ name }) => name === given);
  if (market) return market;
  const names = markets.map(({ name }) => name);
  throw new UsageError(`--market "${given}" is none of ${names.join(', ')}`);
}

function chooseRows(table: TableDefinition, text: string): RowCondition {
  try {
    return readRowCondition(table, text);
  } catch (error) {
    throw new UsageError(`--where: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** A name that ends in .gz promises compressed text; Parquet is compressed by itself. */
function chooseFormat(
  out: string,
  given: string | undefined,
): Pick<ExportTerms, 'format' | 'isGzip'> {
  const [, ending, zipped] = /(?:\.(parquet|csv))?(\.gz)?$/i.exec(out) ?? [];
  const isGzip = zipped !== undefined;
  const format = given ?? ending?.toLowerCase();
  if (format === 'parquet' && isGzip) {
    throw new UsageError(`"${out}": Parquet is compressed itself and gets no .gz; CSV may`);
  }
  if (format === 'parquet' || format === 'csv') return { format, isGzip };
  throw new UsageError(
    given === undefined
      ? `"${out}" ends in none of .parquet, .csv and .csv.gz; give --format`
      : `--format "${given}" is neither parquet nor csv`,
  );
}
