/**
 * What a terminal obeys instead of showing it: control characters but line feed and tab, and marks that turn
 * the direction of writing round.
 */
const commands = /(?![\n\t])\p{Cc}|\p{Bidi_Control}/gu;

/**
 * A text that can be shown on a terminal whatever is in it: file values, names of columns and files. Each
 * such character becomes its escape of JSON, so that a line of JSON stays the same value.
 */
export function visibleText(text: string): string {
  return text.replace(
    commands,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
