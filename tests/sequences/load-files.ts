import { datesOf, some } from './calendar.ts';
import type { Load } from './operation.ts';
import { command, note, type Scene } from './scene.ts';
import type { Sources } from './source-desk.ts';

/** Writes the files of a load. @param hand the dates that this is about. */
export async function write(
  scene: Scene,
  sources: Sources,
  { dates, at: position, content, halves }: Load,
  hand: readonly string[],
): Promise<readonly string[]> {
  const { desk } = scene;
  const all = datesOf(await desk.games(sources));
  const chosen = {
    all,
    'those at hand': hand.length > 0 ? hand : some(all, position, 1),
    'from one on': all.slice(position % all.length),
  }[dates];
  if (!halves || chosen.length < 2) return desk.write(sources, { dates: chosen, content });
  const middle = chosen.length >> 1;
  const later = await desk.write(sources, { dates: chosen.slice(middle), content });
  return [...later, ...(await desk.write(sources, { dates: chosen.slice(0, middle), content }))];
}

export function ingestLine(scene: Scene, paths: readonly string[], { allowShrink }: Load) {
  return [
    ...['ingest', 'simulated', ...paths],
    ...(allowShrink ? ['--allow-shrink'] : []),
    ...['--warehouse', scene.warehouse],
  ];
}

export async function load(
  scene: Scene,
  sources: Sources,
  form: Load,
  hand: readonly string[],
): Promise<void> {
  const paths = await write(scene, sources, form, hand);
  if (paths.length === 0) return note(scene, '(no such rows)');
  await command(scene, ingestLine(scene, paths, form));
}
