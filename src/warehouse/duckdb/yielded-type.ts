const kinds: readonly (readonly [RegExp, string])[] = [
  [/^(BIGINT|INTEGER)$/, 'INT64'],
  [/^DOUBLE$/, 'FLOAT64'],
  [/^DECIMAL\(/, 'NUMERIC'],
  [/^VARCHAR$/, 'STRING'],
  [/^BOOLEAN$/, 'BOOL'],
  [/^DATE$/, 'DATE'],
  [/^TIMESTAMP/, 'TIMESTAMP'],
];

/** What GoogleSQL calls a type of DESCRIBE; a literal is an INTEGER, and cast with its column. */
export function yieldedType(type: string): string {
  if (type.endsWith('[]')) return `ARRAY<${yieldedType(type.slice(0, -2))}>`;
  return kinds.find(([word]) => word.test(type))?.[1] ?? type;
}
