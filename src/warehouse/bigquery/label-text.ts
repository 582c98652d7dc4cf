/** What may stand in a label: lower case, digits, `-` and `_`, at most 63. */
export function labelText(value: string): string {
  return value
    .toLowerCase()
    .replace(/[^a-z0-9_-]/g, '_')
    .slice(0, 63);
}
