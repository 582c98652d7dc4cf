import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ledgerTables } from '../../src/ledger/ledger-tables.ts';
import { loadTables } from '../../src/table/table-registry.ts';
import { createStatements } from '../../src/warehouse/duckdb/ddl.ts';
import {
  openPage,
  type Served,
  startBrowser,
  startServe,
  takePicture,
} from '../support/browser.ts';
import { commandFile, runNode } from '../support/run-process.ts';
import { withOpenFile } from '../support/run-tables.ts';
import { simulatedWarehouse } from '../support/simulated-warehouse.ts';
import { tempFolder } from '../support/temp-folder.ts';

const folder = tempFolder('empty-pages');
const pages = ['coverage', 'slate', 'runs', 'quality', 'player', 'player?player=1', 'defense'];
let browser: Browser;

beforeAll(async () => {
  browser = await startBrowser();
});

afterAll(async () => {
  await browser?.close();
});

async function textOf(served: Served, hash: string, picture: string): Promise<string> {
  const { page, complaints, close } = await openPage(browser, served.url, `#/${hash}`);
  try {
    // An unknown player is a 404, which Chromium notes as an error.
    if (hash !== 'player?player=1') expect(complaints).toEqual([]);
    await takePicture(page, picture);
    return await page.locator('main').innerText();
  } finally {
    await close();
  }
}

describe('a warehouse without anything', () => {
  let served: Served;

  beforeAll(async () => {
    const path = join(folder, 'nothing.duckdb');
    const { all } = await loadTables();
    await withOpenFile(path, (warehouse) =>
      warehouse.commit([...createStatements(ledgerTables), ...createStatements(all)]),
    );
    served = await startServe(path);
  });

  afterAll(() => served?.stop());

  test.each(pages)('%s says what to begin with', async (hash) => {
    const text = await textOf(served, hash, `nothing-${hash.replace(/\W/g, '-')}`);
    expect(text).toContain('This warehouse is empty.');
    expect(text).toContain('backcourt ingest nba-stats');
  });
});

describe('a warehouse that is loaded, and nothing computed', () => {
  let served: Served;

  beforeAll(async () => {
    const { path } = await simulatedWarehouse(folder, { gamesPerTeam: 6, postseason: false });
    served = await startServe(path);
  });

  afterAll(() => served?.stop());

  test.each([
    ['coverage', 'missing'],
    ['runs', 'ingest'],
    ['quality', 'No rows of this table'],
    ['slate', 'upcoming_team_game_context has no rows yet'],
    ['player', 'upcoming_team_game_context has no rows yet'],
    ['player?player=1', 'no player has the id 1'],
    ['defense', 'has no rows yet'],
  ])('%s', async (hash, says) => {
    expect(await textOf(served, hash, `loaded-${hash.replace(/\W/g, '-')}`)).toContain(says);
  });
});

test('a file that is not there is refused at once', async () => {
  const absent = join(folder, 'absent.duckdb');
  const { exitCode, stderr } = await runNode(commandFile, ['serve', '--warehouse', absent]);
  expect(exitCode).toBe(5);
  expect(stderr).toContain('there is no warehouse at');
});
