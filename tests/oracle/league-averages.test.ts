import { expect, test } from 'vitest';
import type { Row } from './canonical-row.ts';
import { leagueAverages } from './league-averages.ts';
import { ANALYSIS_DATE, defenseRow, gameBefore } from './made-up-seasons.ts';
import { TEAM_ABBRS } from './nba-teams.ts';

/** Five games with shot data for each of the first `teams` teams, the newest `daysBefore`. */
function fiveGames(teams: number, daysBefore: number): readonly Row[] {
  return TEAM_ABBRS.slice(0, teams).flatMap((team) =>
    Array.from({ length: 5 }, (_, index) =>
      defenseRow({
        game: gameBefore(daysBefore + index, team),
        team,
        zones: ['6/10', '4/10', '3/10'],
        allowed: 100,
        ratingHundredths: 10_000,
        paceTenths: 1000,
      }),
    ),
  );
}

test.each([
  ['ten teams in 30 days', fiveGames(10, 1), 'last_30_days', 10],
  [
    'nine in 30 days, twelve in the season',
    [...fiveGames(9, 1), ...fiveGames(12, 31)],
    'season_to_date',
    12,
  ],
  ['nine in 30 days and in the season', fiveGames(9, 1), 'default', 0],
  ['ten whose fifth game is 30 days ago', fiveGames(10, 26), 'last_30_days', 10],
  ['ten whose fifth game is 31 days ago', fiveGames(10, 27), 'season_to_date', 10],
])('%s', (_name, rows, source, teams) => {
  expect(leagueAverages(rows, ANALYSIS_DATE)).toMatchObject({ source, teams });
});

test('games without shot data do not qualify a team', () => {
  const rows = fiveGames(10, 1).map((row, index) =>
    index === 0 ? { ...row, has_shot_zones: 'false' } : row,
  );
  expect(leagueAverages(rows, ANALYSIS_DATE).source).toBe('default');
});

test('makes and attempts of qualifying teams are pooled', () => {
  const extra = TEAM_ABBRS.slice(10, 11).map((team) =>
    defenseRow({
      game: gameBefore(1, team),
      team,
      zones: ['100/100', '0/0', '0/0'],
      allowed: 100,
      ratingHundredths: 10_000,
      paceTenths: 1000,
    }),
  );
  expect(leagueAverages([...fiveGames(10, 1), ...extra], ANALYSIS_DATE)).toMatchObject({
    paint: { num: 300n, den: 500n },
    mid_range: { num: 200n, den: 500n },
    three_pt: { num: 150n, den: 500n },
  });
});
