import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aRecord } from '../../tests/support/a-record.ts';
import { computedTable, loadedTable } from '../../tests/support/team-tables.ts';
import { toldUnit } from '../../tests/support/told-unit.ts';
import { addDays, daysFromTo, type GameDate, gameDate } from '../calendar/game-date.ts';
import { makeSeasonCalendar } from '../calendar/season-calendar.ts';
import { type MutableLedgerSnapshot, makeLedgerSnapshot } from '../ledger/ledger-snapshot.ts';
import type { PartitionRecord } from '../ledger/partition-record.ts';
import type { ComputedTable } from '../table/table-definition.ts';
import { bootstrapDays, minGames } from '../table/table-option.ts';
import { makeTableRegistry } from '../table/table-registry.ts';
import { unitOptions } from '../table/unit-options.ts';
import { lastDays, lastGames, sameDay, seasonToDate } from '../window/window.ts';
import { makeWorld } from '../world/make-world.ts';
import type { World } from '../world/world.ts';
import { makePlan } from './make-plan.ts';
import type { PlanRequest } from './plan.ts';

/** box → offense → games → zones → cache, as the real tables hang together. */
const tables = makeTableRegistry([
  loadedTable('box'),
  loadedTable('props'),
  computedTable('offense', 'analytics', [{ table: 'box', windows: [sameDay], required: true }]),
  computedTable('games', 'analytics', [
    { table: 'box', windows: [sameDay], required: true },
    { table: 'offense', windows: [sameDay], required: true },
    { table: 'props', windows: [sameDay], required: false },
  ]),
  computedTable(
    'zones',
    'precompute',
    [{ table: 'games', windows: [lastGames(2, 'team'), lastDays(5)], required: true }],
    {
      bootstrap: true,
      lookback: { days: 10, tables: ['games'] },
      options: [bootstrapDays, minGames],
    },
  ),
  computedTable(
    'cache',
    'precompute',
    [
      { table: 'zones', windows: [sameDay], required: true },
      { table: 'games', windows: [seasonToDate], required: true },
    ],
    {
      bootstrap: true,
      lookback: { days: 10, tables: ['games'] },
      options: [bootstrapDays, minGames],
    },
  ),
]);

const off = '2023-11-07';
const gameDates = daysFromTo(gameDate('2023-10-24'), gameDate('2023-11-20')).filter(
  (day) => day !== off,
);
const calendar = makeSeasonCalendar(
  gameDates.map((day) => ({
    date: day,
    seasonYear: 2023,
    games: 2,
    teams: [],
    finalTeams: ['BOS', 'DEN', 'LAL', 'NYK'],
  })),
  new Set(),
  new Map([[gameDate('2023-10-22'), 'row 3: makes > attempts']]),
  new Set(),
  new Map([[2023, { first: gameDate('2023-10-24'), last: gameDate('2023-11-20') }]]),
);

interface Setting {
  readonly today?: string;
  /** Tables whose definition has changed. */
  readonly redefined?: readonly string[];
}

function worldOf(ledger: MutableLedgerSnapshot, setting: Setting = {}): World {
  return makeWorld({
    tables,
    calendar,
    ledger,
    today: gameDate(setting.today ?? '2026-01-15'),
    versionOf: ({ name }) => (setting.redefined?.includes(name) ? 'v2' : 'v1'),
  });
}

const tableOf = (name: string): ComputedTable => {
  const table = tables.computed.find((candidate) => candidate.name === name);
  if (!table) throw new Error(name);
  return table;
};

/** Records a unit as a run would that has just succeeded. */
function succeed(
  ledger: MutableLedgerSnapshot,
  name: string,
  day: GameDate,
  more: Partial<PartitionRecord> = {},
): void {
  const options = more.options ?? unitOptions(tableOf(name), {}).text;
  const fingerprint = worldOf(ledger).fingerprinter.fingerprint(tableOf(name), day, options);
  ledger.set(aRecord(name, day, { options, fingerprint, ...more }));
}

