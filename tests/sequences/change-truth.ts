import {
  type PickedRow,
  withAssist,
  withBenchRow,
  withFreeThrow,
  withGameOn,
  withoutRow,
  withoutShot,
  withShotFarther,
} from './alter-sources.ts';
import { dayFor, fits, pick } from './calendar.ts';
import { load } from './load-files.ts';
import type { Correction, Load, Target } from './operation.ts';
import { pickRow } from './pick-row.ts';
import { note, type Scene } from './scene.ts';
import type { Sources } from './source-desk.ts';

export async function correct(
  scene: Scene,
  what: Correction,
  position: number,
  form: Load,
): Promise<void> {
  const { desk } = scene;
  const { truth } = desk;
  const of = {
    assist: 'winner',
    'free throw': 'winner',
    'row gone': 'loser',
    'row added': 'loser',
    shot: 'three',
    'shot gone': 'two',
  } as const;
  const row = await pickRow(scene, position, of[what]);
  const changes = {
    assist: withAssist,
    'free throw': withFreeThrow,
    'row gone': withoutRow,
    'row added': (sources: Sources, like: PickedRow) =>
      withBenchRow(sources, like, desk.changes().split('\n').length),
    shot: withShotFarther,
    'shot gone': withoutShot,
  };
  note(scene, `truth: ${what}, game ${row.game} of ${row.date}, ${row.entry}`);
  await desk.keep(changes[what](truth, row));
  await load(scene, truth, form, [row.date]);
}

export async function move(scene: Scene, position: number, to: Target, form: Load): Promise<void> {
  const { desk, firstDates } = scene;
  const games = await desk.games(desk.truth);
  const strayed = games.filter(({ id, date }) => firstDates.get(id) !== date);
  const game = pick(to === 'first day' && strayed.length > 0 ? strayed : games, position);
  const others = games.filter(({ id }) => id !== game.id);
  const first = firstDates.get(game.id);
  const isFree = fits(
    game,
    others.filter(({ date }) => date === first),
  );
  const day =
    to === 'first day' ? (isFree ? first : undefined) : dayFor(others, game, to, position);
  if (day === undefined || day === game.date) return note(scene, `(no ${to} for ${game.id})`);
  note(scene, `truth: game ${game.id} moves from ${game.date} to ${day}`);
  await desk.keep(withGameOn(desk.truth, game, day));
  await load(scene, desk.truth, form, [game.date, day]);
}
