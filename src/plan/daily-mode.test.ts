import { describe, expect, it } from 'vitest';
import { aRecord } from '../../tests/support/a-record.ts';
import { computedTable, loadedTable } from '../../tests/support/team-tables.ts';
import { toldUnit } from '../../tests/support/told-unit.ts';
import { daysFromTo, type GameDate, gameDate } from '../calendar/game-date.ts';
import { makeSeasonCalendar } from '../calendar/season-calendar.ts';
import { type MutableLedgerSnapshot, makeLedgerSnapshot } from '../ledger/ledger-snapshot.ts';
import type { TableInput } from '../table/table-definition.ts';
import { bootstrapDays } from '../table/table-option.ts';
import { makeTableRegistry } from '../table/table-registry.ts';
import { lastDays, sameDay, seasonToDate } from '../window/window.ts';
import { makeWorld } from '../world/make-world.ts';
import type { World } from '../world/world.ts';
import { makePlan } from './make-plan.ts';
import type { PlanRequest } from './plan.ts';
import { widenRequest } from './widen-request.ts';

const reads = (table: string, ...windows: TableInput['windows']): TableInput => ({
  table,
  windows,
  required: true,
});

/** box → summary → (recent, upcoming) → features, as the real tables hang together. */
const tables = makeTableRegistry([
  loadedTable('box'),
  loadedTable('games'),
  computedTable('summary', 'analytics', [reads('box', sameDay)], { known: 'after_the_day' }),
  computedTable('upcoming', 'analytics', [reads('games', sameDay), reads('summary', seasonToDate)]),
  computedTable('venues', 'analytics', [reads('games', sameDay)]),
  computedTable('recent', 'precompute', [reads('summary', lastDays(10))], {
    bootstrap: true,
    options: [bootstrapDays],
    lookback: { days: 10, tables: ['summary'] },
  }),
  computedTable('features', 'precompute', [reads('upcoming', sameDay), reads('recent', sameDay)], {
    bootstrap: true,
    options: [bootstrapDays],
    lookback: { days: 10, tables: ['summary'] },
  }),
]);
const everyTable = tables.computed.map(({ name }) => name);

const season = daysFromTo(gameDate('2023-10-24'), gameDate('2023-11-30'));
const today = gameDate('2023-11-15');
const yesterday = gameDate('2023-11-14');

interface Situation {
  /** Days before which all games are final. */
  readonly finalBefore?: string;
  /** Days with games that are not final although they are earlier. */
  readonly open?: readonly string[];
  readonly listed?: { readonly first: string; readonly last: string } | null;
  /** Days that stand in no schedule file. */
  readonly unlisted?: readonly string[];
  readonly refused?: Readonly<Record<string, string>>;
  /** Summaries that stand; all days before this one unless given. */
  readonly summaries?: (day: GameDate) => boolean;
  readonly failedSummaries?: readonly string[];
}

function worldOf({
  finalBefore = today,
  open = [],
  listed = { first: '2023-10-24', last: '2023-11-30' },
  unlisted = [],
  refused = {},
  summaries = (day) => day < today,
  failedSummaries = [],
}: Situation): World {
  const isFinal = (day: GameDate) => day < finalBefore && !open.includes(day);
  const calendar = makeSeasonCalendar(
    season.map((day) => ({
      date: day,
      seasonYear: 2023,
      games: 2,
      teams: ['BOS', 'DEN', 'LAL', 'NYK'],
      finalTeams: isFinal(day) ? ['BOS', 'DEN', 'LAL', 'NYK'] : [],
    })),
    new Set(),
    new Map(Object.entries(refused).map(([day, text]) => [gameDate(day), text])),
    new Set(),
    new Map(
      listed === null
        ? []
        : [[2023, { first: gameDate(listed.first), last: gameDate(listed.last) }]],
    ),
  );
  const ledger: MutableLedgerSnapshot = makeLedgerSnapshot([]);
  const world = makeWorld({ tables, calendar, ledger, today });
  for (const day of season) {
    ledger.set(aRecord('games', day));
    if (isFinal(day)) ledger.set(aRecord('box', day));
    if (listed !== null && !unlisted.includes(day)) {
      ledger.set(aRecord('schedule_entries', day));
    }
  }
  const summary = tables.computedTable('summary');
  for (const day of season) {
    if (!summaries(day)) continue;
    const fingerprint = world.fingerprinter.fingerprint(summary, day, '{}');
    const failed = failedSummaries.includes(day);
    const failure = { kind: 'check_failed', text: 'doubled key (1)' } as const;
    ledger.set(
      aRecord('summary', day, { fingerprint, ...(failed && { state: 'failed', failure }) }),
    );
  }
  return world;
}

function request(more: Partial<PlanRequest> = {}): PlanRequest {
  return { tables: everyTable, dates: [today], backfillMode: false, options: {}, ...more };
}

