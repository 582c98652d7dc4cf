import { spawn } from 'node:child_process';
import { statSync } from 'node:fs';
import { withWarehouse } from '../../engine/open-warehouse.ts';
import { UsageError } from '../../engine/usage-error.ts';
import { toJson } from '../../report/words/json.ts';
import { makeApp } from '../../serve/make-app.ts';
import { findPages } from '../../serve/pages-folder.ts';
import { type RunningServer, startServer } from '../../serve/start-server.ts';
import { readStaticFiles } from '../../serve/static-files.ts';
import { makeWarehouseReader, type WarehouseReader } from '../../serve/warehouse-reader.ts';
import { parseBigQueryLocation } from '../../warehouse/bigquery/connect.ts';
import { messageOf } from '../../warehouse/message-of.ts';
import { HeldWarehouse, WarehouseError } from '../../warehouse/warehouse.ts';
import { makeRunEngine } from '../../world/run-engine.ts';
import type { CliContext } from '../cli-context.ts';
import { warehouseInputs } from '../options/common-inputs.ts';
import { filesFolder, folderOf } from '../options/fetch-inputs.ts';
import { flag, valueOr } from '../options/input.ts';
import { hostAddress, wholeNumber } from '../options/option-values.ts';
import { defineVerb } from '../verb.ts';

const loopbackNames: readonly string[] = ['localhost', '127.0.0.1', '[::1]'];

/** Shows the warehouse in a browser until it is interrupted. Writes nothing to it. */
export const serveVerb = defineVerb({
  inputs: {
    ...warehouseInputs,
    port: valueOr(8475, '<n>', 'port to listen on; 0 for a free one', wholeNumber(0, 65_535)),
    host: valueOr(
      '127.0.0.1',
      '<address>',
      'address to listen on; beyond loopback others can read',
      hostAddress,
    ),
    into: filesFolder,
    open: flag('open the pages in the browser of this machine'),
  },
  example: ['backcourt serve --warehouse demo.duckdb'],
  async run(context, tables, flags) {
    const { warehouse: location, host, port, wait: waitSeconds = 0 } = flags;
    if (parseBigQueryLocation(location)) {
      throw new UsageError(
        `warehouse "${location}": serve shows DuckDB files only; BigQuery would bill every page that is looked at`,
      );
    }
    const open = { location, mode: 'read', create: false, waitSeconds } as const;
    const say = flags.json ? context.stderr : context.stdout;
    const read = makeWarehouseReader({
      open: (work) => withWarehouse(context, tables, open, work),
      makeEngine: (warehouse) =>
        makeRunEngine(warehouse, tables, context.clock, context.packageVersion),
      elapsedMs: () => context.clock.elapsedMs(),
      stamp: () => `${context.clock.today()} ${stampOf(location)} ${stampOf(`${location}.wal`)}`,
    });
    await readAhead(read, say);
    const folder = await builtPages(context);
    const isLoopback = /^(localhost|127(\.\d+){3}|::1)$/.test(host);
    const app = makeApp({
      context: {
        tables,
        location,
        version: context.packageVersion,
        read,
        filesFolder: folderOf(context, flags.into),
        today: context.clock.today,
        command: context.command,
      },
      files: readStaticFiles(folder),
      hostNames: isLoopback ? [...loopbackNames, host] : undefined,
    });
    const server = await listen(() => startServer(app, host, port), port);
    if (!isLoopback) {
      context.stderr(
        `warning: ${host} can be reached from other machines; whoever reaches it can read this warehouse\n`,
      );
    }
    say(`${location} is shown at ${server.url}, read-only; stop with Ctrl-C\n`);
    if (flags.json) {
      context.stdout(`${toJson({ type: 'serving', url: server.url, warehouse: location })}\n`);
    }
    if (flags.open) openBrowser(server.url, context.stderr);
    await aborted(context.stop);
    await server.close();
    return 0;
  },
});

/**
 * Refuses at once what is no warehouse; one that a run holds will be free again. The states are worked out now, so
 * that the first page need not wait for them.
 */
async function readAhead(read: WarehouseReader, say: (text: string) => void): Promise<void> {
  try {
    await read(async ({ plan }) => void plan());
  } catch (error) {
    if (!(error instanceof HeldWarehouse)) throw error;
    say(`${error.message}; the pages will wait for it\n`);
  }
}

/** In a checkout the pages are built when they are absent or older than what they are made of. */
async function builtPages(context: CliContext): Promise<string> {
  const { built, buildScript, ready } = findPages();
  if (ready) return built;
  if (buildScript === undefined) {
    throw new WarehouseError('surroundings', `the pages are missing from "${built}"`);
  }
  context.stderr('building the pages …\n');
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    const child = spawn(process.execPath, [buildScript], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    child.on('error', reject);
    child.on('close', resolve);
  });
  if (exitCode !== 0) {
    throw new WarehouseError(
      'surroundings',
      'the pages could not be built; see what it says: npm run build:pages',
    );
  }
  return built;
}

async function listen(start: () => Promise<RunningServer>, port: number): Promise<RunningServer> {
  try {
    return await start();
  } catch (error) {
    const taken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
    const why = messageOf(error);
    throw new WarehouseError(
      'surroundings',
      taken ? `port ${port} is taken; try --port 0 for a free one` : `cannot listen: ${why}`,
    );
  }
}

/** What each system opens an address with. */
const openers: Readonly<Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>>> = {
  darwin: ['open'],
  win32: ['cmd', '/c', 'start', ''],
};

/** Hands the address to the system's browser; where there is none the pages are served all the same. */
function openBrowser(url: string, warn: (text: string) => void): void {
  const [program, ...words] = openers[process.platform] ?? ['xdg-open'];
  const cannot = (why: string) =>
    warn(`warning: no browser could be opened (${program}: ${why}); open ${url} yourself\n`);
  const child = spawn(program, [...words, url], { stdio: 'ignore', detached: true });
  child.on('error', ({ message }) => cannot(message));
  child.on('exit', (code) => {
    if (code) cannot(`exit code ${code}`);
  });
  child.unref();
}

function stampOf(path: string): string {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats ? `${stats.ino} ${stats.size} ${stats.mtimeMs}` : '-';
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
