/** The statements of a script: at semicolons that stand in no text. */
export function splitScript(script: string): readonly string[] {
  const statements: string[] = [];
  let quoted = false;
  let start = 0;
  for (let index = 0; index < script.length; index += 1) {
    const character = script[index];
    if (quoted && character === '\\') index += 1;
    else if (character === "'") quoted = !quoted;
    else if (!quoted && character === ';') {
      statements.push(script.slice(start, index).trim());
      start = index + 1;
    }
  }
  return [...statements, script.slice(start).trim()].filter((statement) => statement !== '');
}
