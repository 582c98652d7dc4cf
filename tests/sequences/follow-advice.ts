import { mergeRemedies, type Remedy } from '../../src/plan/remedy.ts';
import { commandText } from '../../src/report/words/command-text.ts';
import { type Answer, command, type Scene, tail } from './scene.ts';

/** How often all lines are gone through before nothing will come of it any more. */
const mostPasses = 3;
const mostCommands = 8;

/** What `<files>` of a printed command stands for, by source. */
export type FinalFiles = Readonly<Record<string, readonly string[]>>;

/**
 * Goes through some command lines until each ends in 0, and does in between what they print that
 * one should do. @throws when they are silent, or come to no end.
 */
export async function followAdvice(
  scene: Scene,
  lines: readonly (readonly string[])[],
  files: FinalFiles,
): Promise<void> {
  let last: Answer | undefined;
  for (let pass = 0; pass < mostPasses; pass += 1) {
    let isClean = true;
    for (const line of lines) {
      const answer = await command(scene, line);
      if (answer.exitCode === 0) continue;
      isClean = false;
      last = answer;
      for (const advised of adviceOf(scene, answer, files).slice(0, mostCommands)) {
        await command(scene, advised);
      }
    }
    if (isClean) return;
  }
  throw new Error(
    `what is printed leads nowhere: ${last?.args[0]} still ends in ${last?.exitCode}\n${tail(last?.text ?? '')}`,
  );
}

type Printed = Readonly<Record<string, unknown>>;

function adviceOf(
  scene: Scene,
  { args, objects }: Answer,
  files: FinalFiles,
): readonly (readonly string[])[] {
  const advised: (readonly string[])[] = [];
  const allowShrink = (refused: unknown) => {
    const isSaid = JSON.stringify(refused).includes('--allow-shrink');
    if (isSaid && !args.includes('--allow-shrink')) advised.push([...args, '--allow-shrink']);
  };
  for (const object of objects) {
    switch (object['type']) {
      case 'summary': {
        allowShrink(object['blocked']);
        const remedies = listOf(object['blocked']).flatMap(({ remedy }) =>
          remedy ? [remedy as Remedy] : [],
        );
        const retries = object['retry'];
        const commands = [
          ...(Array.isArray(retries) ? retries.map(String) : []),
          ...mergeRemedies(remedies).map(
            (remedy) => `backcourt ${commandText(remedy)} --warehouse ${scene.warehouse}`,
          ),
        ];
        advised.push(...commands.map((text) => wordsOf(text, files)));
        break;
      }
      case 'verify': {
        const { mend } = object;
        if (Array.isArray(mend)) advised.push(...mend.map((text) => wordsOf(String(text), files)));
        break;
      }
      case 'ingest':
        allowShrink(object['refused']);
        if (listOf(object['shrink_refused']).length > 0) allowShrink('--allow-shrink');
        break;
      default:
        break;
    }
  }
  return advised;
}

function listOf(value: unknown): readonly Printed[] {
  return Array.isArray(value) ? value : [];
}

/** A printed command as arguments. */
function wordsOf(text: string, files: FinalFiles): readonly string[] {
  const words = text.replace(/^(npx )?backcourt /, '').split(' ');
  const given = files[words[1] ?? ''] ?? [];
  return words.flatMap((word) => (/^<files?>$/.test(word) ? given : [word]));
}
