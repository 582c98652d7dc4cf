import { describe, expect, test } from 'vitest';
import { addDays, gameDate } from '../calendar/game-date.ts';
import type { AnswerHead, AnswerNote, DocumentState } from './answers-folder.ts';
import type { DatedKind } from './document.ts';
import { fileState } from './file-grid.ts';
import {
  documentOf,
  documentReason,
  type FetchRequest,
  isDue,
  scheduleReason,
  seasonBefore,
  seasonsOf,
  wantedDocuments,
} from './plan-fetch.ts';
import type { ScheduledGame } from './scheduled-games.ts';

const date = gameDate('2024-01-26');
const plus = (days: number) => addDays(date, days);

function game(id: string, parts: Partial<ScheduledGame> = {}): ScheduledGame {
  return { id, season: 2023, date, gameType: 'regular_season', status: 'final', ...parts };
}

function request(parts: Partial<FetchRequest> = {}): FetchRequest {
  const kinds = ['schedule', 'logs', 'shots'] as const;
  return { kinds, dates: [date], season: undefined, today: plus(1), again: false, ...parts };
}

const kept = (asked_on: string, ...games: string[]): AnswerHead => ({
  ...{ format: 1, url: '', received_at: '', asked_on: gameDate(asked_on), games },
});

const noted = (asked_on: string, outcome: AnswerNote['outcome']): AnswerNote => ({
  ...{
    format: 1,
    asked_at: '',
    asked_on: gameDate(asked_on),
    outcome,
    trouble: { kind: 'no_rows' },
  },
});

const state = (parts: Partial<DocumentState> = {}): DocumentState => ({
  ...{ kept: undefined, note: undefined, ...parts },
});

const [first, second] = [game('0022300600'), game('0022300601')];
const both = [first, second];

function reason(today: string, found: DocumentState, parts: Partial<FetchRequest> = {}) {
  const asked = request({ today: gameDate(today), ...parts });
  return documentReason(asked, documentOf('logs', first), both, found);
}

describe('a document', () => {
  test('that was never asked for is asked for', () => {
    expect(reason(plus(1), state())).toBe('new');
  });

  test('that is whole is asked for once more on each of two days, for corrections', () => {
    const whole = (day: number) => state({ kept: kept(plus(day), first.id, second.id) });
    expect(reason(plus(1), whole(1))).toBeUndefined();
    expect(reason(plus(2), whole(1))).toBe('corrections');
    expect(reason(plus(3), whole(2))).toBe('corrections');
    expect(reason(plus(4), whole(3))).toBeUndefined();
    expect(reason(plus(90), whole(40))).toBeUndefined();
    expect(reason(plus(90), whole(40), { again: true })).toBe('again');
  });

  test('that lacks a game is asked for until a week is over, and then is absent for good', () => {
    const half = (day: number) => state({ kept: kept(plus(day), first.id) });
    expect(reason(plus(1), half(1))).toBe('incomplete');
    expect(reason(plus(30), half(6))).toBe('incomplete');
    expect(reason(plus(30), half(7))).toBeUndefined();
    expect(reason(plus(30), state({ note: noted(plus(20), 'absent') }))).toBeUndefined();
  });

  test('that was refused is asked for whenever somebody asks', () => {
    expect(reason(plus(300), state({ note: noted(plus(299), 'refused') }))).toBe('refused');
  });

  test('of no game that was played is not asked for', () => {
    expect(documentReason(request(), documentOf('logs', first), [], state())).toBeUndefined();
  });
});

test.each<[DatedKind, Partial<ScheduledGame>, number, number, boolean]>([
  ['logs', { status: 'final' }, 1, 1, true],
  ['logs', { status: 'scheduled' }, 0, 1, true],
  ['logs', { status: 'scheduled' }, 1, 1, false],
  ['logs', { status: 'final' }, 0, 0, false],
  ['logs', { status: 'off' }, 0, 9, false],
  ['injuries', { status: 'scheduled' }, 0, 0, true],
  ['injuries', { status: 'scheduled' }, -1, -1, false],
])(
  '%s of a game that is %o by a schedule of day %i, on day %i: due %s',
  (kind, parts, asked, day, due) => {
    expect(isDue(kind, game('0022300600', parts), plus(asked), plus(day))).toBe(due);
  },
);

