import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { apiPages } from '../../scripts/api-pages.ts';

const folder = new URL('../../docs/api/', import.meta.url);
const { pages, undocumented } = apiPages();

test('docs/api is what src/api says today: else run npm run docs', () => {
  expect(readdirSync(folder).sort()).toEqual([...pages.keys()].sort());
  for (const [name, text] of pages) expect(readFileSync(new URL(name, folder), 'utf8')).toBe(text);
});

test('no export is undocumented, and no type of another room shows through', () => {
  expect(undocumented).toEqual([]);
  const all = [...pages.values()].join('\n');
  for (const name of ['openWarehouse', 'readRows', 'playerTable', 'WarehouseError']) {
    expect(all).toContain(`### ${name}\n`);
  }
  expect(all).not.toMatch(/MeasureOf|OfColumn|`__\d|\bany\b.*`/);
});
