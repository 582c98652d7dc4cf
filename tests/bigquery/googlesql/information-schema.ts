import type { Cell, GoogleSqlColumn, TypeName } from './googlesql-service.ts';
import type { Table } from './memory-database.ts';
import { typeText } from './parse-change.ts';

/** A view of a dataset, and the name under which a query finds it here. */
export interface KnownView {
  readonly name: string;
  readonly table: Table;
}

type Values = readonly (string | number | undefined)[];
type Tables = ReadonlyMap<string, Table>;

const views: Readonly<
  Record<string, { readonly columns: readonly string[]; rows(tables: Tables): readonly Values[] }>
> = {
  COLUMNS: {
    columns: [
      ...['table_name', 'column_name', 'data_type', 'is_nullable', 'ordinal_position:INT64'],
      'clustering_ordinal_position:INT64',
    ],
    // By what a table is clustered is not kept here.
    rows: (tables) =>
      [...tables].flatMap(([name, { columns, required, written }]) =>
        columns.map(({ name: column, type }, place) => {
          const isNullable = required.has(column) ? 'NO' : 'YES';
          const typed = written?.get(column) ?? typeText(type);
          return [name, column, typed, isNullable, place + 1, undefined];
        }),
      ),
  },
  TABLES: {
    columns: ['table_name', 'table_type'],
    rows: (tables) => [...tables.keys()].map((name) => [name, 'BASE TABLE']),
  },
  TABLE_OPTIONS: {
    columns: ['table_name', 'option_name', 'option_type', 'option_value'],
    rows: (tables) =>
      [...tables].flatMap(([name, { options }]) => {
        const { expiresAtMs, partitionDays } = options;
        const at = expiresAtMs && new Date(expiresAtMs).toISOString();
        return [
          ...(at ? [[name, 'expiration_timestamp', 'TIMESTAMP', `TIMESTAMP "${at}"`]] : []),
          ...(partitionDays === undefined
            ? []
            : [[name, 'partition_expiration_days', 'FLOAT64', partitionDays.toFixed(1)]]),
        ];
      }),
  },
};

/**
 * Replaces the views of datasets that a query names by names that stand for them.
 * @param tables by `dataset.table`. @throws when it is a view the stand-in does not know.
 */
export function withInformationSchema(
  sql: string,
  tables: Tables,
): { readonly sql: string; readonly views: readonly KnownView[] } {
  const found: KnownView[] = [];
  const replaced = sql.replace(
    /\b(?!region_)(\w+)\.INFORMATION_SCHEMA\.(\w+)\b/g,
    (_, dataset: string, view: string) => {
      const known = views[view];
      if (!known) throw new Error(`INFORMATION_SCHEMA.${view} is nothing the stand-in knows`);
      const own = [...tables].filter(([name]) => name.startsWith(`${dataset}.`));
      const short = own.map(([name, table]) => [name.slice(dataset.length + 1), table] as const);
      const name = `information_${view.toLowerCase()}_of_${dataset}`;
      found.push({ name, table: viewTable(known.columns, known.rows(new Map(short))) });
      return name;
    },
  );
  return { sql: replaced, views: found };
}

/** @param names each with its type behind it where it is no text; a TIMESTAMP is milliseconds since 1970. */
export function viewTable(names: readonly string[], rows: readonly Values[]): Table {
  const columns: readonly GoogleSqlColumn[] = names.map((text) => {
    const [name = '', type = 'STRING'] = text.split(':');
    return { name, type: { typeKind: `TYPE_${type}` as TypeName } };
  });
  return {
    columns,
    required: new Set(),
    partition: undefined,
    options: {},
    rows: rows.map((values) => ({
      cell: values.map((value, place): Cell => {
        if (value === undefined) return {};
        if (columns[place]?.type.typeKind === 'TYPE_TIMESTAMP') {
          const ms = Number(value);
          return {
            timestampValue: { seconds: String(Math.floor(ms / 1000)), nanos: (ms % 1000) * 1e6 },
          };
        }
        return typeof value === 'number' ? { int64Value: String(value) } : { stringValue: value };
      }),
    })),
  };
}
