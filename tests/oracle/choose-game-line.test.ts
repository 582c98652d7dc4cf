import { describe, expect, test } from 'vitest';
import { chooseGameLine } from './choose-game-line.ts';
import { gameLine, scheduleRow } from './made-up-rows.ts';
import type { GameLineRow } from './raw-rows.ts';

const GAME = scheduleRow({ id: '0022400600', date: '2025-01-20', away: 'TOR', home: 'DET' });
const ON_TIME = '2025-01-20 20:00:00';
const STRICT = { acceptClosingLines: false };
const LENIENT = { acceptClosingLines: true };

function line(values: Partial<GameLineRow>): GameLineRow {
  return gameLine(GAME, { captured_at: ON_TIME, ...values });
}

/** The spread and total in tenths of the line chosen from both orders of the lines. */
function chosen(lines: readonly GameLineRow[], options = STRICT): string {
  const texts = [lines, lines.toReversed()].map((order) => {
    const choice = chooseGameLine(order, GAME, options);
    return choice ? `${choice.spreadTenths} ${choice.totalTenths} ${choice.implausible}` : 'none';
  });
  expect(texts[0]).toBe(texts[1]);
  return texts[0] ?? '';
}

describe('which line', () => {
  test('belongs to the game: same pair of teams, either side at home', () => {
    const swapped = line({ home_team_abbr: 'TOR', away_team_abbr: 'DET', home_spread: 5 });
    expect(chooseGameLine([swapped], GAME, STRICT)?.homeTeam).toBe('TOR');
    expect(chosen([line({ away_team_abbr: 'BOS' })])).toBe('none');
  });

  test('one with a total comes before a later one without', () => {
    const later = line({ total: null, home_spread: -9, captured_at: '2025-01-20 23:00:00' });
    expect(chosen([line({}), later])).toBe('-50 2260 false');
  });

  test('then the latest capture', () => {
    const earlier = line({ home_spread: -9, captured_at: '2025-01-20 19:59:59', event_id: 'a' });
    expect(chosen([line({}), earlier])).toBe('-50 2260 false');
  });

  test('then the earliest tip-off, an unknown one last', () => {
    const earlier = line({ tipoff_at: '2025-01-21 00:00:00', event_id: 'z' });
    const later = line({ tipoff_at: '2025-01-21 00:30:00', home_spread: -9, event_id: 'b' });
    const unknown = line({ tipoff_at: null, home_spread: -8, event_id: 'a' });
    const game = { ...GAME, tipoff_at: '2025-01-21 00:00:00' };
    for (const lines of [
      [earlier, later, unknown],
      [unknown, later, earlier],
    ]) {
      expect(chooseGameLine(lines, game, STRICT)?.spreadTenths).toBe(-50n);
    }
  });

  test('then the smallest event id', () => {
    expect(chosen([line({ event_id: 'b', home_spread: -9 }), line({ event_id: 'a' })])).toBe(
      '-50 2260 false',
    );
  });
});

describe('what was known', () => {
  test.each([
    ['its own tip-off', '2025-01-21 00:30:00', '2025-01-21 03:00:00', '2025-01-21 00:30:00', true],
    ['its own tip-off', '2025-01-21 00:30:00', '2025-01-21 03:00:00', '2025-01-21 00:30:01', false],
    ['the earlier one', '2025-01-21 00:30:00', '2025-01-20 22:00:00', '2025-01-20 22:00:00', true],
    ['the earlier one', '2025-01-21 00:30:00', '2025-01-20 22:00:00', '2025-01-20 22:00:01', false],
    ['the scheduled tip-off', null, '2025-01-20 22:00:00', '2025-01-20 22:00:00', true],
    ['the scheduled tip-off', null, '2025-01-20 22:00:00', '2025-01-20 22:00:01', false],
    ['the beginning of the day', null, null, '2025-01-20 05:00:00', true],
    ['the beginning of the day', null, null, '2025-01-20 05:00:00.5', false],
  ])('ends with %s', (_name, own, scheduled, capturedAt, isKnown) => {
    const game = { ...GAME, tipoff_at: scheduled };
    const lines = [line({ tipoff_at: own, captured_at: capturedAt })];
    expect(chooseGameLine(lines, game, STRICT) !== null).toBe(isKnown);
    expect(chooseGameLine(lines, game, LENIENT) !== null).toBe(isKnown);
  });

  test('a line without capture time is used only where closing lines are accepted', () => {
    const closing = line({ captured_at: null, home_spread: -9, event_id: 'a' });
    expect(chosen([closing])).toBe('none');
    expect(chosen([closing], LENIENT)).toBe('-90 2260 false');
    expect(chosen([closing, line({})], LENIENT)).toBe('-50 2260 false');
  });
});

describe('implausible values', () => {
  test.each([
    [-33.5, 226, 'null 2260 true'],
    [25, 180, '250 1800 false'],
    [-25, 270, '-250 2700 false'],
    [25.5, 226, 'null 2260 true'],
    [-5, 179.5, '-50 null true'],
    [-5, 270.5, '-50 null true'],
    [null, 226, 'null 2260 false'],
    [-5, null, '-50 null false'],
  ])('of spread %s and total %s', (home_spread, total, expected) => {
    expect(chosen([line({ home_spread, total })])).toBe(expected);
  });

  test('are discarded after the choice: no other line takes their place', () => {
    const plausible = line({ captured_at: '2025-01-20 19:00:00', event_id: 'a' });
    expect(chosen([line({ home_spread: -33.5 }), plausible])).toBe('null 2260 true');
  });
});
