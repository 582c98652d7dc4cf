import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { featurePage } from '../../src/report/feature-page.ts';

test('docs/features.md is what the definitions say; npm run docs writes it', () => {
  const page = new URL('../../docs/features.md', import.meta.url);
  expect(readFileSync(page, 'utf8')).toBe(featurePage());
});
