import { visibleText } from '../../report/words/visible-text.ts';
import type { CliContext } from '../cli-context.ts';

/** Takes the progress line of a terminal away and puts another one there; nothing anywhere else. */
export function rewriteLine(
  { terminalWidth, stderr }: Pick<CliContext, 'terminalWidth' | 'stderr'>,
  line = '',
): void {
  // A line that reaches the edge would be continued in the next one, and stay.
  if (terminalWidth) stderr(eraseLine + line.slice(0, terminalWidth() - 1));
}

/** The sequence that a progress line begins with, which nothing that is read from anywhere may contain. */
const eraseLine = '\r\u001b[K';

/** A context whose streams get nothing from files, names or the ledger that a terminal would obey. */
export function harmlessOutput(context: CliContext): CliContext {
  const harmless = (write: (text: string) => void) => (text: string) => {
    const isProgress = context.terminalWidth !== undefined && text.startsWith(eraseLine);
    write(isProgress ? eraseLine + visibleText(text.slice(eraseLine.length)) : visibleText(text));
  };
  return { ...context, stdout: harmless(context.stdout), stderr: harmless(context.stderr) };
}
