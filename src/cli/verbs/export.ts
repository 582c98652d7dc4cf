import { statSync } from 'node:fs';
import type { GameDate } from '../../calendar/game-date.ts';
import { bringRows } from '../../copy/bring-rows.ts';
import { daysOf } from '../../engine/asked-days.ts';
import { withEither, withMemoryWarehouse } from '../../engine/open-warehouse.ts';
import { refuseNarrowTables } from '../../engine/refuse-narrow-tables.ts';
import { UsageError } from '../../engine/usage-error.ts';
import {
  type ExportRequest,
  exportedTables,
  exportSelect,
  onDays,
} from '../../export/export-select.ts';
import { type AlteredDate, findAltered } from '../../export/find-altered.ts';
import { markets } from '../../league/markets.ts';
import { isInBootstrap } from '../../plan/bootstrap.ts';
import { ingestRaw } from '../../plan/ingest-files.ts';
import { planAsRecorded } from '../../plan/plan-as-recorded.ts';
import { isAbsent } from '../../plan/unit-state.ts';
import {
  type ExportedDate,
  type ExportReport,
  exportJson,
  exportLines,
  exportRefusalLines,
  type MadeWith,
  mixedRefusalLines,
} from '../../report/export-report.ts';
import { commandText } from '../../report/words/command-text.ts';
import { exitCodes } from '../../run/exit-codes.ts';
import type { TableDefinition } from '../../table/table-definition.ts';
import type { DuckDbWarehouse } from '../../warehouse/duckdb/duckdb-warehouse.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';
import { undatedPartition } from '../../window/window.ts';
import { makeRunEngine, type RunEngine } from '../../world/run-engine.ts';
import { common, warehouseInputs } from '../options/common-inputs.ts';
import { type DayFlags, isDated, readDateFlags } from '../options/date-range.ts';
import { readExportFlags } from '../options/export-flags.ts';
import { flag, offering, value, word } from '../options/input.ts';
import { once } from '../options/option-values.ts';
import { alteredRefusal } from '../output/altered-refusal.ts';
import { checkOutputFile, writeWhole } from '../process/output-file.ts';
import { withTempFolder } from '../process/with-temp-folder.ts';
import { defineVerb } from '../verb.ts';
import { atKnownTime } from '../work/at-known-time.ts';

/**
 * Writes the rows of a table to a Parquet or CSV file, which appears only when it is whole. Its exit code is 5
 * when dates of the range are owed and not there, or were made with different options, unless allowed; 7 when
 * rows are not what their records say. Nothing is written then.
 */
