import { playerLookup } from './player-lookup.ts';

/** What Windows-1252 has in the place of the control characters from 0x80 on, in their order. */
const windowsLetters = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';

/** The first byte of a letter of several, and what follows it, each taken for a letter of its own. */
const isMisread = new RegExp(`[\\u00c2-\\u00f4][\\u0080-\\u00bf${windowsLetters}]`);

/**
 * A name as it was before its UTF-8 was taken for Windows-1252 or Latin-1 (`JokiÄ‡` → `Jokić`), before it was turned round
 * (`Jokić, Nikola`), and with one blank between its parts; any other as it is.
 * No such name is UTF-8 when its letters are taken for bytes, unless that is what they were.
 */
export function restoredName(name: string): string {
  return turned(readAgain(name.replace(/[\s\u00a0]+/g, ' ').trim()));
}

/** What is added to a name, as lookups have it. */
export const suffix = '(jr|sr|ii|iii|iv|v)$';

/** Turns `Last, First` and `Last Jr., First` into `First Last`; `First Last, Jr.` stays. */
function turned(name: string): string {
  if (!name.includes(',')) return name;
  const [last = '', first = '', ...more] = name.split(',');
  const isSuffix = new RegExp(`^${suffix}`).test(playerLookup(first));
  return more.length === 0 && playerLookup(first) !== '' && !isSuffix
    ? `${first.trim()} ${last.trim()}`
    : name;
}

function readAgain(name: string): string {
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
