import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  openPage,
  type Served,
  startBrowser,
  startServe,
  takePicture,
} from '../support/browser.ts';
import { announceRealData, realDataFolder, realFiles } from '../support/real-data.ts';
import { prepare } from '../support/run-command.ts';
import { tempFolder } from '../support/temp-folder.ts';

announceRealData('pages on real data');

describe.skipIf(realDataFolder === undefined)('on four real seasons', () => {
  const folder = tempFolder('real-pages');
  let browser: Browser;
  let served: Served;

  beforeAll(async () => {
    browser = await startBrowser();
    const path = join(folder, 'real.duckdb');
    const on = ['--warehouse', path];
    await prepare(['ingest', 'nba-stats', ...realFiles(), ...on]);
    const range = ['--start-date', '2021-10-19', '--end-date', '2025-06-22'];
    await prepare(['run', '--backfill', ...range, ...on]);
    served = await startServe(path);
  });

  afterAll(async () => {
    await served?.stop();
    await browser?.close();
  });

  test.each([
    ['the first page', '', 'button.cell', 'button.cell', 833],
    ['the games of a date', '#/slate?date=2024-01-26', '.slate-players', '.game-card', 8],
  ])(
    '%s: there within a second',
    async (name, hash, awaited, counted, count) => {
      const times: number[] = [];
      // On a machine that others are using too, one of several attempts may be left alone.
      for (
        let attempt = 0;
        attempt < 5 || (attempt < 20 && Math.min(...times) >= 1000);
        attempt += 1
      ) {
        const context = await browser.newContext();
        const page = await context.newPage();
        const begin = performance.now();
        await page.goto(`${served.url}${hash}`);
        await page.locator(awaited).first().waitFor();
        times.push(performance.now() - begin);
        expect(await page.locator(counted).count()).toBe(count);
        await context.close();
      }
      process.stderr.write(`${name}: ${times.map((time) => time.toFixed(0)).join(', ')} ms\n`);
      expect(Math.min(...times)).toBeLessThan(1000);
    },
    180_000,
  );

  test.each([
    ['slate', '#/slate?date=2024-01-26', 'Milwaukee Bucks'],
    ['coverage', '', '833 game dates in 4 seasons'],
    ['unit', '#/coverage?date=2023-11-15&unit=player_shot_zone_analysis', '348'],
    ['runs', '#/runs', 'Rows per second'],
    ['quality', '#/quality?season=2021', 'pct_paint'],
    ['quality-shots', '#/quality?table=player_shot_zone_analysis&season=all', 'Ranges'],
    ['player', '#/player?player=203999&date=2024-01-16', 'Nikola Jokić'],
    ['player-playoffs', '#/player?player=203999&date=2024-05-14', 'DEN'],
    ['player-off-season', '#/player?player=203999&date=2024-08-01', 'no games on this date'],
    ['defense', '#/defense?date=2024-01-26&team=BOS', 'BOS in 2023-24'],
  ])('%s', async (name, hash, says) => {
    for (const width of [1280, 375]) {
      const { page, complaints, close } = await openPage(browser, served.url, hash, { width });
      expect(await page.locator('main').innerText()).toContain(says);
      expect(complaints).toEqual([]);
      const scrolled = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(scrolled).toBeLessThanOrEqual(width);
      await takePicture(page, `real-${name}-${width}`);
      await close();
    }
  });

  test('a player is found by typing a part of his name without its accents', async () => {
    const { page, close } = await openPage(browser, served.url, '#/player');
    await page.getByPlaceholder('name of a player').fill('doncic');
    await page.locator('.found button', { hasText: 'Luka Dončić' }).click();
    await page.locator('.features').waitFor();
    await close();
  });
});
