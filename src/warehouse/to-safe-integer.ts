/** An integer of a result as a number. @throws when it is beyond 2^53, where a number would be another one. */
export function toSafeInteger(name: string, text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new Error(`column "${name}" holds ${text}, beyond 2^53`);
  return value;
}