export const exportVerb = defineVerb({
  inputs: {
    table: offering('tables', word('a table, computed or raw')),
    ...warehouseInputs,
    knownAt: common.knownAt,
    out: value('<file>', 'where to; replaced only with --overwrite', once),
    format: offering(
      ['parquet', 'csv'],
      value('<name>', 'parquet or csv (default: by the ending of --out)', once),
    ),
    startDate: value('<date>', 'first day, as in --dates (default: all dates)', once),
    endDate: common.endDate,
    dates: common.dates,
    season: common.season,
    where: value(
      '<text>',
      'only these rows: team_abbr = BOS and points >= 20 (also <> < <= >)',
      once,
    ),
    withLabels: flag('of players: add played, what he reached, minutes, the line'),
    market: offering(
      markets.map(({ name }) => name),
      value('<name>', 'ml_feature_store_v2: add that of one market as market_…', once),
    ),
    defaultsAsNull: flag('ml_feature_store: NULL instead of a default where a value is missing'),
    exact: flag('Parquet: decimals instead of the doubles nearest to them'),
    allowMissing: flag('export although dates of the range are not there'),
    allowMixed: flag('export although dates were made with different options'),
    overwrite: flag('replace the file'),
  },
  example: ['backcourt export ml_feature_store --with-labels --out training.parquet'],
  run(context, tables, asked) {
    return atKnownTime(context, tables, asked, async (flags) => {
      const { table: name, withLabels } = flags;
      const { table, out, format, isGzip, market, where } = readExportFlags(tables, flags);
      checkOutputFile({ flag: '--out', path: out, mayReplace: () => flags.overwrite });
      const open = {
        location: flags.warehouse,
        mode: 'read',
        create: false,
        waitSeconds: flags.wait,
      } as const;
      const write = async (warehouse: Warehouse, writeRows: WriteRows): Promise<number> => {
        await refuseNarrowTables(warehouse, [table]);
        const startedMs = context.clock.elapsedMs();
        const engine = await makeRunEngine(
          warehouse,
          tables,
          context.clock,
          context.packageVersion,
        );
        const dates = exportDates(engine, table, flags);
        const units = recordedUnits(engine, table, dates);
        const print = flags.json ? context.stderr : context.stdout;
        const absent = units.filter(({ state }) => isAbsent(state));
        const first = dates[0];
        const last = dates.at(-1);
        if (
          first === undefined ||
          last === undefined ||
          (absent.length > 0 && !flags.allowMissing)
        ) {
          const command = context.command(fillHint(engine, table, first, last));
          print(`${exportRefusalLines(name, absent, command, isRaw(table)).join('\n')}\n`);
          return exitCodes.blocked;
        }
        const request = {
          ...{ table, format, isGzip, start: first, end: last, withLabels, market, where },
          ...{ exact: flags.exact, defaultsAsNull: flags.defaultsAsNull },
          dates: flags.dates === undefined ? undefined : dates,
        } as const;
        const made = madeWith(engine, table, units);
        if (made.options.length > 1 && !flags.allowMixed) {
          print(`${mixedRefusalLines(name, made, (text) => context.command(text)).join('\n')}\n`);
          return exitCodes.blocked;
        }
        let rows: number;
        try {
          rows = await writeWhole(out, (path) =>
            writeRows(request, path, async (reader) => {
              const read = exportedTables(tables, request);
              const altered = await findAltered(reader, engine.world.ledger, read, request);
              if (altered.length > 0) throw new AlteredRows(altered);
            }),
          );
        } catch (error) {
          if (!(error instanceof AlteredRows)) throw error;
          print(`${(await alteredRefusal(context, engine, error.dates)).join('\n')}\n`);
          return exitCodes.difference;
        }
        const withRows = units.filter(({ rows }) => (rows ?? 0) > 0);
        const report = {
          table: name,
          out,
          format,
          rows,
          // Of rows that are chosen the ledger does not know how many there are; hashes were held against it all the same.
          isChosen: where !== undefined,
          recordedRows: where ? rows : units.reduce((sum, unit) => sum + (unit.rows ?? 0), 0),
          dates: withRows.length,
          withoutRows: countStates(units.filter(({ rows }) => !rows)),
          first: withRows[0]?.date ?? first,
          last: withRows.at(-1)?.date ?? last,
          absent: absent.map(({ date }) => date),
          mixedOptions: made.options.length > 1 ? made.options : [],
          early: made.early,
          stale: units.filter(({ state }) => state === 'stale').map(({ date }) => date),
          bytes: statSync(out).size,
          seconds: (context.clock.elapsedMs() - startedMs) / 1000,
        };
        print(`${exportLines(report).join('\n')}\n`);
        if (flags.json) context.stdout(`${exportJson(report)}\n`);
        // Rows that came or went behind the ledger's back.
        return report.rows === report.recordedRows ? 0 : exitCodes.difference;
      };
      return withEither(context, tables, open, {
        duckdb: (warehouse) => write(warehouse, rowsOf(warehouse)),
        // The file is written here, so the rows of the range are brought here first.
        bigquery: (source) =>
          withTempFolder('export', (folder) =>
            withMemoryWarehouse(context, tables, (memory) =>
              write(source, async (request, path, refuseAltered) => {
                const route = { source, target: memory, folder };
                for (const read of exportedTables(tables, request)) {
                  await bringRows(route, read, onDays(source.dialect, read.partition, request));
                }
                return rowsOf(memory)(request, path, refuseAltered);
              }),
            ),
          ),
      });
    });
  },
});

