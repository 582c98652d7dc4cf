import { describe, expect, it } from 'vitest';
import { FIRST_PLAYER_ID, foundLeague, type League, nextSeason } from './league.ts';
import { randomOf } from './random.ts';
import { tradeDeadline } from './trade-deadline.ts';

const SEEDS = [1, 2, 3];
const SEASONS = 25;

function history(seed: number): readonly League[] {
  const leagues = [foundLeague(seed, 2000)];
  while (leagues.length < SEASONS) leagues.push(nextSeason(leagues.at(-1) as League));
  return leagues;
}

describe.each(SEEDS)('league of seed %i', (seed) => {
  const leagues = history(seed);

  it('is the same every time', () => {
    expect(history(seed).at(-1)).toEqual(leagues.at(-1));
  });

  it('has 15 to 17 players per team and nobody twice', () => {
    for (const { rosters } of leagues) {
      for (const roster of rosters) {
        expect(roster.length).toBeGreaterThanOrEqual(15);
        expect(roster.length).toBeLessThanOrEqual(17);
      }
      const ids = rosters.flat().map((player) => player.id);
      expect(new Set(ids).size).toBe(ids.length);
      expect(Math.min(...ids)).toBeGreaterThanOrEqual(FIRST_PLAYER_ID);
    }
  });

  it('always has two players of one name', () => {
    for (const { rosters } of leagues) {
      const names = rosters.flat().map((player) => player.name);
      expect(new Set(names).size).toBeLessThan(names.length);
    }
  });

  it('keeps skill on one scale over many seasons', () => {
    for (const { rosters } of leagues) {
      const skills = rosters.flat().map((player) => player.skill);
      const mean = skills.reduce((sum, skill) => sum + skill, 0) / skills.length;
      expect(Math.abs(mean)).toBeLessThan(0.05);
      expect(Math.max(...skills)).toBeGreaterThan(1.5);
      expect(Math.max(...skills)).toBeLessThanOrEqual(3);
    }
  });

  it('turns over: some leave, some arrive, some change teams, most stay and change a little', () => {
    for (const [index, league] of leagues.slice(1).entries()) {
      const before = teamOfPlayer(leagues[index] as League);
      const after = teamOfPlayer(league);
      const kept = [...after.keys()].filter((id) => before.has(id));
      const moved = kept.filter((id) => before.get(id) !== after.get(id));
      expect(after.size - kept.length).toBeGreaterThan(20);
      expect(kept.length).toBeGreaterThan(300);
      expect(moved.length).toBeGreaterThan(10);
    }
  });

  it('names people with accents, hyphens, apostrophes and suffixes', () => {
    const names = leagues.flatMap(({ rosters }) => rosters.flat().map((player) => player.name));
    for (const kind of [/\p{L}\p{M}/u, /-/, /'/, / Jr\.$/, / III$/]) {
      expect(
        names.some((name) => kind.test(name.normalize('NFKD'))),
        String(kind),
      ).toBe(true);
    }
  });

  it('trades players of similar skill and loses nobody', () => {
    const { rosters } = leagues[0] as League;
    const after = tradeDeadline(rosters, randomOf(seed, 'deadline'));
    const ids = (all: League['rosters']) => all.flat().map((player) => player.id);
    expect(ids(after).toSorted()).toEqual(ids(rosters).toSorted());
    expect(after.map((roster) => roster.length)).toEqual(rosters.map((roster) => roster.length));
    expect(ids(after)).not.toEqual(ids(rosters));
  });
});

function teamOfPlayer({ rosters }: League): ReadonlyMap<number, number> {
  return new Map(
    rosters.flatMap((roster, team) => roster.map((player) => [player.id, team] as const)),
  );
}