/** A warehouse in which the named tables are done, but for some units. */
function ledgerWith(
  names: readonly string[],
  except: readonly string[] = [],
): MutableLedgerSnapshot {
  const ledger = makeLedgerSnapshot(gameDates.map((day) => aRecord('schedule_entries', day)));
  for (const name of names) {
    for (const day of gameDates) {
      if (except.includes(`${name} ${day}`)) continue;
      if (name === 'box') ledger.set(aRecord(name, day));
      else if (!tableOf(name).bootstrap || day >= '2023-10-31') succeed(ledger, name, day);
    }
  }
  return ledger;
}

const all = ['box', 'offense', 'games', 'zones', 'cache'];

function planOf(
  ledger: MutableLedgerSnapshot,
  request: Partial<Omit<PlanRequest, 'dates'>> & { readonly dates: readonly string[] },
  setting: Setting = {},
) {
  return makePlan(worldOf(ledger, setting), {
    tables: ['zones'],
    backfillMode: true,
    options: {},
    ...request,
    dates: request.dates.map(gameDate),
  });
}

function unitOf(
  ledger: MutableLedgerSnapshot,
  table: string,
  day: string,
  request: Partial<Omit<PlanRequest, 'dates'>> = {},
  setting: Setting = {},
) {
  const [unit] = planOf(ledger, { tables: [table], dates: [day], ...request }, setting).units;
  if (!unit) throw new Error('no unit');
  return toldUnit(unit);
}

describe('days that are not worked', () => {
  const ledger = ledgerWith(all);

  it.each([
    ['2023-11-07', 'no_games', 'skip', 'no games scheduled'],
    ['2023-10-23', 'no_games', 'skip', 'off-season'],
    ['2023-10-24', 'bootstrap', 'skip', 'bootstrap period'],
    ['2023-10-30', 'bootstrap', 'skip', 'bootstrap period'],
  ])('%s: %s', (day, state, action, reason) => {
    expect(unitOf(ledger, 'zones', day)).toMatchObject({ state, action, reason });
    expect(unitOf(ledger, 'zones', day).help).toBeUndefined();
  });

  it('a day that is not loaded is blocked, with the command that loads it', () => {
    expect(unitOf(ledger, 'zones', '2023-11-21')).toMatchObject({
      state: 'not_loaded',
      action: 'block',
      help: 'backcourt ingest nba-stats <files>',
    });
    const refused = unitOf(ledger, 'zones', '2023-10-22');
    expect(refused).toMatchObject({ state: 'not_loaded', action: 'block' });
    expect(refused.reason).toContain('row 3: makes > attempts');
  });

  it('a scheduled day after today waits, even where rows stand', () => {
    const unit = unitOf(ledger, 'zones', '2023-11-15', {}, { today: '2023-11-14' });
    expect(unit).toMatchObject({ state: 'not_yet', action: 'skip', rows: 4 });
    expect(unitOf(ledger, 'zones', '2023-11-14', {}, { today: '2023-11-14' }).state).toBe('done');
  });

  it('the bootstrap period holds for phase 4 only', () => {
    expect(unitOf(ledger, 'games', '2023-10-24').state).toBe('done');
  });

  it.each([
    [0, '2023-10-25', 'missing'],
    [7, '2023-10-30', 'bootstrap'],
    [7, '2023-10-31', 'missing'],
    [14, '2023-11-06', 'bootstrap'],
    [14, '2023-11-08', 'missing'],
  ])('bootstrap_days %i: %s is %s', (days, day, state) => {
    const unit = unitOf(ledgerWith(['box', 'offense', 'games']), 'zones', day, {
      options: { bootstrap_days: days },
    });
    expect(unit.state).toBe(state);
  });

  it('bootstrap_days 0: the very first date has nothing behind it and is not blocked', () => {
    const unit = unitOf(ledgerWith(['box', 'offense', 'games']), 'zones', '2023-10-24', {
      options: { bootstrap_days: 0 },
    });
    expect(unit).toMatchObject({ state: 'missing', action: 'run' });
    expect(unit.upstream).toEqual({ available: 0, scheduled: 0, lookback: 10, complete: true });
  });
});

