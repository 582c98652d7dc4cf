import { describe, expect, it } from 'vitest';
import { daysBetween } from '../src/calendar/game-date.ts';
import { teams } from '../src/league/teams.ts';
import { regularSeason, type ScheduledGame } from './regular-season.ts';
import { offDaysOf, seasonDatesOf } from './season-dates.ts';

const schedule = (year: number, games: number, seed: number) =>
  regularSeason(seasonDatesOf(year, games), games, seed);

const gamesOf = (games: readonly ScheduledGame[], team: number) =>
  games.filter((game) => game.home === team || game.away === team);

describe.each([
  { year: 2021, perTeam: 82, seed: 1 },
  { year: 2022, perTeam: 82, seed: 2 },
  { year: 2023, perTeam: 82, seed: 3 },
  { year: 2024, perTeam: 82, seed: 1 },
  { year: 1946, perTeam: 82, seed: 4 },
  { year: 2045, perTeam: 82, seed: 5 },
  { year: 2021, perTeam: 20, seed: 6 },
  { year: 2021, perTeam: 2, seed: 7 },
])('schedule of $year, $perTeam games, seed $seed', ({ year, perTeam, seed }) => {
  const games = schedule(year, perTeam, seed);
  const perNight = new Map<string, number>();
  for (const { date } of games) perNight.set(date, (perNight.get(date) ?? 0) + 1);

  it('gives every team its games, half of them at home, never two on a day', () => {
    expect(games.length).toBe((perTeam * teams.length) / 2);
    teams.forEach((team, index) => {
      const own = gamesOf(games, index);
      expect(own.length, team.tricode).toBe(perTeam);
      expect(own.filter((game) => game.home === index).length, team.tricode).toBe(perTeam / 2);
      expect(new Set(own.map((game) => game.date)).size, team.tricode).toBe(perTeam);
    });
    expect(games.every((game) => game.home !== game.away)).toBe(true);
  });

  it('numbers the games in order of date', () => {
    const digits = String(year % 100).padStart(2, '0');
    expect(games.map((game) => game.gameId)).toEqual(
      games.map((_, index) => `002${digits}${String(index + 1).padStart(5, '0')}`),
    );
    const dates = games.map((game) => game.date);
    expect(dates).toEqual(dates.toSorted());
  });

  it('leaves the off days empty and keeps the weeks within what is allowed', () => {
    const offDays = offDaysOf(year);
    expect([...perNight.keys()].filter((date) => offDays.has(date as never))).toEqual([]);
    expect(Math.max(...perNight.values())).toBeLessThanOrEqual(15);
    teams.forEach((team, index) => {
      const dates = gamesOf(games, index).map((game) => game.date);
      dates.forEach((date, place) => {
        const within = (days: number) =>
          dates.slice(0, place + 1).filter((other) => daysBetween(other, date) < days).length;
        expect(within(3), `${team.tricode} ${date}`).toBeLessThanOrEqual(2);
        expect(within(7), `${team.tricode} ${date}`).toBeLessThanOrEqual(5);
        expect(within(14), `${team.tricode} ${date}`).toBeLessThanOrEqual(9);
      });
    });
  });

  it.runIf(perTeam === 82)('rests and fills the nights like the league', () => {
    const rests = teams.flatMap((_, index) => {
      const dates = gamesOf(games, index).map((game) => game.date);
      return dates
        .slice(1)
        .map((date, place) => daysBetween(dates[place] as typeof date, date) - 1);
    });
    const share = (days: number) =>
      rests.filter((rest) => rest === days).length / (2 * games.length);
    expect(share(0)).toBeGreaterThan(0.13);
    expect(share(0)).toBeLessThan(0.19);
    expect(share(1)).toBeGreaterThan(0.58);
    expect(share(1)).toBeLessThan(0.7);
    expect(Math.max(...rests)).toBeLessThanOrEqual(11);
    const sizes = [...perNight.values()];
    expect(perNight.size).toBeGreaterThanOrEqual(160);
    expect(perNight.size).toBeLessThanOrEqual(164);
    expect(sizes.filter((size) => size <= 2).length).toBeGreaterThanOrEqual(2);
    expect(new Set(sizes).size).toBeGreaterThanOrEqual(10);
    expect(sizes.at(-1)).toBeGreaterThanOrEqual(14);
  });

  it.runIf(perTeam === 82)('lets every two teams meet', () => {
    const meetings = new Map<string, number>();
    for (const { home, away } of games) {
      const key = [home, away].toSorted((a, b) => a - b).join('-');
      meetings.set(key, (meetings.get(key) ?? 0) + 1);
    }
    expect(meetings.size).toBe((30 * 29) / 2);
    expect(Math.max(...meetings.values())).toBeLessThanOrEqual(5);
  });
});

it('depends on the seed and the year and nothing else', () => {
  expect(schedule(2023, 20, 1)).toEqual(schedule(2023, 20, 1));
  expect(schedule(2023, 20, 1)).not.toEqual(schedule(2023, 20, 2));
});
