import { expect, it } from 'vitest';
import { queryScripts } from './query-scripts.ts';

const names = () => {
  let count = 0;
  return () => {
    count += 1;
    return `answer_${count}`;
  };
};
const queries = ['SELECT 1 AS n', 'SELECT 2 AS n', 'SELECT 3 AS n'];

it('keeps the rows of each query, and tells them all at the end', () => {
  expect(queryScripts(queries.slice(0, 2), names())).toEqual([
    `CREATE TEMP TABLE answer_1 AS
SELECT 1 AS n;
CREATE TEMP TABLE answer_2 AS
SELECT 2 AS n;
SELECT * FROM answer_1
UNION ALL SELECT * FROM answer_2;`,
  ]);
});

it('sends a query that is alone as it is, and nothing for nothing', () => {
  expect(queryScripts(queries.slice(0, 1), names())).toEqual(['SELECT 1 AS n']);
  expect(queryScripts([], names())).toEqual([]);
});

it('begins another script when one has enough queries', () => {
  const scripts = queryScripts(queries, names(), { mostCharacters: 10_000, mostQueries: 2 });
  expect(scripts).toHaveLength(2);
  expect(scripts[1]).toBe('SELECT 3 AS n');
});

it('begins another script before a text gets too long, with other names', () => {
  const long = Array.from({ length: 7 }, (_, n) => `SELECT ${'1 + '.repeat(500)}${n} AS n`);
  const limits = { mostCharacters: 5000, mostQueries: 24 };
  const scripts = queryScripts(long, names(), limits);
  expect(scripts).toHaveLength(4);
  for (const script of scripts) expect(script.length).toBeLessThanOrEqual(5000);
  const tables = scripts.flatMap((script) =>
    [...script.matchAll(/TABLE (\w+)/g)].map(([, name]) => name),
  );
  expect(new Set(tables).size).toBe(tables.length);
});

it('leaves a query that is too long by itself to be refused there', () => {
  const long = `SELECT '${'x'.repeat(6000)}'`;
  const limits = { mostCharacters: 5000, mostQueries: 24 };
  expect(queryScripts([long, 'SELECT 1'], names(), limits)).toEqual([long, 'SELECT 1']);
});