test('whoever asks about yesterday asks about the week before too, and nobody else does', () => {
  const games = [-8, -7, -1, 0].map((days) => game(`00223006${10 + days}`, { date: plus(days) }));
  const days = (parts: Partial<FetchRequest>) =>
    wantedDocuments(request({ kinds: ['logs'], ...parts }), games).map(({ id }) => id.date);
  expect(days({ today: plus(1) })).toEqual([plus(-1), date]);
  expect(days({ today: plus(9) })).toEqual([date]);
});

test('a day has a document of each kind and type of game, and one report', () => {
  const games = [first, second, game('0052300101', { gameType: 'play_in' })];
  const wanted = wantedDocuments(request({ kinds: ['logs', 'injuries'] }), games);
  expect(wanted.map(({ id, games: own }) => [id.kind, id.gameType, own.length])).toEqual([
    ['logs', 'regular_season', 2],
    ['injuries', undefined, 3],
    ['logs', 'play_in', 1],
  ]);
});

describe('a schedule', () => {
  const open = [game('0022300600', { status: 'scheduled' })];

  test('is asked for once a day while games are to come', () => {
    const coming = [game('0022300600', { date: plus(1), status: 'scheduled' })];
    expect(scheduleReason(request(), state(), [])).toBe('new');
    expect(scheduleReason(request(), state({ kept: kept(date) }), coming)).toBe('corrections');
    expect(scheduleReason(request(), state({ kept: kept(plus(1)) }), coming)).toBeUndefined();
  });

  test('that came before the last game was over is asked for again on the same day', () => {
    expect(scheduleReason(request(), state({ kept: kept(plus(1)) }), open)).toBe('corrections');
  });

  test('that came while the clock was ahead is asked for', () => {
    const coming = [game('0022300600', { date: plus(1), status: 'scheduled' })];
    expect(scheduleReason(request(), state({ kept: kept(plus(900)) }), coming)).toBe('corrections');
  });

  test('of a finished season is not asked for', () => {
    const today = plus(200);
    const asked = (day: number, games: readonly ScheduledGame[]) =>
      scheduleReason(request({ today }), state({ kept: kept(plus(day)) }), games);
    expect(asked(2, both)).toBe('corrections');
    expect(asked(3, both)).toBeUndefined();
    expect(asked(3, [...both, ...open])).toBe('corrections');
  });

  test('that is not among the documents is asked for where there is none', () => {
    const kinds = ['logs'] as const;
    expect(scheduleReason(request({ kinds }), state(), [])).toBe('new');
    expect(scheduleReason(request({ kinds }), state({ kept: kept(date) }), open)).toBeUndefined();
  });
});

test('a day before a season belongs to the one before: 2019-20 ended in October', () => {
  const asked = request({ dates: [gameDate('2020-10-05')] });
  expect(seasonsOf(asked)).toEqual([2020]);
  const opening = [game('0022000001', { season: 2020, date: gameDate('2020-12-22') })];
  expect(seasonBefore(asked, 2020, opening)).toBe(2019);
  expect(seasonBefore(request({ dates: [gameDate('2020-12-22')] }), 2020, opening)).toBeUndefined();
  expect(seasonsOf(request({ dates: [gameDate('2020-09-30')] }))).toEqual([2019]);
});

test.each<[string, Partial<ScheduledGame>, DocumentState, number, string | undefined]>([
  ['its rows are there', {}, state({ kept: kept(plus(1), '0022300600') }), 1, 'fetched'],
  [
    'they are there and the last question failed',
    {},
    state({ kept: kept(plus(1), '0022300600'), note: noted(plus(2), 'refused') }),
    2,
    'fetched',
  ],
  ['its day is not over', { status: 'scheduled' }, state(), 0, 'waiting'],
  ['the schedule does not know its end yet', { status: 'scheduled' }, state(), 2, 'waiting'],
  ['the schedule never says that it is over', { status: 'scheduled' }, state(), 3, 'missing'],
  ['nobody has asked', {}, state(), 1, 'missing'],
  ['the answer has other games', {}, state({ kept: kept(plus(1), '0022300601') }), 1, 'absent'],
  ['the source has nothing', {}, state({ note: noted(plus(1), 'absent') }), 1, 'absent'],
  ['the host refuses', {}, state({ note: noted(plus(1), 'refused') }), 1, 'refused'],
  ['it was postponed', { status: 'off' }, state(), 1, undefined],
])('of a game %s', (_, parts, found, day, expected) => {
  const one = game('0022300600', parts);
  expect(fileState(documentOf('logs', one), one, found, plus(day), plus(day))).toBe(expected);
});
