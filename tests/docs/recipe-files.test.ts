/** What schedulers and containers are given must go on fitting the product. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { verbList } from '../../src/cli/verb-list.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const recipes = readdirSync(join(root, 'recipes'));
const pages = ['docs/daily.md', 'docs/fetch.md', 'docs/verbs.md'].map(read).join();

test('the page of the morning names each of them', () => {
  expect(recipes.length).toBeGreaterThan(5);
  for (const name of recipes.filter((one) => !one.endsWith('.dockerignore'))) {
    expect(read('docs/daily.md'), name).toContain(`(../recipes/${name})`);
  }
});

test.each(recipes)('%s calls verbs and sets variables that there are', (name) => {
  const text = read(`recipes/${name}`);
  const called = [...text.matchAll(/(?:npx backcourt|args: \[|CMD \[")\s*([a-z]+)/g)].map(
    ([, verb]) => verb,
  );
  for (const verb of called) expect(verbList.map((one) => one.name)).toContain(verb);
  for (const [variable] of text.matchAll(/BACKCOURT_[A-Z_]+/g)) expect(pages).toContain(variable);
});

test('the container file takes what there is, and the Node that the tests run on', () => {
  const text = read('recipes/Dockerfile');
  const { node }: Record<string, string> = JSON.parse(read('package.json')).devDependencies;
  const images = [...text.matchAll(/^FROM node:(\d+)/gm)].map(([, major]) => major);
  expect(images).toEqual([node?.split('.')[0], node?.split('.')[0]]);
  const allowed = read('recipes/Dockerfile.dockerignore').matchAll(/^!(.+)$/gm);
  const names = [...allowed].map(([, name = '']) => name.replace('*', ''));
  for (const name of names) expect(existsSync(join(root, name)), name).toBe(true);
  // What is compiled has to be let in.
  for (const name of JSON.parse(read('tsconfig.build.json')).include) expect(names).toContain(name);
});

test('the container may write where its volume is', () => {
  const text = read('recipes/Dockerfile');
  const [, volume] = /^VOLUME \["(.+)"\]/m.exec(text) ?? [];
  const [, user] = /^USER (.+)$/m.exec(text) ?? [];
  // What is done to the folder of a volume after it was declared is lost.
  const [before = ''] = text.split('VOLUME');
  expect(before).toContain(`chown ${user}:${user} ${volume}`);
});
