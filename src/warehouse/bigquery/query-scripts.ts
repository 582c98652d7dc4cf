import { mostQueryCharacters } from './settings.ts';

/** A script carries its statements out one after the other: more of them, and scripts beside each other are idle. */
const mostQueries = 24;

/**
 * Queries with the same columns as few jobs: scripts that keep the rows of each query and end by telling them
 * all. A query by itself is no script.
 * @param name a name that no other temporary table of these jobs has.
 */
export function queryScripts(
  queries: readonly string[],
  name: () => string,
  limits = { mostCharacters: mostQueryCharacters, mostQueries },
): readonly string[] {
  const packs: string[][] = [];
  let characters = Number.POSITIVE_INFINITY;
  for (const query of queries) {
    const pack = packs.at(-1);
    const fits = characters + query.length + frameCharacters <= limits.mostCharacters;
    if (pack && fits && pack.length < limits.mostQueries) {
      pack.push(query);
      characters += query.length + frameCharacters;
    } else {
      packs.push([query]);
      characters = query.length + frameCharacters;
    }
  }
  return packs.map((pack) => scriptOf(pack, name));
}

/** A script puts at most so many characters around each of its queries. */
const frameCharacters = 150;

function scriptOf(queries: readonly string[], name: () => string): string {
  const [only] = queries;
  if (only !== undefined && queries.length === 1) return only;
  const named = queries.map((query) => ({ query, table: name() }));
  const kept = named.map(({ query, table }) => `CREATE TEMP TABLE ${table} AS\n${query.trim()};`);
  const told = named.map(({ table }) => `SELECT * FROM ${table}`);
  return `${kept.join('\n')}\n${told.join('\nUNION ALL ')};`;
}
