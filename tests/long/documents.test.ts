/** What README and pages say is done as it stands, from a fresh checkout on, with a simulated league for the files. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { writeSimulatedLeague } from '../../simulation/write-simulated-league.ts';
import { copyOfCheckout } from '../support/copy-of-checkout.ts';
import { blocksOf, follow } from '../support/follow-page.ts';
import { brokenFiles, manifestFiles } from '../support/snapshot-of.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { changeFile } from '../support/warehouse-file.ts';

const folder = tempFolder('documents');
const checkout = join(folder, 'backcourt');

/** Blocks that are not done: output, what needs services or packages from outside, and what `.ci/run` does itself. */
const notDone = ['text', 'console', 'python untried'];

beforeAll(async () => {
  copyOfCheckout(checkout);
  const made = join(folder, 'made');
  const data = join(checkout, 'data');
  for (const place of [made, data]) mkdirSync(place);
  const files = await writeSimulatedLeague({ directory: made, seasons: 4, firstSeasonYear: 2021 });
  // Without their mark they are files as the NBA makes them, and the pages' own commands take them.
  for (const file of files) {
    await changeFile(
      ':memory:',
      `COPY (SELECT * EXCLUDE (DATA_KIND) FROM read_parquet('${file}')) TO '${file.replace(made, data)}' (FORMAT parquet)`,
    );
  }
});

const pages = ['README.md', 'docs/python.md'];

describe.each(pages)('%s', (page) => {
  const blocks = blocksOf(page);

  test('says of every block what it is', () => {
    const known = ['sh', 'python', ...notDone];
    expect(blocks.filter(({ info }) => !known.includes(info))).toEqual([]);
    expect(blocks.some(({ info }) => info === 'sh')).toBe(true);
  });

  test.each(blocks.filter(({ info }) => !notDone.includes(info)))('line $line', (block) =>
    follow(block, checkout),
  );
});

test('the snapshot of docs/python.md is whole', async () => {
  const snapshot = join(checkout, 'snapshot');
  expect(manifestFiles(snapshot).length).toBeGreaterThan(100);
  expect(await brokenFiles(snapshot)).toEqual([]);
});
