import { duckdbDialect as sql } from '../../../sql/duckdb-dialect.ts';

/** What offers call a market that we call otherwise, in lower case and without the `player_` of the-odds-api. */
const otherNames = new Map([['points_rebounds_assists', 'pra']]);

/** SQL of our name of the market that a text names: that of a market we know, or its own in lower case. */
export function marketName(text: string): string {
  const name = `regexp_replace(lower(${text}), '^player_', '')`;
  const cases = [...otherNames].map(
    ([theirs, ours]) => `WHEN ${sql.string(theirs)} THEN ${sql.string(ours)}`,
  );
  return `CASE ${name} ${cases.join(' ')} ELSE ${name} END`;
}
