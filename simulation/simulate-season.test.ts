import { describe, expect, it } from 'vitest';
import { addDays, type GameDate } from '../src/calendar/game-date.ts';
import { type BoxLine, pointsOf, sumOf } from './box-line.ts';
import { foundLeague } from './league.ts';
import { seasonDatesOf } from './season-dates.ts';
import { simulateSeason } from './simulate-season.ts';

const SEASONS = [
  { seed: 1, gamesPerTeam: 82 },
  { seed: 2, gamesPerTeam: 20 },
  { seed: 3, gamesPerTeam: 10 },
];
const YEAR = 2023;

describe.each(SEASONS)('season of seed $seed, $gamesPerTeam games', ({ seed, gamesPerTeam }) => {
  const request = { league: foundLeague(seed, YEAR), gamesPerTeam, postseason: true };
  const season = simulateSeason(request);
  const regular = season.games.filter(({ game }) => game.seasonType === 'Regular Season');
  const teamLines = season.games.flatMap((played) =>
    [true, false].map((isHome) => ({
      played,
      isHome,
      lines: played.lines.filter((line) => line.isHome === isHome),
    })),
  );

  it('has only lines that are possible', () => {
    const impossible = season.games.flatMap(({ game, lines }) =>
      lines
        .filter((line) => !isPossible(line))
        .map((line) => [game.gameId, line.player.name, { ...line, player: 0 }]),
    );
    expect(impossible).toEqual([]);
  });

  it('has teams that add up', () => {
    for (const { played, isHome, lines } of teamLines) {
      const { gameId } = played.game;
      const seconds = sumOf(lines, (line) => line.seconds);
      expect((seconds - 14_400) % 1500, gameId).toBe(0);
      expect(seconds, gameId).toBeGreaterThanOrEqual(14_400);
      const margin = (played.homePoints - played.awayPoints) * (isHome ? 1 : -1);
      expect(margin, gameId).not.toBe(0);
      expect(
        sumOf(lines, (line) => line.plusMinus),
        gameId,
      ).toBe(5 * margin);
      expect(sumOf(lines, pointsOf), gameId).toBe(isHome ? played.homePoints : played.awayPoints);
      expect(sumOf(lines, pointsOf), gameId).toBeGreaterThanOrEqual(60);
      expect(sumOf(lines, pointsOf), gameId).toBeLessThanOrEqual(185);
      expect(lines.filter((line) => line.seconds > 0).length, gameId).toBeGreaterThanOrEqual(9);
      expect(lines.length, gameId).toBeLessThanOrEqual(13);
      expect(new Set(lines.map((line) => line.player.id)).size, gameId).toBe(lines.length);
      const made = sumOf(lines, (line) => line.fieldGoals);
      for (const line of lines)
        expect(line.assists, gameId).toBeLessThanOrEqual(made - line.fieldGoals);
      const opponents = played.lines.filter((line) => line.isHome !== isHome);
      const lost = sumOf(opponents, (line) => line.turnovers);
      expect(
        sumOf(lines, (line) => line.steals),
        gameId,
      ).toBeLessThanOrEqual(lost);
    }
  });

  it('has a shot for every attempt', () => {
    for (const { game, lines, shots } of season.games) {
      const events = shots.map((shot) => shot.eventId);
      expect(new Set(events).size, game.gameId).toBe(events.length);
      expect(events, game.gameId).toEqual(events.toSorted((a, b) => a - b));
      const charted = lines.map((line) => {
        const own = shots.filter((shot) => shot.line === line);
        const threes = own.filter((shot) => shot.isThree);
        const made = [own, threes].map((taken) => taken.filter((shot) => shot.made).length);
        return [line.player.name, own.length, threes.length, ...made];
      });
      expect(charted, game.gameId).toEqual(
        lines.map((line) => [
          line.player.name,
          ...[line.fieldGoalAttempts, line.threeAttempts, line.fieldGoals, line.threes],
        ]),
      );
      const clock = shots.map((shot) => shot.period * 1000 - shot.secondsLeft);
      expect(clock, game.gameId).toEqual(clock.toSorted((a, b) => a - b));
    }
  });

  it('moves players at the deadline, and only then', () => {
    const { tradeDeadline } = seasonDatesOf(YEAR, gamesPerTeam);
    const teamsBefore = new Map<number, number>();
    const moved = new Set<number>();
    for (const { game, lines } of season.games) {
      for (const line of lines) {
        const team = line.isHome ? game.home : game.away;
        const before = teamsBefore.get(line.player.id);
        if (before !== undefined && before !== team) {
          expect(game.date > tradeDeadline, `${line.player.name} on ${game.date}`).toBe(true);
          expect(moved.has(line.player.id)).toBe(false);
          moved.add(line.player.id);
        }
        teamsBefore.set(line.player.id, team);
      }
    }
    expect(moved.size).toBeGreaterThan(5);
  });

  it('loses players to injury for a while', () => {
    const regulars = regularsOf(regular.flatMap(({ lines }) => lines));
    const missed = [...regulars.values()].map((games) => gamesPerTeam - games);
    expect(missed.filter((games) => games >= gamesPerTeam / 5).length).toBeGreaterThan(10);
    expect(missed.filter((games) => games <= gamesPerTeam / 10).length).toBeGreaterThan(10);
  });

  it('plays the postseason: play-in, then 16 teams, then one champion', () => {
    const post = season.games.filter(({ game }) => game.seasonType !== 'Regular Season');
    const ids = post.map(({ game }) => game.gameId);
    const end = seasonDatesOf(YEAR, gamesPerTeam).playable.at(-1) as GameDate;
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter((id) => /^005230000[1-6]$/.test(id)).length).toBe(6);
    expect(ids.filter((id) => !/^005230000[1-6]$|^0042300[1-4][0-7][1-7]$/.test(id))).toEqual([]);
    const series = Map.groupBy(
      post.filter(({ game }) => game.seasonType === 'Playoffs'),
      ({ game }) => game.gameId.slice(0, 9),
    );
    expect(series.size).toBe(15);
    for (const [id, games] of series) {
      const needed = gamesPerTeam === 82 || id.startsWith('00423004') ? 4 : 2;
      const winners = games.map((played) =>
        played.homePoints > played.awayPoints ? played.game.home : played.game.away,
      );
      const champion = winners.at(-1);
      expect(winners.filter((winner) => winner === champion).length, id).toBe(needed);
      expect(winners.length, id).toBeLessThan(2 * needed);
      const dates = games.map(({ game }) => game.date);
      expect(new Set(dates).size, id).toBe(dates.length);
    }
    const firstDay = post[0]?.game.date as GameDate;
    expect([firstDay, post.at(-1)?.game.gameId.slice(0, 9)]).toEqual([
      addDays(end, 2),
      '004230040',
    ]);
    const playing = post.flatMap(({ game }) => [
      `${game.home} ${game.date}`,
      `${game.away} ${game.date}`,
    ]);
    expect(new Set(playing).size).toBe(playing.length);
  });

  it.runIf(gamesPerTeam < 82)('is the same every time', () => {
    expect(simulateSeason(request)).toEqual(season);
    const other = simulateSeason({ ...request, league: foundLeague(seed + 100, YEAR) });
    expect(other.games[0]).not.toEqual(season.games[0]);
  });

  it('looks like the NBA', () => {
    const played = teamLines.filter(({ played }) => played.game.seasonType === 'Regular Season');
    const lines = played.flatMap((team) => team.lines);
    const total = (count: (line: BoxLine) => number) => sumOf(lines, count);
    const teamGames = played.length;
    const attempts = total((line) => line.fieldGoalAttempts);
    const freeThrows = total((line) => line.freeThrowAttempts);
    const turnovers = total((line) => line.turnovers);
    const possessions =
      attempts + 0.44 * freeThrows + turnovers - total((line) => line.offensiveRebounds);
    between((possessions * 14_400) / total((line) => line.seconds), 98.5, 102.5);
    between(total(pointsOf) / (2 * (attempts + 0.44 * freeThrows)), 0.56, 0.595);
    between(total(pointsOf) / teamGames, 109, 117);
    between((100 * freeThrows) / attempts, 23.5, 25.5);
    between(turnovers / teamGames, 12.6, 13.8);
    between(total((line) => line.assists) / teamGames, 25, 28.5);
    between(total((line) => line.offensiveRebounds) / teamGames, 9.8, 11.4);
    between(total((line) => line.defensiveRebounds) / teamGames, 31.5, 34.5);
    between(total((line) => line.steals) / teamGames, 7, 8.2);
    between(total((line) => line.blocks) / teamGames, 4.4, 5.8);
    between(total((line) => line.fouls) / teamGames, 17.5, 20);
    const active = lines.filter((line) => line.seconds > 0);
    between(active.filter((line) => pointsOf(line) === 0).length / active.length, 0.08, 0.15);
    between(lines.length / regular.length, 20.5, 22.5);

    const shots = regular.flatMap((game) => game.shots);
    const zones = Map.groupBy(shots, (shot) =>
      shot.isThree ? 'three' : shot.distance <= 8 ? 'paint' : 'midRange',
    );
    const share = (zone: 'three' | 'paint' | 'midRange') => {
      const own = zones.get(zone) ?? [];
      return [
        own.length / shots.length,
        own.filter((shot) => shot.made).length / own.length,
      ] as const;
    };
    const [paint, midRange, three] = [share('paint'), share('midRange'), share('three')];
    between(paint[0], 0.39, 0.46);
    between(midRange[0], 0.15, 0.2);
    between(three[0], 0.36, 0.44);
    between(paint[1], 0.57, 0.61);
    between(midRange[1], 0.4, 0.46);
    between(three[1], 0.345, 0.375);

    const wins = regular.filter((game) => game.homePoints > game.awayPoints).length;
    const overtimes = regular.filter(
      ({ lines: all }) => sumOf(all, (line) => line.seconds) > 28_800,
    );
    // Short seasons have few games, so their bounds are about four deviations wide.
    const slack = 2 / Math.sqrt(regular.length);
    between(wins / regular.length, 0.55 - slack, 0.56 + slack);
    between(overtimes.length / regular.length, 0.05 - slack / 2, 0.05 + slack / 2);
  });
});

