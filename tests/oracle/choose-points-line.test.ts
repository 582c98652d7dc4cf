import { describe, expect, test } from 'vitest';
import { choosePointsLine } from './choose-points-line.ts';
import { pointsProp } from './made-up-rows.ts';

describe('the book', () => {
  test.each([
    ['PrizePicks', 24.5, 'Underdog', 25.5, 'PrizePicks', 245],
    ['Underdog', 24.5, 'FanDuel', 25.5, 'FanDuel', 255],
    ['FanDuel', 24.5, 'DraftKings', 25.5, 'DraftKings', 255],
    ['Underdog', 24.5, 'betMGM', 25.5, 'betMGM', 255],
  ])('of %s %d and %s %d is %s', (bookA, lineA, bookB, lineB, source, tenths) => {
    const props = [pointsProp(bookA, lineA), pointsProp(bookB, lineB)];
    expect(choosePointsLine(props)).toEqual({ source, tenths });
    expect(choosePointsLine(props.toReversed())).toEqual({ source, tenths });
  });
});

test.each([
  [[10.5, 11.5, 12.5], 115],
  [[11.5, 10.5], 105],
  [[9, 10.5, 11.5, 12.5], 105],
])('of the lines %j the median, lower of two, is %i tenths', (lines, tenths) => {
  expect(choosePointsLine(lines.map((line) => pointsProp('PrizePicks', line)))?.tenths).toBe(
    tenths,
  );
});

test('the latest capture wins, no capture time is the earliest', () => {
  const props = [
    pointsProp('PrizePicks', 10.5),
    pointsProp('PrizePicks', 12.5, { captured_at: '2025-01-20 12:00:00' }),
    pointsProp('PrizePicks', 11.5, { captured_at: '2025-01-20 18:00:00' }),
  ];
  expect(choosePointsLine(props)?.tenths).toBe(115);
});

test('a line captured after tip-off is ignored, one at tip-off is not', () => {
  const late = pointsProp('DraftKings', 30.5, { captured_at: '2025-01-21 00:30:01' });
  const onTime = pointsProp('DraftKings', 28.5, { captured_at: '2025-01-21 00:30:00' });
  expect(choosePointsLine([late, onTime])?.tenths).toBe(285);
  expect(choosePointsLine([late])).toBeNull();
});

test('other markets are no points lines', () => {
  expect(choosePointsLine([pointsProp('DraftKings', 8.5, { market: 'rebounds' })])).toBeNull();
});
