import { copyFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadTables } from '../../src/table/table-registry.ts';
import {
  type Look,
  openPage,
  pageIsReady,
  type Served,
  startBrowser,
  startServe,
  takePicture,
} from '../support/browser.ts';
import { gameDatesOf } from '../support/equal-hashes.ts';
import { backcourt, prepare } from '../support/run-command.ts';
import { repositoryRoot, startNode } from '../support/run-process.ts';
import { simulatedWarehouse } from '../support/simulated-warehouse.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { changeFile, queryFile } from '../support/warehouse-file.ts';

const folder = tempFolder('pages');
const hostile = '<script>window.pwned=1</script><img src=x onerror="window.pwned=2">';
let browser: Browser;
let served: Served;
let path: string;
let dates: readonly string[];
/** A player with features on `day`; his name is hostile. */
let player: string;
let day: string;

beforeAll(async () => {
  browser = await startBrowser();
  ({ path } = await simulatedWarehouse(folder, { gamesPerTeam: 30, postseason: false }));
  dates = await gameDatesOf(path);
  day = dates.at(-4) ?? '';
  const filled = dates.slice(0, -2).join(',');
  await prepare(['run', '--backfill', '--dates', filled, '--warehouse', path]);
  // A date without its box scores fails; what stands on it is blocked.
  await changeFile(
    path,
    `UPDATE nba_raw.player_box SET nba_game_id = 'X' || nba_game_id WHERE game_date = DATE '${dates.at(-2)}'
      AND team_abbr = (SELECT MIN(team_abbr) FROM nba_raw.player_box WHERE game_date = DATE '${dates.at(-2)}')`,
  );
  await backcourt([
    ...['run', '--backfill', '--dates', dates.at(-2) ?? '', '--reason', 'a <b>bold</b> reason'],
    ...['--warehouse', path],
  ]);
  const [row] = await queryFile(
    path,
    `SELECT universal_player_id FROM nba_predictions.ml_feature_store WHERE game_date = DATE '${day}' ORDER BY feature_quality_score DESC, 1 LIMIT 1`,
  );
  player = String(row?.[0]);
  await changeFile(
    path,
    `UPDATE nba_analytics.player_game_summary SET player_full_name = '${hostile}', player_lookup = 'scriptwindowpwned'
      WHERE universal_player_id = '${player}'`,
  );
  served = await startServe(path);
});

afterAll(async () => {
  await served?.stop();
  await browser?.close();
});

/** Opens a page, does something on it, and expects that nothing was complained of. */
async function on(
  hash: string,
  work: (page: Page) => Promise<void>,
  look: Look = {},
  base = served.url,
): Promise<void> {
  const { page, complaints, close } = await openPage(browser, base, hash, look);
  try {
    await work(page);
    expect(complaints).toEqual([]);
  } finally {
    await close();
  }
}

const textOf = (page: Page) => page.locator('main').innerText();

describe('every page, wide and narrow, light and dark', () => {
  const looks = [
    { name: 'wide', look: {} },
    { name: 'wide-dark', look: { dark: true } },
    { name: 'narrow', look: { width: 375, height: 760 } },
    { name: 'narrow-dark', look: { width: 375, height: 760, dark: true } },
  ];
  const views = [
    { name: 'coverage', hash: () => '', says: 'Dates covered of dates due' },
    { name: 'coverage-date', hash: () => `#/coverage?date=${day}`, says: 'player_daily_cache' },
    {
      name: 'coverage-unit',
      hash: () => `#/coverage?table=ml_feature_store&date=${day}&unit=ml_feature_store`,
      says: 'fingerprint',
    },
    { name: 'slate', hash: () => `#/slate?date=${day}`, says: 'as known before' },
    { name: 'runs', hash: () => '#/runs', says: 'Rows per second' },
    { name: 'quality', hash: () => '#/quality', says: 'Ranges' },
    {
      name: 'quality-shots',
      hash: () => '#/quality?table=player_shot_zone_analysis&season=all',
      says: 'INSUFFICIENT_DATA',
    },
    {
      name: 'player',
      hash: () => `#/player?player=${player}&date=${day}`,
      says: 'usage_spike_score',
    },
    { name: 'player-start', hash: () => `#/player?date=${day}`, says: 'Players of this date' },
    { name: 'defense', hash: () => `#/defense?date=${day}&team=BOS`, says: 'All teams by month' },
  ];
  test.each(looks.flatMap((look) => views.map((view) => ({ ...view, ...look, view: view.name }))))(
    '$view, $name',
    async ({ view, name, hash, says, look }) => {
      await on(
        hash(),
        async (page) => {
          expect(await textOf(page)).toContain(says);
          expect(await textOf(page)).toContain('simulated data');
          const width = await page.evaluate(() => document.documentElement.scrollWidth);
          expect(width).toBeLessThanOrEqual(look.width ?? 1280);
          const ground = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
          expect(ground === 'rgb(23, 21, 19)').toBe(look.dark ?? false);
          await takePicture(page, `${view}-${name}`);
        },
        look,
      );
    },
  );
});

