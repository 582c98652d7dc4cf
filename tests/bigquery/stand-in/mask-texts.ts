/**
 * The same text with blanks for comments and `_` for what stands in quotes, so that whoever looks for
 * words or semicolons finds those of the SQL alone, at the same places.
 */
export function maskTexts(sql: string): string {
  return sql.replace(
    /'''[\s\S]*?'''|"""[\s\S]*?"""|'(?:[^'\\]|\\[\s\S])*'|"(?:[^"\\]|\\[\s\S])*"|`[^`]*`|--[^\n]*|#[^\n]*|\/\*[\s\S]*?\*\//g,
    (found) => (/^(?:--|#|\/\*)/.test(found) ? ' ' : '_').repeat(found.length),
  );
}
