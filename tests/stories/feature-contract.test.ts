import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { backcourt, prepare } from '../support/run-command.ts';
import { tempFolder } from '../support/temp-folder.ts';

const folder = tempFolder('feature-contract');
const stores = ['ml_feature_store', 'ml_feature_store_v2'] as const;

async function promised(table: string) {
  const { stdout } = await prepare(['describe', table, '--json']);
  const objects = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  return objects.filter(({ type }) => type === 'feature');
}

const fits = async (table: string, name: string, text: string) => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return backcourt(['describe', table, '--fits', path]);
};

test.each(stores)('%s tells its features in order, with unit and version', async (table) => {
  const features = await promised(table);
  expect(features.length).toBe(table === 'ml_feature_store' ? 25 : 199);
  expect(features.map(({ position }) => position)).toEqual(features.map((_, index) => index));
  expect(new Set(features.map(({ name }) => name)).size).toBe(features.length);
  expect(new Set(features.map(({ feature_version }) => feature_version)).size).toBe(1);
});

test.each(stores)("a model's list of names is held against %s", async (table) => {
  const names = (await promised(table)).map(({ name }) => String(name));
  const [first = '', second = '', ...others] = names;
  for (const [file, text] of [
    ['list.json', JSON.stringify(names)],
    ['model.json', JSON.stringify({ kind: 'ridge', feature_names: names })],
    ['list.txt', `${names.join('\n')}\n`],
    ['rows.csv', `player,${[...others, second, first].join(',')}\n`],
  ] as const) {
    const { exitCode, lines } = await fits(table, file, text);
    expect([file, exitCode, lines]).toEqual([
      file,
      0,
      [expect.stringMatching(/fits the \d+ features of ml_feature_store/)],
    ]);
  }
  const other = await fits(table, 'order.json', JSON.stringify([second, first, ...others]));
  expect([other.exitCode, other.lines.slice(1)]).toEqual([
    7,
    [
      `  at 0 stands ${second}, and ${first} belongs there`,
      `  at 1 stands ${first}, and ${second} belongs there`,
    ],
  ]);
  const lacking = await fits(
    table,
    'lacking.csv',
    `${[second, ...others].join(',')},feature_version\n${[second, ...others].map(() => '1').join(',')},v0\n`,
  );
  expect([lacking.exitCode, lacking.lines.slice(1)]).toEqual([
    7,
    [`  lacks ${first}`, '  its rows are of version v0'],
  ]);
});

test.each([
  ['player_game_summary', 'list.txt', 'points', /promises no features; these do: ml_feature_store/],
  ['ml_feature_store', 'empty.json', '[]', /names no features/],
  ['ml_feature_store', 'numbers.json', '[1, 2]', /names no features/],
  ['ml_feature_store', 'broken.parquet', 'none', /cannot be read/],
])('%s, %s: %s is a mistake that is explained', async (table, name, text, message) => {
  const { exitCode, stderr } = await fits(table, name, text);
  expect([exitCode, stderr]).toEqual([2, expect.stringMatching(message)]);
});
