import { type GameDate, gameDate } from '../../calendar/game-date.ts';
import { wasWritten } from '../../ledger/partition-record.ts';
import { stagedSelect } from '../../table/staged-select.ts';
import type { ComputedTable } from '../../table/table-definition.ts';
import type { TableRegistry } from '../../table/table-registry.ts';
import type { MovedGame, ShrinkRefusal } from '../files/ingest-report.ts';
import { derivationFingerprints } from '../raw/derivation-fingerprints.ts';
import { futureRows } from '../raw/future-rows.ts';
import {
  planRawReplacement,
  type RawReplacement,
  type RawWriter,
  rewrittenDates,
} from '../raw/replace-raw-dates.ts';

/** Raw tables that follow from the loaded ones, in dependency order. */
const derivedTables = ['schedule', 'game_results'] as const;

/**
 * Stages `schedule` and `game_results` for every date whose box scores, shots or schedule entries
 * are about to change, or are others than those they were derived from: a copy can bring the one
 * without the other. They read the new rows where there are any and the stored ones elsewhere, so
 * that everything can be committed together.
 * @param moved games that leave a date for another one; without them it would have lost them.
 */
export async function deriveSchedule(
  writer: RawWriter,
  tables: TableRegistry,
  loaded: readonly RawReplacement[],
  moved: readonly MovedGame[],
): Promise<readonly RawReplacement[]> {
  const dates = [
    ...new Set([
      ...loaded.filter(({ table }) => derivedFrom(tables, table.name)).flatMap(rewrittenDates),
      ...(writer.rewrite?.dates ?? datesOfOtherInputs(writer, tables, loaded)),
    ]),
  ].sort();
  if (dates.length === 0) return [];
  const { warehouse } = writer;
  await writer.bringStored?.(dates);
  const mayLose = new Map(
    [...Map.groupBy(moved, ({ from }) => from)].map(([date, games]) => [date, games.length]),
  );
  const derived: RawReplacement[] = [];
  for (const name of derivedTables) {
    const table = computedTable(tables, name);
    const select = stagedSelect(
      table,
      {
        sql: warehouse.dialect,
        input: (input) => {
          const read = table.inputs.some((declared) => declared.table === input);
          const inputTable = tables.get(input);
          if (!read || !inputTable) throw new Error(`${name} does not declare the input ${input}`);
          return futureRows(warehouse.dialect, inputTable, [...loaded, ...derived], dates);
        },
        option: (option) => {
          throw new Error(`${name} has no option ${option}`);
        },
      },
      dates.map((date) => ({ date, seasonYear: 0, seasonStart: date, unbrokenSince: date })),
    );
    const staged = `staged_${name}`;
    await warehouse.stage(staged, select);
    const fingerprints = derivationFingerprints(writer, table, [...loaded, ...derived], dates);
    derived.push(await planRawReplacement(writer, table, staged, { dates, mayLose, fingerprints }));
  }
  return writer.allowShrink ? derived : withLostResults(writer, derived, mayLose);
}

function computedTable(tables: TableRegistry, name: string): ComputedTable {
  const table = tables.get(name);
  if (table?.kind !== 'computed') throw new Error(`no processor for ${name}`);
  return table;
}

/**
 * Dates on which a derived table was made of other rows than will stand, or nobody knows of which. What was
 * copied without anything it follows from is left alone.
 */
function datesOfOtherInputs(
  { ledger }: RawWriter,
  tables: TableRegistry,
  loaded: readonly RawReplacement[],
): readonly GameDate[] {
  return derivedTables.flatMap((name) => {
    const table = computedTable(tables, name);
    const inputs = table.inputs.filter((input) => !isDerived(input.table));
    const dates = [...ledger.of(name).values()]
      .filter(({ state }) => state === 'done')
      .map(({ date }) => date)
      .filter((date) => inputs.some((input) => wasWritten(ledger.get(input.table, date))));
    const today = derivationFingerprints({ ledger }, table, loaded, dates);
    return dates.filter((date) => ledger.get(name, date)?.fingerprint !== today.get(date));
  });
}

function isDerived(name: string): boolean {
  return derivedTables.some((derived) => derived === name);
}

/** TRUE when the schedule or the results follow from a table. */
function derivedFrom(tables: TableRegistry, name: string): boolean {
  return derivedTables.some((derived) =>
    computedTable(tables, derived).inputs.some(({ table }) => table === name),
  );
}

/**
 * A game that a schedule file lists keeps its place when its box score is lost: that its result is
 * gone can only be seen from the results.
 */
async function withLostResults(
  { warehouse }: RawWriter,
  derived: readonly RawReplacement[],
  mayLose: ReadonlyMap<GameDate, number>,
): Promise<readonly RawReplacement[]> {
  const known = new Set(
    derived.flatMap(({ shrinkRefused }) => shrinkRefused.map(({ date }) => date)),
  );
  const results = derived.find(({ table }) => table.name === 'game_results');
  if (!results || results.changed.length === 0) return derived;
  const rows = await warehouse.query(`
SELECT CAST(stored.game_date AS STRING) AS game_date, stored.games AS stored_games, COALESCE(given.games, 0) AS given_games
FROM (
  SELECT game_date, COUNT(*) AS games FROM nba_raw.game_results WHERE home_points IS NOT NULL GROUP BY game_date
) AS stored
INNER JOIN (
  SELECT game_date, COUNT(home_points) AS games
  FROM ${results.relation} AS result
  GROUP BY game_date
) AS given
  ON given.game_date = stored.game_date
WHERE given.games < stored.games
ORDER BY stored.game_date`);
  const lost: readonly ShrinkRefusal[] = rows
    .map((row) => ({
      table: 'game_results',
      date: gameDate(String(row['game_date'])),
      storedRows: Number(row['stored_games']),
      newRows: Number(row['given_games']),
      unit: 'final game' as const,
    }))
    .filter(
      ({ date, storedRows, newRows }) =>
        !known.has(date) && newRows + (mayLose.get(date) ?? 0) < storedRows,
    );
  return derived.map((replacement) =>
    replacement === results
      ? { ...replacement, shrinkRefused: [...replacement.shrinkRefused, ...lost] }
      : replacement,
  );
}
