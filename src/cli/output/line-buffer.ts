/** Collects lines and hands them on in large pieces: thousands of small writes are slow. */
export function lineBuffer(write: (text: string) => void): {
  readonly print: (line: string) => void;
  readonly flush: () => void;
} {
  let pending: string[] = [];
  const flush = () => {
    if (pending.length === 0) return;
    const text = `${pending.join('\n')}\n`;
    pending = [];
    write(text);
  };
  return { print: (line) => void pending.push(line), flush };
}
