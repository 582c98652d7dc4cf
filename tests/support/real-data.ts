import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { repositoryRoot } from './run-process.ts';

const setting = process.env['BACKCOURT_REAL_DATA'];

/** The folder of NBA.com files, or `undefined` where there is none. */
export const realDataFolder =
  setting === undefined || setting === '' ? undefined : resolve(repositoryRoot, setting);

/** Says once per file of tests why they do not run. */
export function announceRealData(tests: string): void {
  if (realDataFolder === undefined) {
    process.stderr.write(`${tests}: not run, BACKCOURT_REAL_DATA is not set\n`);
  }
}

/** Player logs and shot charts, of all seasons or of one written `2023-24`. */
export function realFiles(season = ''): readonly string[] {
  if (realDataFolder === undefined) throw new Error('BACKCOURT_REAL_DATA is not set');
  const folder = realDataFolder;
  return readdirSync(folder)
    .filter((name) => /^(playergamelogs|shotchartdetail)_/.test(name) && name.includes(season))
    .sort()
    .map((name) => join(folder, name));
}
