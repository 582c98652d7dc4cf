/** Replaces what differs from one run or machine to the next: paths, ids, times, hashes. */
export function normalise(text: string, paths: readonly string[]): string {
  return paths
    .reduce((sum, path) => sum.replaceAll(path, 'league.duckdb'), text)
    .replaceAll("'league.duckdb'", 'league.duckdb')
    .replace(/\d{8}T\d{6}Z-[0-9a-f]{6}/g, '<run>')
    .replace(/\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z/g, '<time>')
    .replace(/("(?:seconds|expected_seconds)":)[\d.e-]+/g, '$10')
    .replace(/(\d+m )?\d+(\.\d+)? s\b/g, '<s> s')
    .replace(/\d\.\d\.\d\+[0-9a-f]{8}/g, '<code>')
    .replace(/\b[0-9a-f]{16}\b/g, '<hash>')
    .replace(/(":")([0-9a-f]{8}|-)(?=")/g, '$1<hash>')
    .replace(/ +(?=<s> s)/g, '  ')
    .replace(/^units: .*/gm, 'units: …')
    .replace(/ +$/gm, '');
}

/** Without the lines about other tables, so that a new table changes no golden file. */
export function withoutTables(text: string, others: readonly string[]): string {
  const names = new RegExp(`\\b(${others.join('|')})\\b`);
  return text
    .split('\n')
    .flatMap((line) => {
      if (line.startsWith('{')) return jsonWithoutTables(line, others);
      return names.test(line) ? [] : [line];
    })
    .join('\n');
}

/** The same for a JSON line: none if it is about another table, and no other tables in its lists. */
function jsonWithoutTables(line: string, others: readonly string[]): readonly string[] {
  const isOther = (value: { readonly table?: unknown }) =>
    typeof value.table === 'string' && others.includes(value.table);
  const value: {
    readonly table?: unknown;
    readonly downstream?: readonly { readonly table: string }[];
  } = JSON.parse(line);
  if (isOther(value)) return [];
  if (!value.downstream) return [line];
  const downstream = value.downstream.filter((reach) => !isOther(reach));
  return [JSON.stringify({ ...value, downstream })];
}
