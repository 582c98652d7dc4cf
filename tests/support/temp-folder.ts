import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, onTestFinished } from 'vitest';

/** A folder for the tests of the calling file or `describe`: there before the first, gone after the last. */
export function tempFolder(name: string): string {
  const folder = join(tmpdir(), `backcourt-${name}-${randomUUID().slice(0, 8)}`);
  beforeAll(() => void mkdirSync(folder));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A new folder for the test that is running. */
export function tempFolderOfTest(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `backcourt-${name}-`));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
