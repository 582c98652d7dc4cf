import fc from 'fast-check';
import { expect, it } from 'vitest';
import { addDays, gameDate } from '../calendar/game-date.ts';
import { makeSeasonCalendar, type ScheduledDate } from '../calendar/season-calendar.ts';
import { makeTeamsWithGames } from './games-played.ts';

const teams = ['BOS', 'DEN', 'LAL', 'MIA', 'NYK', 'PHX'];
const slates = fc.array(fc.subarray(teams), { minLength: 1, maxLength: 25 });

it('counts the teams with enough final games of the season strictly before the date', () => {
  fc.assert(
    fc.property(slates, slates, fc.integer({ min: 0, max: 12 }), (one, other, games) => {
      const rows = [one, other].flatMap((season, index) =>
        season.map(
          (finalTeams, offset): ScheduledDate => ({
            date: addDays(gameDate(`${2016 + index}-11-01`), 2 * offset),
            seasonYear: 2016 + index,
            games: 3,
            teams: finalTeams,
            finalTeams,
          }),
        ),
      );
      const teamsWithGames = makeTeamsWithGames(makeSeasonCalendar(rows));
      for (const { date, seasonYear } of rows) {
        const played = (team: string) =>
          rows.filter(
            (row) =>
              row.seasonYear === seasonYear && row.date < date && row.finalTeams.includes(team),
          ).length;
        // A team that has not played yet is not known, so nobody is counted as having 0 games.
        const expected = teams.filter((team) => played(team) >= Math.max(1, games)).length;
        expect(teamsWithGames(date, games)).toBe(expected);
      }
    }),
    { numRuns: 100, seed: 53 },
  );
});

it('throws for a day without games', () => {
  const teamsWithGames = makeTeamsWithGames(makeSeasonCalendar([]));
  expect(() => teamsWithGames(gameDate('2023-11-07'), 5)).toThrow('2023-11-07');
});
