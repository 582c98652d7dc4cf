import { hash } from 'node:crypto';

/** First 16 hex digits of the MD5 of a text. */
export function hex16(text: string): string {
  return hash('md5', text, 'hex').slice(0, 16);
}

/** The hash of all hashes of a group, as both engines compute it. */
export function hashOfHashes(hashes: readonly string[]): string {
  const sum = hashes.reduce((total, one) => total + BigInt(`0x${one.slice(0, 15)}`), 0n);
  return hex16(String(sum));
}
