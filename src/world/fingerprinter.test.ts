import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aRecord } from '../../tests/support/a-record.ts';
import { computedTable } from '../../tests/support/team-tables.ts';
import { addDays, gameDate } from '../calendar/game-date.ts';
import { makeSeasonCalendar, type ScheduledDate } from '../calendar/season-calendar.ts';
import { makeLedgerSnapshot } from '../ledger/ledger-snapshot.ts';
import type { PartitionRecord } from '../ledger/partition-record.ts';
import { projectionId } from '../table/projection.ts';
import type { ComputedTable, TableInput } from '../table/table-definition.ts';
import { lastDays, lastGames, sameDay, seasonToDate, type Window } from '../window/window.ts';
import { makeWindowResolver } from '../window/window-dates.ts';
import { makeFingerprinter } from './fingerprinter.ts';

const teams = ['BOS', 'DEN', 'LAL', 'NYK'] as const;

const season = (seasonYear: number) =>
  fc
    .array(
      fc.record({
        gap: fc.integer({ min: 1, max: 4 }),
        order: fc.shuffledSubarray([...teams], { minLength: 4 }),
        games: fc.integer({ min: 0, max: 2 }),
      }),
      { minLength: 1, maxLength: 14 },
    )
    .map((slates) => {
      let date = gameDate(`${seasonYear}-11-01`);
      return slates.map(({ gap, order, games }): ScheduledDate => {
        date = addDays(date, gap);
        return { date, seasonYear, games: 2, teams: [], finalTeams: order.slice(0, 2 * games) };
      });
    });
/** Two seasons; the start of the second is built in and earlier than what is loaded of it. */
const schedule = fc.tuple(season(2017), season(2023)).map((seasons) => seasons.flat());

const window: fc.Arbitrary<Window> = fc.oneof(
  fc.constantFrom(sameDay, seasonToDate),
  fc.integer({ min: 1, max: 15 }).map(lastDays),
  fc
    .tuple(fc.integer({ min: 1, max: 5 }), fc.constantFrom('team', 'player'))
    .map(([games, per]) => lastGames(games, per)),
);
const windows = fc.array(window, { minLength: 1, maxLength: 3 });

/** Whether a unit for `unit` may read the partition of `day`, as the specification words it. */
function reaches(
  rows: readonly ScheduledDate[],
  { kind, ...rest }: Window,
  unit: ScheduledDate,
  day: ScheduledDate,
): boolean {
  if (kind === 'sameDay') return day.date === unit.date;
  if (day.seasonYear !== unit.seasonYear || day.date >= unit.date) return false;
  if (kind === 'lastDays') return 'days' in rest && day.date >= addDays(unit.date, -rest.days);
  if (kind === 'seasonToDate' || !('games' in rest) || rest.per === 'player') return true;
  return teams.some((team) => {
    const games = rows.filter(
      (row) =>
        row.seasonYear === unit.seasonYear && row.date < unit.date && row.finalTeams.includes(team),
    );
    return games.slice(-rest.games).some((game) => game.date === day.date);
  });
}

const fingerprinterOf = (
  rows: readonly ScheduledDate[],
  hashes: ReadonlyMap<string, string>,
  version = ({ name }: ComputedTable) => `v1 of ${name}`,
) => {
  const calendar = makeSeasonCalendar(rows);
  const records = [...hashes].map(([key, hash]) => {
    const [table = '', date = ''] = key.split(' ');
    return aRecord(table, gameDate(date), { dataHash: hash });
  });
  const ledger = makeLedgerSnapshot(records);
  const resolver = makeWindowResolver(calendar);
  return { ledger, ...makeFingerprinter(calendar, resolver, ledger, version) };
};

