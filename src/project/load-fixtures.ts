import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { parseGameDate } from '../calendar/game-date.ts';
import { BadDefinition } from '../table/bad-definition.ts';
import type { Fixture } from './fixture.ts';
import { type DefinedAt, importOwn, takeApart } from './import-own.ts';
import type { Project } from './load-project.ts';
import { codeEndings } from './project-file.ts';
import { shownPath } from './shown-path.ts';

/** A fixture with the name that its file exports it under; or why there is none in the file. */
export type LoadedFixture =
  | { readonly file: string; readonly name: string; readonly fixture: Fixture }
  | { readonly file: string; readonly error: string };

const cell = z.union([
  z.string(),
  z.number(),
  z.boolean(),
  z.null(),
  z.array(z.union([z.string(), z.number()])),
]);
const rows = z.array(z.record(z.string(), cell));
const declared = z.strictObject({
  backcourt: z.literal('fixture'),
  table: z.string(),
  date: z.string().refine((text) => parseGameDate(text) !== undefined, 'no day, YYYY-MM-DD'),
  rows: z.record(z.string(), rows),
  expected: rows,
});

/** All that `<tables>/*.fixture.ts` of a project export, file by file. */
export async function loadFixtures({
  tables,
}: Pick<Project, 'tables'>): Promise<readonly LoadedFixture[]> {
  const loaded: LoadedFixture[] = [];
  for (const path of fixtureFiles(tables)) {
    const file = shownPath(path);
    try {
      const exported = Object.entries(await importOwn(path, { name: 'fixture', definedIn: file }));
      if (exported.length === 0) loaded.push({ file, error: `${file}: it exports no fixture` });
      for (const [name, given] of exported)
        loaded.push({ file, name, fixture: readFixture(given, { name, definedIn: file }) });
    } catch (error) {
      if (!(error instanceof BadDefinition)) throw error;
      loaded.push({ file, error: error.message });
    }
  }
  return loaded;
}

/** What is said to be a fixture: its types are gone when it runs. @throws BadDefinition that names what is wrong. */
export function readFixture(given: unknown, at: DefinedAt): Fixture {
  const read = takeApart(at, () => declared.safeParse(given));
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const where = [at.name, ...(issue?.path ?? [])].join('.');
  throw new BadDefinition(at, `${where}: ${issue?.message ?? 'no fixture'}`);
}

function fixtureFiles(folder: string): readonly string[] {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return [];
  return readdirSync(folder)
    .filter((name) => codeEndings.some((ending) => name.endsWith(`.fixture${ending}`)))
    .sort()
    .map((name) => join(folder, name));
}
