import { copyFileSync, existsSync, rmSync } from 'node:fs';
import { gameDates, pick, some } from './calendar.ts';
import { correct, move } from './change-truth.ts';
import { damageCell } from './damage-cell.ts';
import { ingestLine, load, write } from './load-files.ts';
import { loadSchedule } from './load-schedule.ts';
import { mislead } from './mislead.ts';
import type { Killed, Operation, RunForm } from './operation.ts';
import { command, commandKilled, note, type Scene } from './scene.ts';

/** Does one thing. What makes no sense where it comes is left out, and noted. @throws for what must not be. */
export async function carryOutOperation(scene: Scene, operation: Operation): Promise<void> {
  switch (operation.kind) {
    case 'load':
      return load(scene, scene.desk.truth, operation.load, []);
    case 'correct':
      return correct(scene, operation.what, operation.at, operation.load);
    case 'move':
      return move(scene, operation.game, operation.to, operation.load);
    case 'mislead':
      return mislead(scene, operation.mistake, operation.at, operation.load);
    case 'schedule':
      return loadSchedule(scene, operation);
    case 'run':
      return perform(scene, await runLine(scene, operation.form));
    case 'daily run': {
      const dates = await gameDates(scene);
      return perform(scene, ['run', '--dates', pick(dates, operation.at), ...at(scene)]);
    }
    case 'run --stale':
      return perform(scene, ['run', '--stale', ...at(scene)]);
    case 'retry':
      return perform(scene, ['retry', ...at(scene)]);
    case 'save plan': {
      const [, ...form] = await runLine(scene, operation.form);
      // The file is kept only once, and with --save nothing is overwritten unasked.
      rmSync(scene.plan, { force: true });
      return perform(scene, ['plan', ...form, '--save', scene.plan]);
    }
    case 'run saved plan':
      if (!existsSync(scene.plan)) return note(scene, '(no plan was saved)');
      return perform(scene, ['run', '--plan', scene.plan, ...at(scene)]);
    case 'copy': {
      const { direction, part, allowShrink } = operation;
      const dates = await gameDates(scene);
      const parts = {
        all: [],
        'raw tables': ['--tables', 'player_box,shots,schedule,game_results,schedule_entries'],
        'some dates': ['--dates', some(dates, operation.at, 3).join(',')],
      };
      const shrink = allowShrink ? ['--allow-shrink'] : [];
      return copy(scene, direction, [...parts[part], ...shrink]);
    }
    case 'kill':
      return kill(scene, operation.killed);
    case 'keep a copy':
      if (!existsSync(scene.warehouse)) return note(scene, '(nothing to keep)');
      copyFileSync(scene.warehouse, scene.kept);
      return note(scene, 'cp w.duckdb kept.duckdb');
    case 'restore':
      if (!existsSync(scene.kept)) return note(scene, '(nothing was kept)');
      if (operation.after) await kill(scene, operation.after);
      copyFileSync(scene.kept, scene.warehouse);
      return note(scene, 'cp kept.duckdb w.duckdb');
    case 'damage':
      return damageCell(scene, operation);
  }
}

async function perform(scene: Scene, args: readonly string[]): Promise<void> {
  await command(scene, args);
}

const at = ({ warehouse }: Scene) => ['--warehouse', warehouse];

async function kill(scene: Scene, killed: Killed): Promise<void> {
  switch (killed.verb) {
    case 'ingest': {
      const { desk } = scene;
      const paths = await write(scene, desk.truth, killed.load, []);
      if (paths.length === 0) return note(scene, '(no such rows)');
      return commandKilled(scene, ingestLine(scene, paths, killed.load), killed.order);
    }
    case 'run':
      return commandKilled(scene, await runLine(scene, killed.form), killed.order);
    case 'run --stale':
      return commandKilled(scene, ['run', '--stale', ...at(scene)], killed.order);
    case 'copy': {
      const line = copyLine(scene, killed.direction);
      if (!line) return note(scene, '(nothing to copy)');
      return commandKilled(scene, line, killed.order);
    }
  }
}

async function copy(
  scene: Scene,
  direction: 'out' | 'back',
  more: readonly string[],
): Promise<void> {
  const line = copyLine(scene, direction);
  if (!line) return note(scene, '(nothing to copy)');
  await command(scene, [...line, ...more]);
}

function copyLine(
  { warehouse, other }: Scene,
  direction: 'out' | 'back',
): readonly string[] | undefined {
  const [from, to] = direction === 'out' ? [warehouse, other] : [other, warehouse];
  return existsSync(from) ? ['copy', '--from', from, '--to', to] : undefined;
}

async function runLine(scene: Scene, form: RunForm): Promise<readonly string[]> {
  const { batchDays, options, rewrite, allowShrink } = form;
  const dates = await gameDates(scene);
  const chosen = form.dates === 'all' ? dates : some(dates, form.at, form.span + 1);
  return [
    ...['run', '--backfill', '--dates', chosen.join(',')],
    ...options.flatMap((option) => ['--option', option]),
    ...(batchDays === undefined ? [] : ['--batch-days', String(batchDays)]),
    ...(rewrite ? ['--rewrite'] : []),
    ...(allowShrink ? ['--allow-shrink'] : []),
    ...at(scene),
  ];
}
