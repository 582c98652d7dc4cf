import type { SourceRow } from '../support/game-log.ts';
import { writeCsv } from '../support/write-source.ts';
import { datesOf, dayFor, pick } from './calendar.ts';
import type { Operation } from './operation.ts';
import { command, note, type Scene } from './scene.ts';
import type { KnownGame } from './source-desk.ts';

type WrongSchedule = Extract<Operation, { readonly kind: 'schedule' }>;

export async function loadSchedule(scene: Scene, wrong: WrongSchedule): Promise<void> {
  const { desk } = scene;
  const games = await desk.games(desk.truth);
  const idsAt = (positions: readonly number[]) =>
    new Set(positions.map((position) => pick(games, position).id));
  const calledOff = idsAt(wrong.calledOff);
  const moved = idsAt(wrong.moved);
  const leftOut = idsAt(wrong.leftOut);
  const dates = datesOf(games);
  const from = pick(dates, wrong.from % 4 === 0 ? wrong.from : 0);
  const rows = games
    .filter(({ id, date }) => date >= from && !leftOut.has(id))
    .map((game) => {
      const free = moved.has(game.id) ? dayFor(games, game, 'free day', wrong.from) : undefined;
      const status = calledOff.has(game.id) ? 'postponed' : null;
      return scheduleRow({ ...game, date: free ?? game.date }, status);
    });
  const [first] = games;
  const free = first && dayFor(games, first, 'free day', wrong.from);
  if (wrong.madeUp && first && free !== undefined) {
    rows.push(scheduleRow({ ...first, id: `${first.id.slice(0, 5)}08000`, date: free }, null));
  }
  const path = writeCsv(scene.folder, `schedule-${scene.journal.length}.csv`, rows);
  scene.sources.add('schedule');
  note(scene, `a schedule file, ${JSON.stringify(wrong)}`);
  await command(scene, [
    ...['ingest', 'schedule', path],
    ...(wrong.allowShrink ? ['--allow-shrink'] : []),
    ...['--warehouse', scene.warehouse],
  ]);
}

/** The schedule file that tells the truth, and calls off what never was. @returns its path. */
export async function writeSchedule({ desk, folder, neverPlayed }: Scene): Promise<string> {
  const games = await desk.games(desk.truth);
  const rows = games.map((game) => scheduleRow(game, null));
  const calledOff = neverPlayed.map((game) => scheduleRow(game, 'cancelled'));
  return writeCsv(folder, 'schedule.csv', [...rows, ...calledOff]);
}

function scheduleRow({ id, date, home, away }: KnownGame, status: string | null): SourceRow {
  return {
    nba_game_id: id,
    game_date: date,
    home_team_abbr: home,
    away_team_abbr: away,
    tipoff_at: `${date}T23:30:00Z`,
    status,
    DATA_KIND: 'simulated',
  };
}
