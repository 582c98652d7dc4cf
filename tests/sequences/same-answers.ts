import { existsSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { backcourt } from '../support/run-command.ts';
import { answersOf, note, type Scene } from './scene.ts';

const lines = [['status'], ['plan', '--backfill']] as const;

/**
 * Asks twice as somebody who keeps answers, and once as one who keeps none.
 * @throws when they are not told the same.
 */
export async function sameAnswers(scene: Scene): Promise<void> {
  const { warehouse } = scene;
  if (!existsSync(warehouse)) return;
  for (const line of lines) {
    const args = [...line, '--json', '--warehouse', warehouse];
    const answers = answersOf(scene);
    const told = [
      await backcourt(args, { answers }),
      await backcourt(args, { answers }),
      await backcourt(args),
    ];
    if (told.every((answer) => isDeepStrictEqual(answer, told[0]))) continue;
    note(scene, `${line.join(' ')}: an answer was kept that is no longer true`);
    throw new Error(
      told
        .map(({ exitCode, stdout, stderr }) => `${exitCode}\n${stdout}\n${stderr}`)
        .join('\n---\n'),
    );
  }
}
