import { randomBytes } from 'node:crypto';
import { test } from 'vitest';
import { openBigQuery } from '../../../src/warehouse/bigquery/bigquery-warehouse.ts';
import { connect, parseBigQueryLocation } from '../../../src/warehouse/bigquery/connect.ts';
import { type Place, placeStories } from './place-stories.ts';

const project = process.env['BACKCOURT_BIGQUERY_PROJECT'];
const region = process.env['BACKCOURT_BIGQUERY_LOCATION'] ?? 'US';
const datasets = ['backcourt', 'nba_raw', 'nba_analytics', 'nba_precompute', 'nba_predictions'];

/** Datasets of its own in a real project, which are taken away at the end. */
async function openProject(projectId: string): Promise<Place> {
  const prefix = `backcourt_test_${randomBytes(4).toString('hex')}`;
  const text = `bigquery://${projectId}/${prefix}?location=${region}`;
  const location = parseBigQueryLocation(text);
  if (!location) throw new Error(`BACKCOURT_BIGQUERY_PROJECT "${projectId}" is no project id`);
  const warehouse = await openBigQuery({ location, session: 'live', maxBytes: undefined });
  return {
    location: text,
    client: undefined,
    project: location,
    slowDown: () => {},
    open: (session) => openBigQuery({ location, session, maxBytes: undefined }),
    change: (sql) => warehouse.define([sql]),
    close: async () => {
      await warehouse.close();
      const client = await connect(location);
      for (const dataset of datasets) {
        const own = client.dataset(`${prefix}_${dataset}`);
        const [exists] = await own.exists();
        if (exists) await own.delete({ force: true });
      }
    },
  };
}

if (project === undefined || project === '') {
  process.stderr.write('the live suite: not run, BACKCOURT_BIGQUERY_PROJECT is not set\n');
  test.skip('on a project of BigQuery', () => {});
} else {
  placeStories(`on the project ${project}`, () => openProject(project));
}
