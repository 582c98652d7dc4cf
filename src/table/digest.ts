import { hash } from 'node:crypto';

/** First 16 hex digits of the SHA-256 of a text. */
export function digest(text: string): string {
  return hash('sha256', text, 'hex').slice(0, 16);
}
