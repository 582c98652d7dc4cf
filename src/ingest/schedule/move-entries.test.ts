import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, type GameDate, gameDate } from '../../calendar/game-date.ts';
import { type KnownGames, moveEntries } from './move-entries.ts';

const day = (offset: number) => addDays(gameDate('2023-11-01'), offset);
const games = (dates: Readonly<Record<string, number>>) =>
  new Map(Object.entries(dates).map(([id, offset]) => [id, day(offset)]));
const known = (more: Partial<KnownGames>): KnownGames => ({
  stored: new Map(),
  given: new Map(),
  silent: [],
  calledOff: new Map(),
  played: new Map(),
  ...more,
});

describe('moving entries', () => {
  it('the same file again moves nothing', () => {
    const stored = games({ a: 1, b: 2 });
    expect(moveEntries(known({ stored, given: stored }), false)).toEqual({
      accepted: [day(1), day(2)],
      moved: [],
      shrinkRefused: [],
    });
  });

  it('one refused date refuses the date whose game would have moved there, and so on', () => {
    // c is lost on day 3, so day 3 stays, so b cannot come to it and day 2 stays, and a on day 1.
    const stored = games({ a: 1, b: 2, c: 3, x: 1 });
    const given = games({ x: 1, a: 2, b: 3 });
    const { accepted, moved, shrinkRefused } = moveEntries(known({ stored, given }), false);

    expect(accepted).toEqual([]);
    expect(moved).toEqual([]);
    expect(
      shrinkRefused.map(({ date, storedRows, newRows }) => [date, storedRows, newRows]),
    ).toEqual([
      [day(1), 2, 1],
      [day(2), 1, 1],
      [day(3), 1, 1],
    ]);
    expect(moveEntries(known({ stored, given }), true).moved).toHaveLength(2);
  });

  it('a game that was called off goes; one that has another date as well moves there', () => {
    const stored = games({ a: 1, b: 1, c: 1 });
    const calledOff = games({ a: 1, b: 1 });
    const { moved } = moveEntries(
      known({ stored, given: games({ b: 4, c: 1 }), calledOff }),
      false,
    );

    expect(moved.map(({ nbaGameId, to }) => [nbaGameId, to])).toEqual([
      ['a', undefined],
      ['b', day(4)],
    ]);
  });

  it('called off on another date than the one it stands on says nothing', () => {
    const stored = games({ a: 5 });
    expect(moveEntries(known({ stored, calledOff: games({ a: 1 }) }), false).moved).toEqual([]);
  });

  it('no game is ever lost without leave, and none stands on two dates', () => {
    const dates = fc.dictionary(fc.constantFrom(...'abcdefgh'), fc.integer({ min: 0, max: 4 }));
    fc.assert(
      fc.property(dates, dates, (before, after) => {
        const stored = games(before);
        const given = games(after);
        const { accepted, moved } = moveEntries(known({ stored, given }), false);
        const isAccepted = (date: GameDate | undefined) =>
          date !== undefined && accepted.includes(date);
        const leaves = new Set(moved.map(({ nbaGameId }) => nbaGameId));
        const standing = [
          ...[...stored].filter(([id, date]) => !isAccepted(date) && !leaves.has(id)),
          ...[...given].filter(([, date]) => isAccepted(date)),
        ].map(([id]) => id);

        expect(new Set(standing).size).toBe(standing.length);
        expect([...stored.keys()].filter((id) => !standing.includes(id))).toEqual([]);
      }),
    );
  });
});
