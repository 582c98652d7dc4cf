import { maskTexts } from './mask-texts.ts';

/** The statements of a script without blocks: at semicolons that stand in no text. */
export function splitScript(script: string): readonly string[] {
  const mask = maskTexts(script);
  const statements: string[] = [];
  let start = 0;
  for (let end = mask.indexOf(';'); end >= 0; end = mask.indexOf(';', start)) {
    statements.push(script.slice(start, end).trim());
    start = end + 1;
  }
  return [...statements, script.slice(start).trim()].filter((statement) => statement !== '');
}

/** The parts of a text between commas that stand in no text and no brackets. */
export function splitAtCommas(text: string): readonly string[] {
  const mask = maskTexts(text);
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let index = 0; index < mask.length; index += 1) {
    const character = mask[index] ?? '';
    if ('([{'.includes(character)) depth += 1;
    else if (')]}'.includes(character)) depth -= 1;
    else if (character === ',' && depth === 0) {
      parts.push(text.slice(start, index).trim());
      start = index + 1;
    }
  }
  return [...parts, text.slice(start).trim()];
}
