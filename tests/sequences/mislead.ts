import {
  withGameOn,
  withGameTwice,
  withGameUnder,
  withImpossibleRow,
  withoutGame,
  withRowOn,
} from './alter-sources.ts';
import { datesOf, dayFor, daysOfSeason, pick } from './calendar.ts';
import { load } from './load-files.ts';
import type { Load, Mistake } from './operation.ts';
import { pickRow } from './pick-row.ts';
import { note, type Scene } from './scene.ts';
import type { Sources } from './source-desk.ts';

export async function mislead(
  scene: Scene,
  mistake: Mistake,
  position: number,
  form: Load,
): Promise<void> {
  const { desk } = scene;
  const { truth } = desk;
  const games = await desk.games(truth);
  const game = pick(games, position);
  const row = await pickRow(scene, position, 'winner');
  const days = daysOfSeason(games, game);
  const free = dayFor(games, game, 'free day', position) ?? pick(days, position);
  const madeUpId = `${game.id.slice(0, 5)}09${String(position % 1000).padStart(3, '0')}`;
  const wrong: Readonly<
    Record<Mistake, () => { readonly sources: Sources; readonly dates: readonly string[] }>
  > = {
    'game on another date': () => {
      const day = pick(datesOf(games), position >> 1);
      return { sources: withGameOn(truth, game, day), dates: [game.date, day] };
    },
    'game on a free day': () => ({
      sources: withGameOn(truth, game, free),
      dates: [game.date, free],
    }),
    'game under another id': () => ({
      sources: withGameUnder(truth, game, madeUpId),
      dates: [game.date],
    }),
    'game that was never played': () => {
      // No file can say that it never was by leaving it out; one that calls it off does.
      scene.neverPlayed.push({ ...game, id: madeUpId, date: free });
      scene.sources.add('schedule');
      return { sources: withGameTwice(truth, game, madeUpId, free), dates: [game.date, free] };
    },
    'one row on another date': () => {
      const day = position % 2 === 0 ? free : pick(days, position);
      return { sources: withRowOn(truth, row, day), dates: [row.date, day] };
    },
    'impossible row': () => ({ sources: withImpossibleRow(truth, row), dates: [row.date] }),
    'game left out': () => ({ sources: withoutGame(truth, game), dates: [game.date] }),
  };
  const { sources, dates } = wrong[mistake]();
  note(scene, `a wrong file: ${mistake}, ${game.id} of ${game.date}, ${dates.join(' ')}`);
  await load(scene, sources, form, dates);
}
