import { wrapLine } from '../../report/words/wrap-line.ts';
import type { CliContext } from '../cli-context.ts';

/** Below so many columns a line is better read as the terminal breaks it. */
const fewestColumns = 40;

/**
 * Makes of a line for people what suits the place where it appears: between words broken at a terminal's edge, as it
 * is anywhere else. A command stays whole, for it is to be pasted.
 * @param stream where people read.
 */
export function screenLines(
  { invocation, screenWidth, terminalWidth }: CliContext,
  stream: 'stdout' | 'stderr',
): (line: string) => readonly string[] {
  const columns = stream === 'stdout' ? screenWidth : terminalWidth;
  const commands = [`${invocation.command} `, `${invocation.self} `];
  return (line) => {
    const width = columns?.() ?? 0;
    const isWhole = width < fewestColumns || commands.some((command) => line.includes(command));
    return isWhole ? [line] : wrapLine(line, width);
  };
}
