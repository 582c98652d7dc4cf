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
  const isAbout = (line: string) => names.test(line.startsWith('{') ? subjectOf(line) : line);
  return text
    .split('\n')
    .filter((line) => !isAbout(line))
    .join('\n');
}

/** The table that a JSON line is about. */
function subjectOf(line: string): string {
  const value: { readonly table?: unknown } = JSON.parse(line);
  return typeof value.table === 'string' ? value.table : '';
}