describe('a changed partition', () => {
  it('moves the fingerprint of exactly the dates whose windows can reach it', () => {
    fc.assert(
      fc.property(
        schedule,
        windows,
        windows,
        fc.nat(),
        fc.constantFrom('left', 'right'),
        fc.constantFrom('changed', 'added', 'removed'),
        fc.infiniteStream(fc.boolean()),
        (rows, leftWindows, rightWindows, pick, edited, edit, present) => {
          const consumer = computedTable('consumer', 'analytics', [
            { table: 'left', windows: leftWindows, required: true },
            { table: 'right', windows: rightWindows, required: false },
          ]);
          const day = rows[pick % rows.length] as ScheduledDate;
          const key = `${edited} ${day.date}`;
          const before = new Map<string, string>();
          for (const { date } of rows) {
            for (const table of ['left', 'right']) {
              if (present.next().value) before.set(`${table} ${date}`, `hash of ${table} ${date}`);
            }
          }
          if (edit === 'added') before.delete(key);
          else before.set(key, 'first');
          const after = new Map(before);
          if (edit === 'removed') after.delete(key);
          else after.set(key, 'second');

          const [old, edited_] = [fingerprinterOf(rows, before), fingerprinterOf(rows, after)];
          const moved = rows.filter(
            ({ date }) =>
              old.fingerprint(consumer, date, '{}') !== edited_.fingerprint(consumer, date, '{}'),
          );
          const reached = rows.filter((unit) =>
            (edited === 'left' ? leftWindows : rightWindows).some((one) =>
              reaches(rows, one, unit, day),
            ),
          );
          expect(moved.map(({ date }) => date)).toEqual(reached.map(({ date }) => date));
        },
      ),
      { numRuns: 400, seed: 31 },
    );
  });

  it('is noticed when it is recorded after fingerprints were taken, and by its old value again forgotten', () => {
    fc.assert(
      fc.property(schedule, windows, fc.nat(), (rows, reading, pick) => {
        const consumer = computedTable('consumer', 'analytics', [
          { table: 'left', windows: reading, required: true },
        ]);
        const day = rows[pick % rows.length] as ScheduledDate;
        const live = fingerprinterOf(rows, new Map([[`left ${day.date}`, 'first']]));
        const all = () => rows.map(({ date }) => live.fingerprint(consumer, date, '{}'));
        const first = all();
        live.ledger.set(aRecord('left', day.date, { dataHash: 'second' }));
        const fresh = fingerprinterOf(rows, new Map([[`left ${day.date}`, 'second']]));
        expect(all()).toEqual(rows.map(({ date }) => fresh.fingerprint(consumer, date, '{}')));
        live.ledger.set(aRecord('left', day.date, { dataHash: 'first' }));
        expect(all()).toEqual(first);
      }),
      { numRuns: 100, seed: 32 },
    );
  });
});