describe('days that are there', () => {
  it('done: nothing it may read has changed', () => {
    expect(unitOf(ledgerWith(all), 'zones', '2023-11-15')).toMatchObject({
      state: 'done',
      action: 'skip',
      reason: 'inputs unchanged',
      rows: 4,
    });
  });

  it('empty: with the reason that was recorded', () => {
    const ledger = ledgerWith(all);
    succeed(ledger, 'zones', gameDate('2023-10-31'), {
      state: 'empty',
      rows: 0,
      reason: 'INSUFFICIENT_DATA: all 30 candidates left out',
    });
    expect(unitOf(ledger, 'zones', '2023-10-31')).toMatchObject({
      state: 'empty',
      action: 'skip',
      reason: 'INSUFFICIENT_DATA: all 30 candidates left out',
      rows: 0,
    });
  });

  it('missing: never written', () => {
    const unit = unitOf(ledgerWith(['box', 'offense', 'games']), 'zones', '2023-11-15');
    expect(unit).toMatchObject({ state: 'missing', action: 'run', reason: 'never written' });
    expect(unit.rows).toBeUndefined();
  });

  it('failed: with the text of the failure, and the rows that still stand', () => {
    const ledger = ledgerWith(all);
    const failure = { kind: 'check_failed', text: 'doubled key (1)' } as const;
    succeed(ledger, 'zones', gameDate('2023-11-15'), { state: 'failed', failure, rows: 3 });
    const unit = unitOf(ledger, 'zones', '2023-11-15');
    expect(unit).toMatchObject({ state: 'failed', action: 'run', rows: 3 });
    expect(unit.reason).toContain('doubled key (1)');
  });

  it('failed without ever having been written: no rows to speak of', () => {
    const ledger = ledgerWith(['box', 'offense', 'games']);
    const failure = { kind: 'bug', text: 'x' } as const;
    ledger.set(
      aRecord('zones', gameDate('2023-11-15'), {
        state: 'failed',
        failure,
        rows: 0,
        dataHash: undefined,
      }),
    );
    expect(unitOf(ledger, 'zones', '2023-11-15').rows).toBeUndefined();
  });

  it('stale by an input: exactly the dates that can read it', () => {
    const ledger = ledgerWith(all);
    const changed = gameDate('2023-11-10');
    ledger.set({
      ...(ledger.get('games', changed) as PartitionRecord),
      dataHash: 'corrected',
    });
    const dates = gameDates.filter((day) => day >= '2023-10-31');
    const stale = planOf(ledger, { dates }).units.filter(({ state }) => state === 'stale');
    expect(stale.map(({ date: day }) => day)).toEqual(
      daysFromTo(addDays(changed, 1), addDays(changed, 5)),
    );
    expect(stale.every(({ action, rows }) => action === 'run' && rows === 4)).toBe(true);
  });

  it('stale by an option that changes rows, not by one that does not', () => {
    const ledger = ledgerWith(all);
    const unit = unitOf(ledger, 'zones', '2023-11-15', { options: { min_games: 8 } });
    expect(unit).toMatchObject({ state: 'stale', action: 'run' });
    expect(unit.reason).toContain('{"min_games":5}');
    expect(unit.reason).toContain('{"min_games":8}');
    const same = unitOf(ledger, 'zones', '2023-11-15', {
      options: { min_games: 5, bootstrap_days: 3 },
    });
    expect(same.state).toBe('done');
  });

  it('made with another option: stale for who asks for one or for a restatement, else it keeps its own', () => {
    const ledger = ledgerWith(all);
    succeed(ledger, 'zones', gameDate('2023-11-15'), { options: '{"min_games":8}' });
    const judged = (request: Partial<PlanRequest>) =>
      unitOf(ledger, 'zones', '2023-11-15', request);
    const keeps = "inputs unchanged; it keeps the options it was made with: min_games 8, today's 5";
    expect([judged({}).state, judged({}).reason]).toEqual(['done', keeps]);
    const recorded = judged({ options: 'recorded' });
    expect([recorded.state, recorded.reason]).toEqual(['done', keeps]);
    const same = judged({ options: { min_games: 8 } });
    expect([same.state, same.reason]).toEqual(['done', 'inputs unchanged']);
    expect(judged({ options: { min_games: 6 } }).state).toBe('stale');
    expect(judged({ options: { min_games: 5 } }).state).toBe('stale');
    expect(judged({ restateOptions: true }).state).toBe('stale');
  });

  it('stale by its own definition, not by that of another table', () => {
    const ledger = ledgerWith(all);
    expect(unitOf(ledger, 'zones', '2023-11-15', {}, { redefined: ['zones'] }).state).toBe('stale');
    expect(unitOf(ledger, 'zones', '2023-11-15', {}, { redefined: ['cache'] }).state).toBe('done');
  });
});

