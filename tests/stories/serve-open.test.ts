import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { commandFile, startNode } from '../support/run-process.ts';
import { simulatedWarehouse } from '../support/simulated-warehouse.ts';
import { tempFolder } from '../support/temp-folder.ts';

const folder = tempFolder('serve-open');
let path: string;

beforeAll(async () => {
  ({ path } = await simulatedWarehouse(folder, { gamesPerTeam: 4, postseason: false }));
});

/** The system's way to open an address, as a script of its own. */
function opener(body: string): { readonly env: { readonly PATH: string } } {
  for (const name of ['xdg-open', 'open']) {
    writeFileSync(join(folder, name), `#!/bin/sh\n${body}\n`);
    chmodSync(join(folder, name), 0o755);
  }
  return { env: { PATH: `${folder}:${process.env['PATH']}` } };
}

const serve = ['serve', '--open', '--port', '0', '--warehouse'];

test('serve --open hands the address of the pages to the browser', async () => {
  const asked = join(folder, 'asked');
  const surroundings = opener(`echo "$1" > ${asked}.part && mv ${asked}.part ${asked}`);
  const server = startNode(commandFile, [...serve, path], surroundings);
  await server.says('is shown at');
  while (!existsSync(asked)) await new Promise((done) => setTimeout(done, 20));
  const address = readFileSync(asked, 'utf8').trim();
  expect(server.stdout()).toContain(`is shown at ${address},`);
  expect((await fetch(address)).status).toBe(200);
  server.kill('SIGINT');
  expect((await server.ended).exitCode).toBe(0);
});

test('where no browser can be opened it says so and serves all the same', async () => {
  const server = startNode(commandFile, [...serve, path], opener('exit 3'));
  await server.complains('no browser could be opened');
  const [, address = ''] = /is shown at (\S+),/.exec(server.stdout()) ?? [];
  expect((await fetch(address)).status).toBe(200);
  server.kill('SIGINT');
  expect((await server.ended).exitCode).toBe(0);
});