describe('with everything else equal', () => {
  const rows: readonly ScheduledDate[] = ['2023-11-01', '2023-11-02', '2023-11-04'].map((date) => ({
    date: gameDate(date),
    seasonYear: 2023,
    games: 1,
    teams: [],
    finalTeams: ['BOS', 'NYK'],
  }));
  const hashes = new Map([['left 2023-11-01', 'a']]);
  const inputs = [{ table: 'left', windows: [seasonToDate], required: true }];
  const consumer = computedTable('consumer', 'analytics', inputs);
  const date = gameDate('2023-11-04');
  const value = fingerprinterOf(rows, hashes).fingerprint(consumer, date, '{"min_games":5}');

  it('is 16 hex digits, the same in another instance', () => {
    expect(value).toMatch(/^[0-9a-f]{16}$/);
    expect(fingerprinterOf(rows, hashes).fingerprint(consumer, date, '{"min_games":5}')).toBe(
      value,
    );
  });

  it('moves with the options', () => {
    const print = fingerprinterOf(rows, hashes).fingerprint(consumer, date, '{"min_games":6}');
    expect(print).not.toBe(value);
  });

  it('moves with the definition of the table, not with that of another', () => {
    const version =
      (changed: string) =>
      ({ name }: ComputedTable) =>
        name === changed ? `v2 of ${name}` : `v1 of ${name}`;
    const print = (changed: string) =>
      fingerprinterOf(rows, hashes, version(changed)).fingerprint(
        consumer,
        date,
        '{"min_games":5}',
      );
    expect(print('consumer')).not.toBe(value);
    expect(print('another')).toBe(value);
  });

  it('tells a partition that was written from one that was not, even without a hash', () => {
    const absent = fingerprinterOf(rows, new Map()).fingerprint(consumer, date, '{}');
    const never = fingerprinterOf(rows, new Map());
    never.ledger.set(aRecord('left', gameDate('2023-11-01'), { dataHash: undefined }));
    expect(never.fingerprint(consumer, date, '{}')).toBe(absent);
    const empty = fingerprinterOf(rows, new Map([['left 2023-11-01', 'cfcd208495d565ef']]));
    expect(empty.fingerprint(consumer, date, '{}')).not.toBe(absent);
  });

  it('two partitions that swap their contents are a change', () => {
    const print = (a: string, b: string) =>
      fingerprinterOf(
        rows,
        new Map([
          ['left 2023-11-01', a],
          ['left 2023-11-02', b],
        ]),
      ).fingerprint(consumer, date, '{}');
    expect(print('a', 'b')).not.toBe(print('b', 'a'));
  });

  it('moves when a game date before it enters the schedule', () => {
    const more = [...rows, { ...(rows[0] as ScheduledDate), date: gameDate('2023-11-03') }];
    expect(fingerprinterOf(more, hashes).fingerprint(consumer, date, '{"min_games":5}')).not.toBe(
      value,
    );
  });

  it('throws for a day without games', () => {
    const print = fingerprinterOf(rows, hashes);
    expect(() => print.fingerprint(consumer, gameDate('2023-11-03'), '{}')).toThrow('2023-11-03');
  });
});

describe('an input of which some columns are read', () => {
  const day = gameDate('2023-11-15');
  const input = (columns: TableInput['columns']): TableInput => ({
    table: 'box',
    windows: [sameDay],
    required: true,
    ...(columns && { columns }),
  });
  const fingerprint = (columns: TableInput['columns'], record: Partial<PartitionRecord>) => {
    const calendar = makeSeasonCalendar([
      { date: day, seasonYear: 2023, games: 1, teams: [], finalTeams: [] },
    ]);
    const ledger = makeLedgerSnapshot([aRecord('box', day, { dataHash: 'data', ...record })]);
    const windows = makeWindowResolver(calendar);
    const fingerprinter = makeFingerprinter(calendar, windows, ledger, () => 'v1');
    return fingerprinter.fingerprint(
      computedTable('consumer', 'analytics', [input(columns)]),
      day,
      '{}',
    );
  };
  const projectionHashes = JSON.stringify({
    [projectionId(['points'])]: 'p1',
    [projectionId(['points', 'assists'])]: 'p2',
  });

  it('counts by the hash of these columns, in whatever order they are named', () => {
    const points = fingerprint(['points'], { projectionHashes });
    const both = fingerprint(['points', 'assists'], { projectionHashes });
    expect(points).not.toBe(both);
    expect(fingerprint(['assists', 'points'], { projectionHashes })).toBe(both);
    expect(fingerprint(['points'], { projectionHashes, dataHash: 'other data' })).toBe(points);
    expect(fingerprint(undefined, { projectionHashes })).not.toBe(points);
  });

  it('and by that of everything where the record has none of them', () => {
    for (const record of [{}, { projectionHashes }]) {
      const fouls = fingerprint(['fouls'], record);
      expect(fouls).toBe(fingerprint(undefined, record));
      expect(fingerprint(['fouls'], { ...record, dataHash: 'other data' })).not.toBe(fouls);
    }
  });
});
