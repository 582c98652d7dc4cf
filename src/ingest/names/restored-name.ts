/** What Windows-1252 has in the place of the control characters from 0x80 on, in their order. */
const windowsLetters = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';

/** The first byte of a letter of several, and what follows it, each taken for a letter of its own. */
const isMisread = new RegExp(`[\\u00c2-\\u00f4][\\u0080-\\u00bf${windowsLetters}]`);

/**
 * A name as it was before its UTF-8 was taken for Windows-1252 or Latin-1 (`JokiÄ‡` → `Jokić`); any other as it is.
 * No such name is UTF-8 when its letters are taken for bytes, unless that is what they were.
 */
export function restoredName(name: string): string {
  if (!isMisread.test(name)) return name;
  const bytes = [...name].map((letter) => {
    const place = windowsLetters.indexOf(letter);
    return place === -1 ? (letter.codePointAt(0) ?? 0) : 0x80 + place;
  });
  if (bytes.some((byte) => byte > 0xff)) return name;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(bytes));
  } catch {
    return name;
  }
}

/** TRUE where a letter was replaced by a sign that no name has, or cannot be restored. */
export function hasLostLetters(name: string): boolean {
  return /[?\ufffd\u0080-\u009f€‚„…†‡ˆ‰‹“”•˜™›¡-©«-´¶-¹»-¿]/.test(name);
}