describe('inputs of the same date', () => {
  it('an absent computed one blocks, with the command that fills it', () => {
    const unit = unitOf(ledgerWith(['box']), 'games', '2023-11-15');
    expect(unit).toMatchObject({
      state: 'blocked',
      action: 'block',
      reason: 'offense has no partition for 2023-11-15',
      help: 'backcourt run --backfill --tables offense --dates 2023-11-15',
    });
  });

  it('an absent loaded one blocks, with the command that loads it', () => {
    const ledger = ledgerWith(all, ['box 2023-11-15']);
    expect(unitOf(ledger, 'offense', '2023-11-15')).toMatchObject({
      state: 'blocked',
      reason: 'box has no partition for 2023-11-15',
      help: 'backcourt ingest nba-stats <files>',
      rows: 4,
    });
  });

  it('an optional one does not', () => {
    expect(unitOf(ledgerWith(['box', 'offense']), 'games', '2023-11-15').state).toBe('missing');
  });

  it('a failed one blocks, with its failure, even where its old rows stand', () => {
    const ledger = ledgerWith(all);
    const failure = { kind: 'check_failed', text: 'doubled key (1)' } as const;
    succeed(ledger, 'offense', gameDate('2023-11-15'), { state: 'failed', failure });
    const unit = unitOf(ledger, 'games', '2023-11-15');
    expect(unit).toMatchObject({ state: 'blocked', action: 'block', rows: 4 });
    expect(unit.reason).toBe('offense failed for 2023-11-15: doubled key (1)');
  });

  it('an empty one does not block', () => {
    const ledger = ledgerWith(['box', 'offense', 'games', 'zones']);
    succeed(ledger, 'zones', gameDate('2023-10-31'), { state: 'empty', rows: 0 });
    expect(unitOf(ledger, 'cache', '2023-10-31').state).toBe('missing');
  });
});

