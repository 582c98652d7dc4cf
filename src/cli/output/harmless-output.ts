import { visibleText } from '../../report/visible-text.ts';
import type { CliContext } from '../cli-context.ts';

/** With it a progress line begins: nothing that is read from anywhere does. */
export const eraseLine = '\r\u001b[K';

/** A context whose streams get nothing from files, names or the ledger that a terminal would obey. */
export function harmlessOutput(context: CliContext): CliContext {
  const harmless = (write: (text: string) => void) => (text: string) => {
    const isProgress = context.progress && text.startsWith(eraseLine);
    write(isProgress ? eraseLine + visibleText(text.slice(eraseLine.length)) : visibleText(text));
  };
  return { ...context, stdout: harmless(context.stdout), stderr: harmless(context.stderr) };
}
