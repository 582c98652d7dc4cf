/**
 * A world small enough to be recomputed by hand: a handful of teams, tables whose rows are one small
 * number per team, and readings written out team by team from the wording of the specification. The
 * numbers are kept modulo 3, so that a change upstream often comes out equal downstream.
 */
import { addDays, type GameDate, gameDate } from '../../src/calendar/game-date.ts';
import {
  makeSeasonCalendar,
  type ScheduledDate,
  type SeasonCalendar,
} from '../../src/calendar/season-calendar.ts';
import { makeLedgerSnapshot } from '../../src/ledger/ledger-snapshot.ts';
import type { PartitionRecord } from '../../src/ledger/partition-record.ts';
import { findBlock } from '../../src/plan/find-block.ts';
import { makePlan } from '../../src/plan/make-plan.ts';
import type { Plan, PlanRequest } from '../../src/plan/plan.ts';
import { bool, date, int64, string } from '../../src/sql/column.ts';
import { digest } from '../../src/table/digest.ts';
import { projectionId } from '../../src/table/projection.ts';
import type {
  ComputedTable,
  LoadedTable,
  TableDefinition,
  TableInput,
} from '../../src/table/table-definition.ts';
import { makeTableRegistry, type TableRegistry } from '../../src/table/table-registry.ts';
import { undatedPartition, type Window } from '../../src/window/window.ts';
import { makeWorld } from '../../src/world/make-world.ts';
import type { World } from '../../src/world/world.ts';
import { aRecord } from '../support/a-record.ts';
import * as teamTables from '../support/team-tables.ts';

export const teams = ['BOS', 'DEN', 'LAL', 'MIA', 'NYK'] as const;

/** Rows of a partition: a number per team. */
export type Content = ReadonlyMap<string, number>;

const columns = [string('team', ''), date('day', ''), int64('value', ''), bool('is_positive', '')];

/** What a table may read of another without its values. */
export const someColumns = ['team', 'is_positive'] as const;
const projection = projectionId(someColumns);

export function loadedTable(name: string): LoadedTable {
  return teamTables.loadedTable(name, { columns });
}

export function computedTable(
  name: string,
  inputs: readonly TableInput[],
  after: readonly string[] = [],
): ComputedTable {
  return teamTables.computedTable(name, 'analytics', inputs, { columns, after });
}

/** A day of a made-up schedule. */
export interface Slate {
  /** Days since the one before. */
  readonly gap: number;
  /** Teams whose games are final; an even number. */
  readonly finalTeams: readonly string[];
}

/** Two seasons, of which the first is over. */
export function scheduleOf(seasons: readonly (readonly Slate[])[]): readonly ScheduledDate[] {
  return seasons.flatMap((slates, index) => {
    const seasonYear = [2016, 2017][index] ?? 0;
    let day = gameDate(`${seasonYear}-11-01`);
    return slates.map(({ gap, finalTeams }): ScheduledDate => {
      day = addDays(day, gap);
      return { date: day, seasonYear, games: 2, teams: [...teams], finalTeams };
    });
  });
}

export interface RecordedPartition {
  readonly content: Content;
  readonly dataHash: string;
  readonly keyHash: string | undefined;
  readonly projectionHashes: string | undefined;
  /** Of a computed table. */
  readonly fingerprint: string | undefined;
}

export function partitionOf(content: Content, fingerprint?: string): RecordedPartition {
  const rows = [...content].sort();
  return {
    content,
    dataHash: digest(JSON.stringify(rows)),
    keyHash: digest(rows.map(([team]) => team).join()),
    projectionHashes: projectionHashesOf(
      digest(rows.map(([team, value]) => [team, value > 0]).join()),
    ),
    fingerprint,
  };
}

/** The hash of {@link someColumns}, as a record tells it. */
export const projectionHashesOf = (hash: string) => JSON.stringify({ [projection]: hash });

/** What a reader of an input could notice of one of its partitions. */
export function hashSeen(
  { columns }: TableInput,
  partition: RecordedPartition | undefined,
): string | undefined {
  if (columns === undefined) return partition?.dataHash;
  return columns === 'keys' ? partition?.keyHash : partition?.projectionHashes;
}

/** What stands in the warehouse of such a world, by `table date`. */
export type Partitions = ReadonlyMap<string, RecordedPartition>;

export const unitOf = (table: string, day: string) => `${table} ${day}`;

/** Everything that follows from schedule, tables and what is stored. */
export interface MadeUpWorld {
  readonly rows: readonly ScheduledDate[];
  readonly registry: TableRegistry;
  readonly stored: Partitions;
  plan(tables: readonly string[]): Plan;
  /** The days of an input that may be read for a date, whoever reads them. */
  readableDays(window: Window, day: GameDate): readonly GameDate[];
  /** What one SELECT would yield for a date from what is stored now. */
  compute(table: ComputedTable, day: GameDate): Content;
  /** Carries a plan out: in its order, cut off where nothing that is read has changed. */
  run(plan: Plan): Partitions;
}