function states(world: World, more: Partial<PlanRequest> = {}, skip = false) {
  const plan = makePlan(world, widenRequest(world, request(more), { skipDownstreamTrigger: skip }));
  return Object.fromEntries(
    plan.units.map((unit) => [`${unit.table} ${unit.date.slice(5)}`, unit.state]),
  );
}

function unitOf(world: World, table: string, more: Partial<PlanRequest> = {}) {
  const [unit] = makePlan(world, request({ tables: [table], ...more })).units;
  return unit && toldUnit(unit);
}

describe('the morning of a game day', () => {
  it('computes what was known before the games; the summaries of the day wait', () => {
    expect(states(worldOf({}))).toEqual({
      'summary 11-15': 'not_yet',
      'upcoming 11-15': 'missing',
      'venues 11-15': 'missing',
      'recent 11-15': 'missing',
      'features 11-15': 'missing',
    });
    expect(unitOf(worldOf({}), 'summary')).toMatchObject({
      action: 'skip',
      reason: '2 of 2 games not final yet',
    });
  });

  it('makes up for the summaries of the last week, and only for those that are to be computed', () => {
    const world = worldOf({ summaries: (day) => day < '2023-11-13' });
    const widened = widenRequest(world, request(), { skipDownstreamTrigger: false });
    expect(widened.widened).toEqual({
      tables: everyTable,
      dates: [today],
      added: [
        {
          table: 'summary',
          dates: ['2023-11-13', '2023-11-14'],
          why: 'upstream',
          because: ['upcoming', 'recent', 'features'],
        },
      ],
    });
    expect(states(world)).toMatchObject({
      'summary 11-13': 'missing',
      'summary 11-14': 'missing',
      'recent 11-15': 'missing',
      'features 11-15': 'missing',
    });
  });

  it('history is not made up for: a longer gap blocks', () => {
    const world = worldOf({ summaries: (day) => day < '2023-11-04' });
    const found = states(world);
    expect(found['summary 11-07']).toBeUndefined();
    expect(found['summary 11-08']).toBe('missing');
    expect(found['recent 11-15']).toBe('blocked');
  });

  it('in backfill mode the request stays what it was', () => {
    const world = worldOf({ summaries: (day) => day < '2023-11-13' });
    const asked = request({ backfillMode: true, tables: ['recent'] });
    expect(widenRequest(world, asked, { skipDownstreamTrigger: false })).toBe(asked);
    const stale = request({ select: { kind: 'stale' } });
    expect(widenRequest(world, stale, { skipDownstreamTrigger: false })).toBe(stale);
  });

  it('with the very first game day there is nothing to wait for', () => {
    const world = { ...worldOf({ finalBefore: '2023-10-24' }), today: gameDate('2023-10-24') };
    expect(states(world, { dates: [gameDate('2023-10-24')] })).toMatchObject({
      'summary 10-24': 'not_yet',
      'upcoming 10-24': 'missing',
      'recent 10-24': 'bootstrap',
    });
  });
});

describe('downstream tables of the date', () => {
  it('are those that depend on a table, directly or not, and say on which', () => {
    const world = worldOf({});
    const widened = widenRequest(world, request({ tables: ['recent'] }), {
      skipDownstreamTrigger: false,
    });
    expect(widened.tables).toEqual(['recent', 'features']);
    expect(widened.widened?.added).toEqual([
      { table: 'features', dates: [today], why: 'downstream', because: ['recent'] },
    ]);
    const all = widenRequest(world, request({ tables: ['summary'] }), {
      skipDownstreamTrigger: false,
    });
    expect(all.tables).toEqual(['summary', 'upcoming', 'recent', 'features']);
  });

  it('are left out on demand, the summaries that are read are not', () => {
    const world = worldOf({ summaries: (day) => day < yesterday });
    expect(Object.keys(states(world, { tables: ['recent'] }, true))).toEqual([
      'summary 11-14',
      'recent 11-15',
    ]);
  });
});

describe('summaries of a date', () => {
  it.each([
    ['today', today, 'not_yet', 'skip'],
    ['yesterday: games end after midnight', yesterday, 'not_yet', 'skip'],
    ['the day before: its log is missing', gameDate('2023-11-13'), 'blocked', 'block'],
  ] as const)('%s', (_, day, state, action) => {
    const unit = unitOf(worldOf({ finalBefore: '2023-11-13' }), 'summary', { dates: [day] });
    expect(unit).toMatchObject({ state, action });
  });

  it('are computed once all games are final', () => {
    const world = worldOf({ summaries: (day) => day < yesterday });
    expect(unitOf(world, 'summary', { dates: [yesterday] })).toMatchObject({ state: 'missing' });
  });

  it('in backfill mode, too, wait for games that are not final', () => {
    expect(unitOf(worldOf({}), 'summary', { backfillMode: true })).toMatchObject({
      state: 'not_yet',
    });
  });

  it('a refused log is no reason to wait', () => {
    const world = worldOf({
      open: [yesterday],
      refused: { [yesterday]: 'row 3: makes > attempts' },
    });
    expect(unitOf(world, 'summary', { dates: [yesterday] })).toMatchObject({
      state: 'blocked',
      reason: 'no result for 2023-11-14 (2 of 2 games, refused at ingest: row 3: makes > attempts)',
    });
  });
});

