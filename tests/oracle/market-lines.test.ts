import { expect, test } from 'vitest';
import type { Row } from './canonical-row.ts';
import { pickColumns } from './find-row.ts';
import { pointsProp, rawRows, scheduleRow } from './made-up-rows.ts';
import { marketLineColumns } from './market-lines.ts';
import type { PlayerPropRow } from './raw-rows.ts';

const TODAY = { id: '0022400600', date: '2025-01-20', away: 'BOS', home: 'NYK' };
const CONTEXT: Row = {
  game_date: TODAY.date,
  nba_game_id: TODAY.id,
  season_year: '2024',
  universal_player_id: '1',
  player_lookup: 'player1',
};
const COLUMNS =
  'line line_books line_spread line_over_probability line_move over_streak under_streak';
const NONE = '\\N \\N \\N \\N \\N \\N \\N';

/** @param reached points, rebounds and assists of his games, newest first. */
function told(
  market: string,
  offers: readonly PlayerPropRow[],
  reached: readonly (readonly [number, number, number])[] = [],
  acceptClosingLines = false,
): string {
  const games = reached.map(([points, rebounds, assists], age): Row => {
    const zeros = { three_pt_makes: '0', steals: '0', blocks: '0', turnovers: '0' };
    return {
      ...{ universal_player_id: '1', season_year: '2024', is_active: 'true', ...zeros },
      ...{ game_date: `2025-01-${19 - age}`, nba_game_id: `g${age}`, team_abbr: 'BOS' },
      ...{ points: `${points}`, rebounds: `${rebounds}`, assists: `${assists}` },
    };
  });
  const raw = rawRows({ schedule: [scheduleRow(TODAY)], player_props: offers });
  const columns = COLUMNS.split(' ').map((column) => `${market}_${column}`);
  const row = marketLineColumns(raw, games, CONTEXT, { acceptClosingLines });
  return pickColumns(row, columns.join(' '));
}

const seen = (hour: number) => ({ captured_at: `2025-01-20 ${hour}:00:00` });
const priced = (over_price: number, under_price: number) => ({ over_price, under_price });

const offers = [
  pointsProp('A', 20.5, { ...seen(20), ...priced(1.5, 3) }),
  pointsProp('a', 22.5, { ...seen(23), ...priced(1.8, 2) }),
  pointsProp('B', 21.5, { ...seen(21), ...priced(1.9, 1.9) }),
  pointsProp('C', 23.5, { ...seen(22), over_price: 1.9 }),
];
const late = pointsProp('D', 30.5, { captured_at: '2025-01-21 00:30:01' });
const games = [
  [25, 0, 0],
  [23, 0, 0],
  [20, 0, 0],
  [30, 0, 0],
] as const;

test('the last capture of each book counts, and moves are of books that were seen twice', () => {
  expect(told('points', offers, games)).toBe('22.5 3 2.0 0.5132 2.0 2 0');
  expect(told('rebounds', offers, games)).toBe(NONE);
});

test('what was seen after tip-off, or at no known time, changes nothing', () => {
  expect(told('points', [...offers, late], games)).toBe(told('points', offers, games));
  expect(told('points', [late], games)).toBe(NONE);
  const closing = pointsProp('D', 30.5, priced(2, 2));
  expect(told('points', [...offers, closing], games)).toBe(told('points', offers, games));
  expect(told('points', [closing], games, true)).toBe('30.5 1 0.0 0.5000 \\N 0 4');
  // Of a book that was seen in time as well, it is the earliest, and of no known time to move from.
  const own = pointsProp('B', 30.5);
  expect(told('points', [...offers, own], games, true)).toBe(told('points', offers, games));
});

test('of several lines of a book at once the lower middle one counts, with its own prices', () => {
  const lines = [24.5, 20.5, 22.5, 21.5].map((line, index) =>
    pointsProp('A', line, { ...seen(20), ...priced(1.5 + index, 1.5) }),
  );
  expect(told('points', lines)).toBe('21.5 1 0.0 0.2500 \\N 0 0');
});

test('a game on the line neither counts nor ends a streak, and a market may be a sum', () => {
  const pra = [pointsProp('A', 30, { ...seen(20), market: 'pra' })];
  const sums = [
    [20, 5, 6],
    [10, 10, 10],
    [11, 10, 10],
    [1, 1, 1],
  ] as const;
  expect(told('pra', pra, sums)).toBe('30.0 1 0.0 \\N \\N 2 0');
});

test('half of an odd distance is no move of its own: medians are lines that were offered', () => {
  const moved = [
    pointsProp('A', 20.5, seen(10)),
    pointsProp('A', 19.5, seen(12)),
    pointsProp('B', 21.5, seen(10)),
    pointsProp('B', 21.5, seen(12)),
  ];
  expect(told('points', moved)).toBe('19.5 2 2.0 \\N -1.0 0 0');
});
