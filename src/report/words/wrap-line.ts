/** How far the rest of a line stands behind its beginning. */
const hanging = 4;

/**
 * A line as lines of at most `width` characters, broken between words; the rest is indented. A word that is
 * longer stays whole.
 */
export function wrapLine(line: string, width: number): readonly string[] {
  const indent = ' '.repeat(line.length - line.trimStart().length + hanging);
  const lines: string[] = [];
  let rest = line;
  while (rest.length > width) {
    const first = rest.length - rest.trimStart().length;
    const within = rest.lastIndexOf(' ', width);
    const at = within > first ? within : rest.indexOf(' ', Math.max(first, width));
    if (at === -1) break;
    lines.push(rest.slice(0, at).trimEnd());
    rest = indent + rest.slice(at).trimStart();
  }
  return [...lines, rest];
}
