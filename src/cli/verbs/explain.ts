import type { GameDate } from '../../calendar/game-date.ts';
import { findAnyTable } from '../../engine/choose-tables.ts';
import { withWarehouse } from '../../engine/open-warehouse.ts';
import { UsageError } from '../../engine/usage-error.ts';
import { withEngine } from '../../engine/with-engine.ts';
import { readHistory } from '../../history/read-history.ts';
import { readRecordThen } from '../../history/read-record-then.ts';
import { playerLookup } from '../../ingest/names/player-lookup.ts';
import { findNamed } from '../../ledger/find-named.ts';
import type { PartitionRecord } from '../../ledger/partition-record.ts';
import { isEntityKnown, readEntityFate, readExclusions } from '../../ledger/read-exclusions.ts';
import { readLatestTeam } from '../../ledger/read-latest-team.ts';
import { remembersRecords } from '../../ledger/remembered-changes.ts';
import { explainUnit } from '../../plan/explain-unit.ts';
import { planAsRecorded } from '../../plan/plan-as-recorded.ts';
import { type ExplainReport, explainJson, explainLines } from '../../report/explain-report.ts';
import type { TableDefinition } from '../../table/table-definition.ts';
import type { TableRegistry } from '../../table/table-registry.ts';
import type { RunEngine } from '../../world/run-engine.ts';
import type { VerbContext } from '../cli-context.ts';
import { common, warehouseInputs } from '../options/common-inputs.ts';
import { dayOf, readDay } from '../options/date-range.ts';
import { offering, value, word } from '../options/input.ts';
import { once } from '../options/option-values.ts';
import { printReport } from '../output/print-report.ts';
import { defineVerb } from '../verb.ts';
import { atKnownTime, type KnownTime } from '../work/at-known-time.ts';

const shownNames = 10;

/** Tells the state of one table and date, its first cause, and all that belongs to it. */
export const explainVerb = defineVerb({
  inputs: {
    table: offering('tables', word('any table')),
    date: word('YYYY-MM-DD, today, yesterday or latest'),
    ...warehouseInputs,
    knownAt: common.knownAt,
    key: value(
      '<key>',
      'also tell what became of one team or player: the key without the date, or the name of a player who has a row',
      once,
    ),
  },
  example: ['backcourt explain team_defense_zone_analysis 2024-01-26 --key BOS'],
  run(context, tables, asked) {
    return atKnownTime(context, tables, asked, async (flags, known) => {
      const table = findAnyTable(tables, flags.table);
      const day = readDay('<date>', flags.date, context.clock.today());
      return withEngine(context, tables, flags, 'read', async (engine) => {
        const { warehouse, world } = engine;
        const date = dayOf(day, world.calendar);
        const dates = [...new Set([...world.calendar.dates, date])].sort();
        const plan = planAsRecorded(world, dates);
        const entity =
          flags.key === undefined ? undefined : await readEntity(engine, table, date, flags.key);
        const keys = entity === undefined ? [] : [entity.key];
        const own = world.ledger.get(table.name, date);
        const stood = known && (await readThen(context, tables, flags, known, table, date));
        const isOwn = stood !== undefined && own !== undefined && hasRowsOf(stood, own);
        const report = {
          explanation: explainUnit(world, plan, table, date, isOwn ? stood : undefined),
          past: known && { stood, isOwn },
          exclusions: await readExclusions(warehouse, table.name, date),
          entity,
          history: (await remembersRecords(warehouse))
            ? await readHistory(warehouse, table, date, keys)
            : undefined,
        };
        printReport(context, flags.json, {
          lines: explainLines(report, context),
          json: explainJson(report),
        });
        return 0;
      });
    });
  },
});

/** The record that was in force then in the warehouse that was asked; the one which is made of it has runs of its own. */
function readThen(
  context: VerbContext,
  tables: TableRegistry,
  { wait: waitSeconds }: { readonly wait: number | undefined },
  { location, time }: KnownTime,
  table: TableDefinition,
  date: GameDate,
): Promise<PartitionRecord | undefined> {
  const open = { location, mode: 'read', create: false, waitSeconds } as const;
  return withWarehouse(context, tables, open, async (warehouse) =>
    (await remembersRecords(warehouse)) ? readRecordThen(warehouse, table, date, time) : undefined,
  );
}

/** TRUE where two records are of the same rows, or both of none. */
function hasRowsOf(one: PartitionRecord, other: PartitionRecord): boolean {
  return one.dataHash === other.dataHash && one.hashVersion === other.hashVersion;
}

/** What became of a key, or else of the player who is called so. @throws UsageError when several are. */
async function readEntity(
  { warehouse, world }: RunEngine,
  table: TableDefinition,
  date: GameDate,
  key: string,
): Promise<ExplainReport['entity']> {
  const fate = await readEntityFate(warehouse, table, date, key);
  if (fate.kind !== 'unknown') return { key, fate };
  const named = await findNamed(warehouse, table, date, playerLookup(key));
  if (named.length > 1) {
    const list = named.slice(0, shownNames).map((row) => `${row.key} ${row.name}`);
    const more = named.length > shownNames ? ` and ${named.length - shownNames} more` : '';
    throw new UsageError(
      `--key "${key}" is the name in ${named.length} rows of ${date}: ${list.join(', ')}${more}; give the key of one`,
    );
  }
  const [row] = named;
  if (row) return { key: row.key, name: row.name, fate: { kind: 'row' } };
  const latest = await readLatestTeam(warehouse, table, date, { key, lookup: playerLookup(key) });
  const teams = world.calendar.scheduled(date)?.teams;
  if (latest && teams && !teams.includes(latest.team)) {
    return {
      key: latest.key,
      ...(latest.key !== key && { name: key }),
      fate: { kind: 'team_idle', team: latest.team, latest: latest.date },
    };
  }
  return {
    key,
    fate: (await isEntityKnown(warehouse, table, key)) ? fate : { kind: 'unheard_of' },
  };
}
