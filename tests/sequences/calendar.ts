/** Choosing among what there is: positions are taken modulo the number of choices. */
import type { Scene } from './scene.ts';
import type { KnownGame } from './source-desk.ts';

export async function gameDates({ desk }: Scene): Promise<readonly string[]> {
  return datesOf(await desk.games(desk.truth));
}

export function datesOf(games: readonly KnownGame[]): readonly string[] {
  return [...new Set(games.map(({ date }) => date))].sort();
}

export function pick<T>(items: readonly T[], position: number): T {
  const item = items[position % items.length];
  if (item === undefined) throw new Error('nothing to pick from');
  return item;
}

export function some<T>(items: readonly T[], position: number, count: number): readonly T[] {
  const first = position % items.length;
  return items.slice(first, first + count);
}

/** Days of the season of a game, from the first to the last. */
export function daysOfSeason(games: readonly KnownGame[], { id }: KnownGame): readonly string[] {
  const season = datesOf(games.filter((game) => game.id.slice(0, 5) === id.slice(0, 5)));
  const days: string[] = [];
  const last = Date.parse(season.at(-1) ?? '');
  for (let day = Date.parse(season[0] ?? ''); day <= last; day += 86_400_000) {
    days.push(new Date(day).toISOString().slice(0, 10));
  }
  return days;
}

/** Nobody plays twice on a day, also not for two teams. */
export function fits(game: KnownGame, played: readonly KnownGame[]): boolean {
  return played.every(
    ({ home, away, players }) =>
      ![home, away].includes(game.home) &&
      ![home, away].includes(game.away) &&
      ![...players].some((player) => game.players.has(player)),
  );
}

export function dayFor(
  games: readonly KnownGame[],
  game: KnownGame,
  to: 'free day' | 'game day',
  position: number,
): string | undefined {
  const days = daysOfSeason(games, game).filter((day) => {
    const played = games.filter(({ date }) => date === day);
    return to === 'free day' ? played.length === 0 : played.length > 0 && fits(game, played);
  });
  return days.length === 0 ? undefined : pick(days, position);
}
