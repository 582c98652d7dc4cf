import { expect, test } from 'vitest';
import { gameDate } from '../../src/calendar/game-date.ts';
import { duckdbDialect } from '../../src/sql/duckdb-dialect.ts';
import { stagedSelect } from '../../src/table/staged-select.ts';
import { isComputed, loadTables } from '../../src/table/table-registry.ts';

/** A game id names a game, and rows are of a date: the batch of a date must not reach into another one. */
test('no join, group or partition by a game id goes without the date', async () => {
  const { all } = await loadTables();
  const target = {
    date: gameDate('2023-11-15'),
    seasonYear: 2023,
    seasonStart: gameDate('2023-10-24'),
    unbrokenSince: gameDate('2023-10-24'),
  };
  const context = { sql: duckdbDialect, input: (name: string) => name, option: () => '0' };
  const clauses = all.filter(isComputed).flatMap((table) => {
    const checks = (table.checks ?? []).flatMap((check) =>
      check.kind === 'group' ? [check.sql('staged', duckdbDialect)] : [],
    );
    return [stagedSelect(table, context, [target]), ...checks].flatMap((sql) =>
      gameIdClauses(sql).map((clause) => `${table.name}: ${clause}`),
    );
  });
  expect(clauses.length).toBeGreaterThan(20);
  expect(clauses.filter((clause) => !clause.includes('game_date'))).toEqual([]);
});

/** Every condition of a join and every list of a group or partition that names a game id. */
function gameIdClauses(sql: string): readonly string[] {
  // A built-in list of corrections has no dates.
  const end =
    /\b(?:(?:LEFT|INNER|FULL|CROSS)? ?JOIN|WHERE|GROUP BY|HAVING|ORDER BY|WINDOW|UNION|SELECT)\b|\n\)|$/;
  return [...sql.matchAll(/\b(?:ON|USING|GROUP BY|PARTITION BY)\b/g)]
    .map((match) => {
      const rest = sql.slice(match.index + match[0].length);
      return `${match[0]}${rest.slice(0, rest.search(end))}`.replace(/\s+/g, ' ').trim();
    })
    .filter((clause) => /game_id\b/.test(clause) && !/\bcorrection\./.test(clause));
}
