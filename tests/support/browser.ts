import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { commandFile, type Running, repositoryRoot, startNode } from './run-process.ts';

const candidates = [
  process.env['CHROMIUM'] ?? '',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];

/** Starts a headless Chromium of this machine. @throws when there is none. */
export function startBrowser(): Promise<Browser> {
  const executablePath = candidates.find((path) => path !== '' && existsSync(path));
  if (executablePath === undefined) {
    throw new Error('no Chromium: apt-get install chromium, or name one in CHROMIUM');
  }
  // Root on a machine of its own cannot set up the sandbox.
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return chromium.launch({ executablePath, args });
}

export interface Look {
  readonly width?: number;
  readonly height?: number;
  readonly dark?: boolean;
}

export interface OpenPage {
  readonly page: Page;
  /** Console errors, exceptions, forbidden loads, and requests to anywhere else. */
  readonly complaints: readonly string[];
  close(): Promise<void>;
}

/** Opens an address and waits until the page has said what it has to say. */
export async function openPage(
  browser: Browser,
  base: string,
  hash: string,
  { width = 1280, height = 900, dark = false }: Look = {},
): Promise<OpenPage> {
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: dark ? 'dark' : 'light',
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => {
    if (!request.url().startsWith(base)) complaints.push(`asked ${request.url()}`);
  });
  await page.goto(`${base}${hash}`);
  await pageIsReady(page);
  return { page, complaints, close: () => context.close() };
}

/**
 * Waits until a page shows what it was asked for. A quiet network is not enough: on a busy machine
 * half a second can pass between one answer and the question that follows from it.
 */
export async function pageIsReady(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle');
  await page.locator('main *').first().waitFor();
  await page.locator('[aria-busy="true"]').first().waitFor({ state: 'detached' });
}

export interface Served {
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts `backcourt serve` as a person would, on a free port. */
export async function startServe(warehouse: string, project?: string): Promise<Served> {
  const process: Running = startNode(commandFile, [
    ...(project === undefined ? [] : ['--project', project]),
    ...['serve', '--port', '0', '--warehouse', warehouse],
  ]);
  await process.says('shown at');
  const url = /shown at (\S+\/),/.exec(process.stdout())?.[1];
  if (url === undefined) throw new Error(`no address in: ${process.stdout()}`);
  return {
    url,
    stop: async () => {
      process.kill('SIGTERM');
      const { exitCode, stderr } = await process.ended;
      if (exitCode !== 0) throw new Error(`serve ended with ${exitCode}: ${stderr}`);
    },
  };
}

const pictures = join(repositoryRoot, 'tests/pages/screenshots');

/** Keeps a picture for people to look at; git ignores it. */
export async function takePicture(page: Page, name: string): Promise<void> {
  mkdirSync(pictures, { recursive: true });
  await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true });
}
