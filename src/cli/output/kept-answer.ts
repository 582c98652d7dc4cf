import { definitionVersion } from '../../table/definition-version.ts';
import { digest } from '../../table/digest.ts';
import type { TableRegistry } from '../../table/table-registry.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';
import { worldTables } from '../../world/run-engine.ts';
import type { CliContext, VerbContext } from '../cli-context.ts';
import { readAnswer, type Spoken, writeAnswer } from './answer-file.ts';

/** What a verb answers from memory as long as nothing that its answer follows from has changed. */
export interface KeptAnswer {
  /** The context of the verb; what it prints is heard. */
  readonly context: VerbContext;
  /** Prints what was printed before. @returns its exit code; `undefined` where something has changed since. */
  readonly known: (warehouse: Warehouse) => Promise<number | undefined>;
  /** Keeps what was printed. To be called only by a verb that has written nothing. @returns the exit code. */
  keep(exitCode: number): number;
}

/** Nothing is known, and nothing kept. */
const nothingKept = (context: VerbContext): KeptAnswer => ({
  context,
  known: async () => undefined,
  keep: (exitCode) => exitCode,
});

/**
 * A plan follows from ledger, schedule, definitions, the day and what was asked: see `plan/`. Where all of them
 * are as they were, it need not be made again. The warehouse tells in some milliseconds whether its part is, by what
 * stands there now and not by the time of a file.
 * @param asked everything that was asked for, as data; `undefined` for what is not to be kept.
 */
export function keptAnswer(
  context: VerbContext,
  tables: TableRegistry,
  asked: object | undefined,
): KeptAnswer {
  const { answers } = context;
  if (!answers || !asked) return nothingKept(context);
  const spoken: Spoken[] = [];
  let question: string | undefined;
  const hear = (stream: Spoken['stream']) => (text: string) => {
    spoken.push({ stream, text });
    context[stream](text);
  };
  return {
    context: { ...context, stdout: hear('stdout'), stderr: hear('stderr') },
    known: async (warehouse) => {
      // Whoever cannot tell what stands there is asked for all of it, and says what is wrong with it.
      const content = await warehouse.contentOf?.(worldTables).catch(() => undefined);
      if (content === undefined) return undefined;
      question = questionText(context, tables, answers.code, asked, content);
      const answer = readAnswer(answers.folder, question);
      for (const { stream, text } of answer?.spoken ?? []) context[stream](text);
      return answer?.exitCode;
    },
    keep: (exitCode) => {
      if (question !== undefined && !context.stop.aborted)
        writeAnswer(answers.folder, { question, exitCode, spoken });
      return exitCode;
    },
  };
}

/** All that an answer follows from; the tables that come with the code follow from it. */
function questionText(
  context: CliContext,
  { computed, broken }: TableRegistry,
  code: string,
  asked: object,
  content: string,
): string {
  const { clock, invocation, isBrief, project } = context;
  const own = computed.filter(({ phase }) => phase === 'own');
  return JSON.stringify({
    code,
    asked,
    content,
    today: clock.today(),
    folder: process.cwd(),
    output: [invocation, isBrief, context.screenWidth?.(), context.terminalWidth?.()],
    project,
    own: [...own.map((table) => [definitionVersion(table), digest(JSON.stringify(table))]), broken],
  });
}