describe('coverage', () => {
  test('a letter per date and state; a click opens the date, then a table, then its input', async () => {
    await on('', async (page) => {
      expect(await page.locator('button.cell').count()).toBe(dates.length);
      expect(await page.locator('.month').first().locator('.weekday').allInnerTexts()).toEqual([
        ...'MTWTFSS',
      ]);
      expect(await page.getByRole('rowheader', { name: 'shots raw' }).count()).toBe(1);
      const cell = page.locator(`[data-date="${dates.at(-1)}"]`);
      expect([await cell.innerText(), await cell.getAttribute('title')]).toEqual([
        'm',
        expect.stringContaining(`${(await loadTables()).computed.length} missing`),
      ]);
      await page.locator(`[data-date="${day}"]`).click();
      await page.locator('.panel .unit', { hasText: 'player_daily_cache' }).click();
      await page.getByText('fingerprint').waitFor();
      await page
        .locator('.panel')
        .getByRole('link', { name: 'player_game_summary' })
        .first()
        .click();
      await page.locator('.panel h2', { hasText: 'player_game_summary' }).waitFor();
    });
  });

  test('by keyboard alone: to a date, into its panel, back to the date', async () => {
    await on('', async (page) => {
      await page.locator(`[data-date="${dates[0]}"]`).focus();
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('ArrowDown');
      const focused = () => page.evaluate(() => document.activeElement?.getAttribute('data-date'));
      const target = await focused();
      expect((target ?? '') > (dates[2] ?? '')).toBe(true);
      await page.keyboard.press('Enter');
      await page.locator('.panel .unit').first().waitFor();
      await page.keyboard.press('Tab');
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await page.locator('.panel .verdict').waitFor();
      await page.keyboard.press('Escape');
      await page.locator('.panel').waitFor({ state: 'detached' });
      await expect.poll(focused).toBe(target);
      // One tab stop for the whole calendar.
      expect(await page.locator('button.cell[tabindex="0"]').count()).toBe(1);
    });
  });

  test('a failed unit: why, and the command that mends it', async () => {
    const failed = `#/coverage?date=${dates.at(-2)}&unit=team_offense_game_summary`;
    await on(failed, async (page) => {
      const text = await page.locator('.panel').innerText();
      expect(text).toContain('failed');
      expect(text).toContain('Mend it with');
      expect(text).toMatch(
        /run --backfill --tables team_offense_game_summary --dates \S+ --warehouse/,
      );
    });
  });

  test('a table and date that do not exist', async () => {
    const { page, close } = await openPage(
      browser,
      served.url,
      `#/coverage?date=${day}&unit=nonsense`,
    );
    await page.getByText('there is no table "nonsense"').waitFor();
    await close();
  });
});

