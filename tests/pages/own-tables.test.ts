import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  openPage,
  type Served,
  startBrowser,
  startServe,
  takePicture,
} from '../support/browser.ts';
import { between, gameDatesOf } from '../support/equal-hashes.ts';
import { prepare } from '../support/run-command.ts';
import { commandFile, runNode } from '../support/run-process.ts';
import { simulatedWarehouse } from '../support/simulated-warehouse.ts';
import { tempFolder } from '../support/temp-folder.ts';

const folder = tempFolder('own-pages');
const project = join(folder, 'project');
let browser: Browser;
let served: Served;
let date: string;

beforeAll(async () => {
  browser = await startBrowser();
  const { path } = await simulatedWarehouse(folder, { gamesPerTeam: 8, postseason: false });
  const dates = await gameDatesOf(path);
  date = dates.at(-1) ?? '';
  const range = between(dates[0], date);
  await prepare(['run', '--backfill', ...range, '--warehouse', path]);
  mkdirSync(join(project, 'tables'), { recursive: true });
  writeFileSync(
    join(project, 'backcourt.config.ts'),
    "export const project = { backcourt: 'project' };\n",
  );
  writeFileSync(
    join(project, 'tables', 'form.ts'),
    `import { average, last, lastGames, playerTable } from 'backcourt';
export const table = playerTable({
  name: 'form',
  purpose: 'How he has been scoring.',
  measures: [
    average('points_last_5', { of: 'player_game_summary.points', over: lastGames(5), decimals: 1, unit: 'points' }),
    last('last_points', { of: 'player_game_summary.points' }),
  ],
});
`,
  );
  const own = ['--project', project, 'run', '--backfill', '--tables', 'form', ...range];
  const made = await runNode(commandFile, [...own, '--warehouse', path]);
  expect([made.exitCode, made.stderr]).toEqual([0, '']);
  served = await startServe(path, project);
});

afterAll(async () => {
  await served?.stop();
  await browser?.close();
});

async function on(hash: string, work: (page: Page) => Promise<void>): Promise<void> {
  const { page, complaints, close } = await openPage(browser, served.url, hash);
  try {
    await work(page);
    expect(complaints).toEqual([]);
  } finally {
    await close();
  }
}

test('coverage counts an own table like the others, and opens a date of it', async () => {
  await on('', async (page) => {
    const row = page.getByRole('row', { name: /^form / });
    expect(await row.innerText()).toMatch(/form\s+(\d+)\/\1\s+[\d,]+/);
    await takePicture(page, 'own-coverage');
  });
  await on(`#/coverage?table=form&date=${date}&unit=form`, async (page) => {
    const text = await page.locator('main').innerText();
    expect(text).toContain('inputs unchanged');
    expect(text).toContain('player_game_summary');
  });
});

test('quality has its columns', async () => {
  await on('#/quality?table=form', async (page) => {
    const text = await page.locator('main').innerText();
    expect(text).toContain('points_last_5');
    await takePicture(page, 'own-quality');
  });
});