const COUNTS = new Set(
  `seconds fieldGoals fieldGoalAttempts threes threeAttempts freeThrows freeThrowAttempts
  offensiveRebounds defensiveRebounds assists turnovers steals blocks fouls`.split(/\s+/),
);

/** TRUE for what a player can have done in a game. */
function isPossible(line: BoxLine): boolean {
  const counts = Object.entries(line).filter(([name]) => COUNTS.has(name));
  return (
    counts.length === COUNTS.size &&
    counts.every(([, count]) => Number.isInteger(count) && count >= 0) &&
    line.fieldGoals <= line.fieldGoalAttempts &&
    line.threes <= line.threeAttempts &&
    line.threes <= line.fieldGoals &&
    line.threeAttempts <= line.fieldGoalAttempts &&
    line.fieldGoals - line.threes <= line.fieldGoalAttempts - line.threeAttempts &&
    line.freeThrows <= line.freeThrowAttempts &&
    line.fouls <= 6 &&
    (line.seconds > 0 || everything(line) === 0)
  );
}

/** Everything a line counts except time: 0 for somebody who never got in. */
function everything(line: BoxLine): number {
  const { fieldGoalAttempts, freeThrowAttempts, offensiveRebounds, defensiveRebounds } = line;
  const { assists, turnovers, steals, blocks, fouls, plusMinus } = line;
  const shots = fieldGoalAttempts + freeThrowAttempts + offensiveRebounds + defensiveRebounds;
  return shots + assists + turnovers + steals + blocks + fouls + Math.abs(plusMinus);
}

/** Games played by those who play 25 minutes and more when they play. */
function regularsOf(lines: readonly BoxLine[]): ReadonlyMap<number, number> {
  const byPlayer = Map.groupBy(lines, (line) => line.player.id);
  return new Map(
    [...byPlayer]
      .filter(([, own]) => sumOf(own, (line) => line.seconds) / own.length >= 25 * 60)
      .map(([id, own]) => [id, own.length]),
  );
}

function between(value: number, low: number, high: number): void {
  expect(value).toBeGreaterThanOrEqual(low);
  expect(value).toBeLessThanOrEqual(high);
}