describe('quality', () => {
  test('columns that are NULL by their definition are folded away with their reasons', async () => {
    await on('#/quality?table=upcoming_team_game_context', async (page) => {
      expect(await textOf(page)).toMatch(/No NULL in any of \d+ columns/);
      expect(await page.getByRole('rowheader', { name: 'game_spread' }).first().isVisible()).toBe(
        false,
      );
      await page.getByText('Where the definition says NULL').click();
      await page.getByText('no usable line is loaded').first().waitFor();
    });
  });

  test('a feature with one value in all rows is marked, unless it may have one', async () => {
    const own = join(folder, 'constant.duckdb');
    copyFileSync(path, own);
    await changeFile(
      own,
      `UPDATE nba_predictions.ml_feature_store SET features = list_concat(features[1:7], [0.5::DOUBLE], features[9:10], [0::DOUBLE], features[12:25])`,
    );
    const server = await startServe(own);
    try {
      await on(
        '#/quality',
        async (page) => {
          expect(await page.locator('.notice.trouble').innerText()).toMatch(
            /One value in all rows: pace_score\./,
          );
          const marked = await page.locator('.ranges tr', { hasText: 'constant' }).allInnerTexts();
          expect(marked.map((text) => text.slice(0, 10))).toEqual(
            expect.arrayContaining(['pace_score', 'injury_ris']),
          );
        },
        {},
        server.url,
      );
    } finally {
      await server.stop();
    }
  });
});

test('slate: a game is chosen by its card, a name leads to the player as of the date', async () => {
  await on(`#/slate?date=${day}`, async (page) => {
    const card = page.locator('.game-card').nth(1);
    const away = await card.locator('th').first().innerText();
    await card.click();
    await page.locator('.game-card[aria-current="true"]', { hasText: away }).waitFor();
    await page.locator('.matchups th', { hasText: `${away} shots` }).waitFor();
    await page.locator('.slate-players a').first().click();
    await page.locator('h2.name').waitFor();
    expect(page.url()).toContain(`date=${day}`);
  });
  await on(`#/slate?date=2024-08-01`, async (page) => {
    expect(await textOf(page)).toContain('no games on this date');
  });
});

test('runs: what failed, and a reason as it was written', async () => {
  await on('#/runs', async (page) => {
    const text = await textOf(page);
    expect(text).toContain('Failed now');
    expect(text).toContain('a <b>bold</b> reason');
    expect(text).toContain('some dates failed');
    expect(text).toMatch(/its rows stand in \d+ tables?/);
  });
});

describe('player', () => {
  test('is found by a part of his name, and a hostile name is only text', async () => {
    await on('#/player', async (page) => {
      await page.getByPlaceholder('name of a player').fill('<script');
      await page.locator('.found button', { hasText: hostile }).waitFor();
      await page.keyboard.press('Enter');
      await page.locator('h2.name').waitFor();
      expect(await page.locator('h2.name').innerText()).toBe(hostile);
      expect(await page.evaluate(() => 'pwned' in window)).toBe(false);
    });
  });

  test('the parts of his adjustment sum to their total, to the last digit', async () => {
    await on(`#/player?player=${player}&date=${day}`, async (page) => {
      const numbers = await page.locator('.factors td.number').allInnerTexts();
      const hundredths = numbers.map((text) => Math.round(100 * Number(text.replace('−', '-'))));
      const total = hundredths.pop();
      expect(hundredths.reduce((sum, own) => sum + own, 0)).toBe(total);
      expect(await page.locator('.features tbody tr').count()).toBe(25);
      expect(await page.locator('.court').count()).toBe(2);
    });
  });

  test('begins with the players of a date, each a link to him on that date', async () => {
    await on(`#/player?date=${day}`, async (page) => {
      await page.locator('.start-list a[href*="player="]').first().click();
      await page.locator('.features').waitFor();
      expect(page.url()).toContain(`date=${day}`);
    });
  });

  test('what he then did is asked for when it is opened, and not before', async () => {
    await on(`#/player?player=${player}&date=${day}`, async (page) => {
      const asked = () =>
        page.evaluate(
          () =>
            performance.getEntriesByType('resource').filter(({ name }) => name.endsWith('/result'))
              .length,
        );
      expect(await asked()).toBe(0);
      expect(await page.locator('.result table').count()).toBe(0);
      await page.getByText('What he then did').click();
      await page.locator('.result').getByText(day).or(page.getByText('He did not play')).waitFor();
      expect(await asked()).toBe(1);
    });
  });

  test('a feature has its meaning beside it, and the index is not called points', async () => {
    await on(`#/player?player=${player}&date=${day}`, async (page) => {
      expect(await page.locator('.features').innerText()).toContain('how fresh he is');
      expect(await page.locator('.factors .total').innerText()).toContain('an index');
      expect(await page.locator('.trends .chart').count()).toBe(4);
    });
  });

  test('on a day without games, and a step back to one with', async () => {
    await on(`#/player?player=${player}&date=2024-08-01`, async (page) => {
      expect(await textOf(page)).toContain('no games on this date');
      await page.getByRole('button', { name: 'previous game' }).click();
      await page.locator('.features').waitFor();
    });
  });

  test.each([
    ['an id that nobody has', 'player=1', 'no player has the id 1'],
    ['an id that is none', 'player=<script>', 'is no player id'],
    ['a day that is none', 'player=1&date=2024-02-30', 'is no day'],
  ])('%s', async (_, query, message) => {
    const { page, close } = await openPage(browser, served.url, `#/player?${query}`);
    await page.getByText(message).waitFor();
    await close();
  });

  test('a name that nobody has', async () => {
    await on('#/player', async (page) => {
      await page.getByPlaceholder('name of a player').fill('zzzz');
      await page.getByText('No player is called “zzzz”.').waitFor();
    });
  });
});