/**
 * Writes what a request asks for to a file.
 * @param refuseAltered looks at the rows where they are read, and throws {@link AlteredRows}.
 * @returns the number of rows.
 */
type WriteRows = (
  request: ExportRequest,
  path: string,
  refuseAltered: (reader: Warehouse) => Promise<void>,
) => Promise<number>;

function rowsOf(warehouse: DuckDbWarehouse): WriteRows {
  return async (request, path, refuseAltered) => {
    await refuseAltered(warehouse);
    return warehouse.exportRows(exportSelect(warehouse.dialect, request), path, request);
  };
}

/** Rows that are read are not what their records say. */
class AlteredRows extends Error {
  readonly dates: readonly AlteredDate[];

  constructor(dates: readonly AlteredDate[]) {
    super('rows are not what their records say');
    this.dates = dates;
  }
}

/** With which options the dates that have rows were made, the most frequent first. */
function madeWith(
  engine: RunEngine,
  table: TableDefinition,
  units: readonly ExportedDate[],
): MadeWith {
  const isEarly = (date: GameDate) =>
    table.kind === 'computed' && isInBootstrap(engine.world, table, date, engine.world.options);
  const dates = units.filter(({ rows }) => (rows ?? 0) > 0).map(({ date }) => date);
  const groups = Map.groupBy(
    dates,
    (date) => engine.world.ledger.get(table.name, date)?.options ?? '{}',
  );
  return {
    options: [...groups]
      .map(([options, own]) => ({ options, dates: own }))
      .sort((a, b) => b.dates.length - a.dates.length),
    early: dates.filter(isEarly).length,
  };
}

/** Dates of the range that are scheduled, or of a raw table those of its records; without a range, all of them. */
function exportDates(
  engine: RunEngine,
  table: TableDefinition,
  flags: Partial<DayFlags>,
): readonly GameDate[] {
  const { calendar, ledger, today } = engine.world;
  const records = ledger.of(table.name);
  const all = isRaw(table) ? [...records.keys()].sort() : calendar.dates;
  if (!isDated(flags)) return all;
  if (records.has(undatedPartition)) {
    throw new UsageError(`${table.name} has no dates: export it without a range`);
  }
  const asked = new Set(daysOf(readDateFlags(flags, today), calendar));
  return all.filter((date) => asked.has(date));
}

function recordedUnits(
  { world }: RunEngine,
  table: TableDefinition,
  dates: readonly GameDate[],
): readonly ExportedDate[] {
  // Raw dates have no plan: what was loaded stands in the ledger, and what was refused too.
  if (isRaw(table)) {
    return dates.flatMap((date) => world.ledger.get(table.name, date) ?? []);
  }
  // With all tables: what is made of a stale date is stale as well.
  const asked = new Set(dates);
  return planAsRecorded(world).units.filter(
    (unit) => unit.table === table.name && asked.has(unit.date),
  );
}

function isRaw({ dataset }: TableDefinition): boolean {
  return dataset === 'nba_raw';
}

function countStates(units: readonly ExportedDate[]): ExportReport['withoutRows'] {
  const groups = Map.groupBy(units, ({ state }) => state);
  return Object.fromEntries([...groups].map(([state, own]) => [state, own.length]));
}

function fillHint(
  { world }: RunEngine,
  table: TableDefinition,
  first: GameDate | undefined,
  last: GameDate | undefined,
) {
  if (isRaw(table)) return commandText(ingestRaw(table.name, world));
  return first === undefined || last === undefined
    ? 'status'
    : commandText({
        verb: 'run',
        mode: 'backfill',
        tables: [table.name],
        dates: { kind: 'range', first, last },
      });
}
