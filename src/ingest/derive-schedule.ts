import type { GameDate } from '../calendar/game-date.ts';
import { onDates } from '../ledger/ledger-statements.ts';
import { stagedSelect } from '../table/staged-select.ts';
import type { ComputedTable } from '../table/table-definition.ts';
import { qualifiedName } from '../table/table-definition.ts';
import type { TableRegistry } from '../table/table-registry.ts';
import { planRawReplacement, type RawReplacement, type RawWriter } from './replace-raw-dates.ts';

/** Raw tables that follow from the loaded ones, in dependency order. */
const derivedTables = ['schedule', 'game_results'] as const;

/**
 * Stages `schedule` and `game_results` for every date whose box scores or shots are about to
 * change. They read the new rows where there are any and the stored ones elsewhere, so that
 * everything can be committed together.
 */
export async function deriveSchedule(
  writer: RawWriter,
  tables: TableRegistry,
  loaded: readonly RawReplacement[],
): Promise<readonly RawReplacement[]> {
  const dates = [
    ...new Set(loaded.flatMap(({ changed }) => changed.map(({ date }) => date))),
  ].sort();
  if (dates.length === 0) return [];
  const { warehouse } = writer;
  const derived: RawReplacement[] = [];
  for (const name of derivedTables) {
    const table = tables.get(name);
    if (table?.kind !== 'computed') throw new Error(`no processor for ${name}`);
    const select = stagedSelect(
      table,
      {
        sql: warehouse.dialect,
        input: (input) =>
          futureRelation(writer, tables, table, input, [...loaded, ...derived], dates),
        option: (option) => {
          throw new Error(`${name} has no option ${option}`);
        },
      },
      dates.map((date) => ({ date, seasonYear: 0, seasonStart: date })),
    );
    const staged = `staged_${name}`;
    await warehouse.stage(staged, select);
    derived.push(await planRawReplacement(writer, table, staged));
  }
  return derived;
}

/** A raw table as it will stand after the commit, on the given dates. */
function futureRelation(
  writer: RawWriter,
  tables: TableRegistry,
  reader: ComputedTable,
  input: string,
  replacements: readonly RawReplacement[],
  dates: readonly GameDate[],
): string {
  if (!reader.inputs.some(({ table }) => table === input)) {
    throw new Error(`${reader.name} does not declare the input ${input}`);
  }
  const table = tables.get(input);
  if (!table) throw new Error(`no table ${input}`);
  const sql = writer.warehouse.dialect;
  const columns = table.columns.map(({ name }) => name).join(', ');
  const replaced = replacements.find((replacement) => replacement.table.name === input);
  const changed = replaced?.changed.map(({ date }) => date) ?? [];
  const stored = dates.filter((date) => !changed.includes(date));
  return `(
    SELECT ${columns} FROM ${qualifiedName(table)} WHERE ${onDates(sql, table.partition, stored)}${
      replaced
        ? `
    UNION ALL
    SELECT ${columns} FROM ${replaced.relation} AS staged WHERE ${onDates(sql, table.partition, changed)}`
        : ''
    })`;
}