describe('a missing log', () => {
  it('of yesterday blocks what reads it, naming the day', () => {
    const world = worldOf({ finalBefore: yesterday, summaries: (day) => day < yesterday });
    for (const table of ['upcoming', 'venues', 'recent', 'features']) {
      expect(unitOf(world, table), table).toMatchObject({
        state: 'blocked',
        reason: 'no result for 2023-11-14 (2 of 2 games)',
        help: 'backcourt ingest nba-stats <files>',
      });
    }
    expect(states(world)['summary 11-15']).toBe('not_yet');
  });

  it('of any earlier day of the season does too', () => {
    const world = worldOf({ open: ['2023-10-26', '2023-11-02'] });
    expect(unitOf(world, 'recent')?.reason).toBe(
      'no result for 2023-10-26 (2 of 2 games), 2023-11-02 (2 of 2 games)',
    );
  });

  it('names the first five days of many', () => {
    const world = worldOf({ finalBefore: '2023-11-08' });
    expect(unitOf(world, 'recent')?.reason).toMatch(/2023-11-12 \(2 of 2 games\) and 2 more$/);
  });

  it('blocks nothing in backfill mode', () => {
    const world = worldOf({ finalBefore: yesterday, summaries: (day) => day < yesterday });
    expect(unitOf(world, 'upcoming', { backfillMode: true })?.state).toBe('missing');
  });
});

describe('the schedule file', () => {
  it('has to be there', () => {
    for (const table of everyTable) {
      const unit = unitOf(worldOf({ listed: null }), table, { dates: [yesterday] });
      expect(unit, table).toMatchObject({
        state: 'blocked',
        action: 'block',
        help: `backcourt run --backfill --dates ${yesterday}`,
      });
      expect(unit?.reason).toMatch(/^no schedule file for season 2023-24: .* --backfill, /);
    }
  });

  it('has to reach back as far as the longest lookback', () => {
    const of = (first: string) =>
      unitOf(worldOf({ listed: { first, last: '2023-11-30' } }), 'upcoming');
    expect(of('2023-11-05')?.state).toBe('missing');
    expect(of('2023-11-06')).toMatchObject({
      state: 'blocked',
      reason:
        'the schedule files of season 2023-24 list 2023-11-06 to 2023-11-30; daily mode needs 2023-11-05 to 2023-11-15; history is for --backfill',
    });
  });

  it('for a summary has to list its own date alone', () => {
    const late = worldOf({
      listed: { first: '2023-11-14', last: '2023-11-30' },
      summaries: (day) => day < yesterday,
    });
    expect(unitOf(late, 'summary', { dates: [yesterday] })?.state).toBe('missing');
    expect(unitOf(late, 'summary', { dates: [gameDate('2023-11-13')] })?.state).toBe('blocked');
  });

  it('may not have holes', () => {
    const unit = unitOf(worldOf({ unlisted: ['2023-11-09'] }), 'recent');
    expect(unit?.reason).toBe('no schedule file lists 2023-11-09; history is for --backfill');
  });

  it('is what helps where no loaded day reaches', () => {
    const unit = unitOf(worldOf({}), 'recent', { dates: [gameDate('2023-12-01')] });
    expect(unit).toMatchObject({
      state: 'not_loaded',
      help: 'backcourt ingest schedule <file>',
    });
    expect(unit?.reason).toContain('daily mode needs a schedule file that reaches it');
  });

  it('is not asked for in the bootstrap period, nor in backfill mode', () => {
    const without = worldOf({ listed: null });
    expect(unitOf(without, 'recent', { dates: [gameDate('2023-10-25')] })?.state).toBe('bootstrap');
    expect(unitOf(without, 'recent', { backfillMode: true })?.state).toBe('missing');
  });
});

it('a summary of the last days that failed blocks what reads it, if it is not worked again', () => {
  const world = worldOf({ failedSummaries: [yesterday] });
  expect(unitOf(world, 'upcoming')).toMatchObject({
    state: 'blocked',
    reason: 'summary failed for 2023-11-14: doubled key (1)',
    help: 'backcourt run --tables summary --dates 2023-11-14',
    cause: { table: 'summary', date: yesterday },
  });
  expect(states(world)).toMatchObject({ 'summary 11-14': 'failed', 'upcoming 11-15': 'missing' });
});
