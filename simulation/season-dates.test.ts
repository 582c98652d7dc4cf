import { expect, it } from 'vitest';
import { offDaysOf, seasonDatesOf, seasonStart, weekdayOf } from './season-dates.ts';

it.each([
  [2021, '2021-10-19', '2022-04-10', '2022-02-10'],
  [2022, '2022-10-18', '2023-04-09', '2023-02-09'],
  [2023, '2023-10-24', '2024-04-14', '2024-02-08'],
  [2024, '2024-10-22', '2025-04-13', '2025-02-06'],
])('%i begins, ends and trades on the real days', (year, start, end, deadline) => {
  const dates = seasonDatesOf(year, 82);
  expect(seasonStart(year)).toBe(start);
  expect([dates.playable[0], dates.playable.at(-1), dates.tradeDeadline]).toEqual([
    start,
    end,
    deadline,
  ]);
});

it('knows the days without games', () => {
  const days = (year: number) => [...offDaysOf(year)].toSorted();
  const february = [
    '2024-02-16',
    '2024-02-17',
    '2024-02-18',
    '2024-02-19',
    '2024-02-20',
    '2024-02-21',
  ];
  expect(days(2023)).toEqual(['2023-11-07', '2023-11-23', '2023-12-24', ...february]);
  expect(days(2024).slice(0, 3)).toEqual(['2024-11-05', '2024-11-28', '2024-12-24']);
});

it('has a season for every year an NBA game id can name', () => {
  for (let year = 1946; year <= 2045; year += 1) {
    const { playable, tradeDeadline } = seasonDatesOf(year, 82);
    const first = playable[0] as string;
    expect(weekdayOf(seasonStart(year)), `weekday of ${first}`).toBe(2);
    expect(first >= `${year}-10-18` && first <= `${year}-10-24`, first).toBe(true);
    expect(playable.length).toBe(164);
    expect(playable.filter((date) => offDaysOf(year).has(date))).toEqual([]);
    expect(tradeDeadline.slice(0, 7)).toBe(`${year + 1}-02`);
    expect(playable.at(-1)?.slice(0, 7)).toBe(`${year + 1}-04`);
  }
});

it('trades before the end of a shortened season too', () => {
  const { playable, tradeDeadline } = seasonDatesOf(2023, 20);
  expect(playable.length).toBe(40);
  expect(tradeDeadline > (playable[20] as string)).toBe(true);
  expect(tradeDeadline < (playable[30] as string)).toBe(true);
});