describe('inputs of earlier dates', () => {
  it('nothing at all this season blocks, also in backfill mode, with the whole command that helps', () => {
    const unit = unitOf(ledgerWith(['box']), 'zones', '2023-11-15');
    expect(unit).toMatchObject({
      state: 'blocked',
      action: 'block',
      reason: 'games has no rows for this season before 2023-11-15',
      help: 'backcourt run --backfill --tables offense,games --start-date 2023-10-24 --end-date 2023-11-14',
    });
    expect(unit.upstream).toEqual({ available: 0, scheduled: 9, lookback: 10, complete: false });
  });

  it('only partitions without rows are as good as nothing', () => {
    const ledger = ledgerWith(['box', 'offense']);
    for (const day of gameDates) succeed(ledger, 'games', day, { state: 'empty', rows: 0 });
    expect(unitOf(ledger, 'zones', '2023-11-15').state).toBe('blocked');
  });

  const gap = ['games 2023-11-10', 'games 2023-11-12'];
  const ledger = ledgerWith(['box', 'offense', 'games'], gap);

  it('a gap is a warning in backfill mode', () => {
    const unit = unitOf(ledger, 'zones', '2023-11-15', { backfillMode: true });
    expect(unit).toMatchObject({ state: 'missing', action: 'run' });
    expect(unit.upstream).toEqual({ available: 7, scheduled: 9, lookback: 10, complete: false });
  });

  it('and blocks in daily mode', () => {
    const unit = unitOf(ledger, 'zones', '2023-11-15', { backfillMode: false });
    expect(unit).toMatchObject({
      state: 'blocked',
      action: 'block',
      reason: 'games has no rows for 2023-11-10, 2023-11-12',
      help: 'backcourt run --tables games --dates 2023-11-10,2023-11-12',
      cause: { table: 'games', date: '2023-11-10' },
    });
  });

  it('older than a week, it blocks in daily mode when the lookback is not complete', () => {
    const older = ['games 2023-11-05', 'games 2023-11-06'];
    const unit = unitOf(ledgerWith(['box', 'offense', 'games'], older), 'zones', '2023-11-15', {
      backfillMode: false,
    });
    expect(unit).toMatchObject({
      state: 'blocked',
      action: 'block',
      reason: 'only 7/10 Phase 3 days available',
      help: 'backcourt run --backfill --tables offense,games --start-date 2023-10-24 --end-date 2023-11-14',
    });
  });

  it('one older date of ten may be missing in daily mode', () => {
    const nearly = ledgerWith(['box', 'offense', 'games'], ['games 2023-11-05']);
    const unit = unitOf(nearly, 'zones', '2023-11-15', { backfillMode: false });
    expect(unit).toMatchObject({ state: 'missing', action: 'run' });
    expect(unit.upstream).toMatchObject({ available: 8, scheduled: 9, complete: true });
  });

  it('blocked units keep the rows that stand', () => {
    const full = ledgerWith(all);
    for (const day of ['2023-11-10', '2023-11-12']) {
      succeed(full, 'games', gameDate(day), { state: 'empty', rows: 0 });
    }
    const unit = unitOf(full, 'zones', '2023-11-15', { backfillMode: false });
    expect(unit).toMatchObject({ state: 'blocked', rows: 4 });
  });
});

describe('units that this plan itself will work', () => {
  const dates = ['2023-11-14', '2023-11-15'];

  it('make what needs them runnable, on the same date and on later ones', () => {
    const ledger = ledgerWith(['box']);
    const plan = planOf(ledger, {
      tables: ['offense', 'games', 'zones', 'cache'],
      dates: gameDates,
    });
    const blocked = plan.units.filter(({ action }) => action === 'block');
    expect(blocked).toEqual([]);
    const unit = plan.units.find(({ table, date: day }) => table === 'zones' && day === dates[1]);
    expect(unit).toMatchObject({
      state: 'missing',
      action: 'run',
      upstream: { available: 9, scheduled: 9, lookback: 10, complete: true },
    });
  });

  it('make what is done stale, naming the first that is recomputed', () => {
    const ledger = ledgerWith(all, ['games 2023-11-13']);
    const units = planOf(ledger, {
      tables: ['games', 'zones', 'cache'],
      dates: ['2023-11-12', '2023-11-13', ...dates],
    }).units;
    const of = (table: string, day: string) =>
      units.find((unit) => unit.table === table && unit.date === day);
    expect(of('games', '2023-11-13')).toMatchObject({ state: 'missing', action: 'run' });
    expect(of('zones', '2023-11-13')).toMatchObject({ state: 'done', action: 'skip' });
    expect(of('zones', '2023-11-14')).toMatchObject({
      state: 'stale',
      action: 'run',
      reason: { kind: 'recomputed_first', table: 'games', date: '2023-11-13' },
    });
    expect(of('cache', '2023-11-14')).toMatchObject({
      state: 'stale',
      reason: { kind: 'recomputed_first', table: 'zones', date: '2023-11-14' },
    });
  });

  it('do not help what comes before them', () => {
    const ledger = ledgerWith(['box']);
    const units = planOf(ledger, { tables: ['offense', 'games', 'zones'], dates }).units;
    const zones = units.filter(({ table }) => table === 'zones');
    expect(zones.map(({ state }) => state)).toEqual(['blocked', 'missing']);
    expect(zones[1]?.upstream).toMatchObject({ available: 1, complete: false });
  });

  it('a blocked unit helps nobody', () => {
    const ledger = ledgerWith(['box'], ['box 2023-11-15']);
    const units = planOf(ledger, { tables: ['offense', 'games'], dates: ['2023-11-15'] }).units;
    expect(units.map(({ state }) => state)).toEqual(['blocked', 'blocked']);
  });
});