test('team defence: ordered by a column, another team, a date without rows', async () => {
  await on(`#/defense?date=${day}`, async (page) => {
    await page.getByRole('button', { name: 'rating' }).click();
    const ratings = await page.locator('.teams tbody td:last-child').allInnerTexts();
    expect(ratings.map(Number)).toEqual(ratings.map(Number).toSorted((a, b) => a - b));
    await page.locator('.teams').getByRole('button', { name: 'LAL' }).click();
    await page.getByRole('heading', { name: /^LAL in/ }).waitFor();
  });
  await on(`#/defense?date=${dates[0]}`, async (page) => {
    expect(await textOf(page)).toContain(`No rows for ${dates[0]}`);
  });
});

test('the chosen theme stays', async () => {
  await on('', async (page) => {
    await page.getByLabel('theme').selectOption('dark');
    await page.reload();
    await pageIsReady(page);
    const ground = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    expect(ground).toBe('rgb(23, 21, 19)');
  });
});

test('a date of which a game has no result is named, and says so where it is opened', async () => {
  const own = join(folder, 'incomplete.duckdb');
  copyFileSync(path, own);
  await changeFile(
    own,
    `UPDATE nba_raw.game_results SET status = 'scheduled' WHERE nba_game_id =
      (SELECT MIN(nba_game_id) FROM nba_raw.game_results WHERE game_date = DATE '${day}')`,
  );
  const server = await startServe(own);
  try {
    await on(
      '',
      async (page) => {
        const text = await page.locator('details', { hasText: 'without a result' }).innerText();
        const found = /(\d+) of (\d+) games? (has|have) a result/.exec(text);
        expect(text).toContain(`1 date has games without a result`);
        expect(Number(found?.[1])).toBe(Number(found?.[2]) - 1);
        const cell = page.locator(`[data-date="${day}"]`);
        expect(await cell.getAttribute('title')).toContain(found?.[0]);
        await page.locator('details').getByRole('button', { name: day }).click();
        await page.locator('.panel', { hasText: found?.[0] ?? 'nothing' }).waitFor();
        await page.locator('.panel .unit', { hasText: 'player_game_summary' }).click();
        await page.locator('.panel h2', { hasText: 'player_game_summary' }).waitFor();
        await page.locator('.panel', { hasText: found?.[0] ?? 'nothing' }).waitFor();
      },
      {},
      server.url,
    );
  } finally {
    await server.stop();
  }
});

test('while a run holds the warehouse the page says so, and goes on by itself', async () => {
  const own = join(folder, 'held.duckdb');
  copyFileSync(path, own);
  const held = startNode(resolve(repositoryRoot, 'tests/support/hold-warehouse.ts'), [own]);
  await held.says('held');
  const server = await startServe(own);
  // Chromium notes every answer of 503 as an error of its own.
  const { page, close } = await openPage(browser, server.url, '');
  try {
    await page.getByText('A run holds the warehouse.').waitFor();
    expect(await textOf(page)).toContain(`is held by process ${held.pid}`);
    await takePicture(page, 'held');
    held.closeStdin();
    await held.ended;
    await page.locator('button.cell').first().waitFor();
  } finally {
    held.closeStdin();
    await close();
    await server.stop();
  }
});
