import { expect, it } from 'vitest';
import { parseBigQueryLocation } from './connect.ts';

it.each([
  ['bigquery://my-project', { projectId: 'my-project', prefix: '', region: 'US' }],
  ['bigquery://my-project/', { projectId: 'my-project', prefix: '', region: 'US' }],
  ['bigquery://my-project/dev', { projectId: 'my-project', prefix: 'dev', region: 'US' }],
  [
    'bigquery://my-project/dev?location=europe-west1',
    { projectId: 'my-project', prefix: 'dev', region: 'europe-west1' },
  ],
])('%s', (text, expected) => {
  expect(parseBigQueryLocation(text)).toEqual(expected);
});

it.each([
  './warehouse.duckdb',
  'bigquery://',
  'bigquery://My-Project',
  'bigquery://my-project/a/b',
  'bigquery://my-project/a-b',
  'bigquery://my-project?region=EU',
])('%s is none', (text) => {
  expect(parseBigQueryLocation(text)).toBeUndefined();
});