describe('the plan as a whole', () => {
  it('has one unit per table and date, in the order of the request', () => {
    const plan = planOf(ledgerWith(all), {
      tables: ['games', 'zones'],
      dates: ['2023-11-07', '2023-11-08'],
    });
    expect(plan.units.map(({ table, date: day }) => `${table} ${day}`)).toEqual([
      'games 2023-11-07',
      'games 2023-11-08',
      'zones 2023-11-07',
      'zones 2023-11-08',
    ]);
  });

  it('throws for a table that is not computed', () => {
    expect(() => planOf(ledgerWith([]), { tables: ['box'], dates: [] })).toThrow('"box"');
    expect(() => planOf(ledgerWith([]), { tables: ['nothing'], dates: [] })).toThrow('"nothing"');
  });

  it('is plain data, equal for equal worlds, and every unit has a state that fits its action', () => {
    const actions: Readonly<Record<string, string>> = {
      done: 'skip',
      empty: 'skip',
      bootstrap: 'skip',
      no_games: 'skip',
      not_yet: 'skip',
      missing: 'run',
      stale: 'run',
      failed: 'run',
      blocked: 'block',
      not_loaded: 'block',
    };
    const damage = fc.array(
      fc.record({
        table: fc.constantFrom('box', 'offense', 'games', 'zones', 'cache'),
        day: fc.constantFrom(...gameDates),
        as: fc.constantFrom('changed', 'failed', 'empty', 'without fingerprint'),
      }),
      { maxLength: 8 },
    );
    const days = fc.subarray([...daysFromTo(gameDate('2023-10-20'), gameDate('2023-11-22'))]);
    fc.assert(
      fc.property(
        damage,
        days,
        fc.boolean(),
        fc.constantFrom('recorded' as const, {}, { min_games: 6 }, { bootstrap_days: 0 }),
        (damages, dates, backfillMode, options) => {
          const make = () => {
            const ledger = ledgerWith(all.slice(0, 4));
            for (const { table, day, as } of damages) {
              const record = ledger.get(table, day) ?? aRecord(table, day);
              const failure = { kind: 'bad_data', text: 'x' } as const;
              ledger.set({
                ...record,
                ...(as === 'changed' && { dataHash: 'changed' }),
                ...(as === 'failed' && { state: 'failed', failure }),
                ...(as === 'empty' && { state: 'empty', rows: 0 }),
                ...(as === 'without fingerprint' && { fingerprint: undefined }),
              });
            }
            const request = { tables: ['offense', 'games', 'zones', 'cache'], dates };
            return planOf(ledger, { ...request, backfillMode, options }, { today: '2023-11-18' });
          };
          const plan = make();
          expect(make()).toEqual(plan);
          expect(JSON.parse(JSON.stringify(plan))).toEqual(plan);
          expect(plan.units).toHaveLength(4 * dates.length);
          for (const { state, action, help, reason } of plan.units.map(toldUnit)) {
            // What is left over from fewer bootstrap days is stale as well.
            if (action === 'remove')
              expect([state, reason]).toEqual(['stale', expect.stringContaining('is removed')]);
            else expect(action).toBe(actions[state]);
            expect(help !== undefined).toBe(action === 'block');
            expect(reason).not.toBe('');
          }
        },
      ),
      { numRuns: 40, seed: 41 },
    );
  });

  it('leaves the ledger as it was', () => {
    const ledger = ledgerWith(all, ['games 2023-11-13']);
    const versions = () => all.map((name) => [ledger.version(name), ledger.of(name).size]);
    const before = versions();
    planOf(ledger, { tables: ['offense', 'games', 'zones', 'cache'], dates: gameDates });
    expect(versions()).toEqual(before);
  });
});