export function makeUpWorld(
  rows: readonly ScheduledDate[],
  tables: readonly TableDefinition[],
  storedPartitions: Partitions,
): MadeUpWorld {
  const calendar = makeSeasonCalendar(rows);
  const registry = makeTableRegistry(tables);
  return {
    rows,
    registry,
    stored: storedPartitions,
    plan: (names) =>
      makePlan(worldOf(calendar, registry, storedPartitions), requestOf(calendar, names)),
    readableDays: (window, day) => {
      const days = new Set(teams.flatMap((team) => daysRead(rows, undefined, window, team, day)));
      return [...days].sort();
    },
    compute: (table, day) => compute(rows, storedPartitions, table, day),
    run: (plan) => carryOut(rows, calendar, registry, storedPartitions, plan),
  };
}

function requestOf(calendar: SeasonCalendar, tables: readonly string[]): PlanRequest {
  return { tables, dates: calendar.dates, backfillMode: true, options: {} };
}

function worldOf(calendar: SeasonCalendar, registry: TableRegistry, partitions: Partitions): World {
  const records = [...partitions].map(([unit, partition]) => recordOf(unit, partition));
  const ledger = makeLedgerSnapshot(records);
  const today = gameDate('2026-01-15');
  const versionOf = ({ name }: ComputedTable) => `v1 of ${name}`;
  return makeWorld({ tables: registry, calendar, ledger, today, versionOf });
}

function recordOf(unit: string, partition: RecordedPartition): PartitionRecord {
  const [table = '', day = ''] = unit.split(' ');
  const { content, ...hashes } = partition;
  const state = content.size === 0 ? 'empty' : 'done';
  return aRecord(table, gameDate(day), { state, rows: content.size, ...hashes });
}

/**
 * Days whose partition the rows of a team may come from, as the specification words each window.
 * @param has whether a day has a row of the team; `undefined` when any day may have one.
 */
function daysRead(
  rows: readonly ScheduledDate[],
  has: ((day: GameDate) => boolean) | undefined,
  window: Window,
  team: string,
  day: GameDate,
): readonly GameDate[] {
  const year = rows.find((row) => row.date === day)?.seasonYear;
  const earlier = rows.filter((row) => row.seasonYear === year && row.date < day);
  switch (window.kind) {
    case 'undated':
      return [undatedPartition];
    case 'sameDay':
      return [day];
    case 'seasonToDate':
      return earlier.map((row) => row.date);
    case 'lastDays':
      return earlier.map((row) => row.date).filter((one) => one >= addDays(day, -window.days));
    case 'lastGames': {
      const own =
        window.per === 'team'
          ? earlier.filter((row) => row.finalTeams.includes(team))
          : earlier.filter((row) => has?.(row.date) ?? true);
      // A player may have been away for any number of games: whoever asks in general gets all.
      const counted = window.per === 'player' && has === undefined ? own : own.slice(-window.games);
      return counted.map((row) => row.date);
    }
  }
}

function compute(
  rows: readonly ScheduledDate[],
  partitions: Partitions,
  table: ComputedTable,
  day: GameDate,
): Content {
  const content = new Map<string, number>();
  for (const team of teams) {
    let sum = 0;
    let seen = false;
    for (const [index, input] of table.inputs.entries()) {
      const valueOn = (one: GameDate) =>
        partitions.get(unitOf(input.table, one))?.content.get(team);
      for (const window of input.windows) {
        const days = daysRead(rows, (one) => valueOn(one) !== undefined, window, team, day);
        for (const value of days.map(valueOn)) {
          if (value === undefined) continue;
          seen = true;
          sum += (index + 1) * valueSeen(input, value);
        }
      }
    }
    if (seen) content.set(team, sum % 3);
  }
  return content;
}

function valueSeen({ columns }: TableInput, value: number): number {
  if (columns === undefined) return value;
  return columns === 'keys' ? 1 : Math.min(value, 1);
}

function carryOut(
  rows: readonly ScheduledDate[],
  calendar: SeasonCalendar,
  registry: TableRegistry,
  before: Partitions,
  plan: Plan,
): Partitions {
  const partitions = new Map(before);
  for (const name of plan.request.tables) {
    const table = registry.computedTable(name);
    // What a table reads is settled before it is its turn, so that one look is enough.
    const world = worldOf(calendar, registry, partitions);
    for (const unit of plan.units) {
      if (unit.table !== name || unit.action !== 'run') continue;
      if (findBlock(world, plan.request, table, unit.date, undefined, new Map())) continue;
      const key = unitOf(name, unit.date);
      const fingerprint = world.fingerprinter.fingerprint(table, unit.date, '{}');
      if (partitions.get(key)?.fingerprint === fingerprint) continue;
      partitions.set(key, partitionOf(compute(rows, partitions, table, unit.date), fingerprint));
    }
  }
  return partitions;
}
