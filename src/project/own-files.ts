import { type Dirent, existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';
import { codeEndings } from './project-file.ts';
import { shownPath } from './shown-path.ts';

/** What the folder of own tables holds. */
export interface OwnFiles {
  /** Those that a table is read from, in order. */
  readonly files: readonly string[];
  /** Sentences that name what is passed over although somebody may have meant it for a table. */
  readonly passedOver: readonly string[];
}

/** Somebody's helpers may lie deeper, but nobody looks for tables there. */
const deepest = 3;

/** @param folder of the own tables of a project; that it is not there is said as well. */
export function ownFiles(folder: string): OwnFiles {
  const shown = shownPath(folder);
  if (!existsSync(folder))
    return { files: [], passedOver: [`there is no folder ${shown}, and no own table`] };
  if (!statSync(folder).isDirectory())
    return { files: [], passedOver: [`${shown} is no folder, and there is no own table`] };
  const entries = readdirSync(folder, { withFileTypes: true });
  const isOwn = ({ name }: Dirent) =>
    [...codeEndings, '.sql'].includes(extname(name)) && !isBeside(name);
  const files = entries
    .filter(isOwn)
    .map(({ name }) => join(folder, name))
    .sort();
  const others = entries.filter((entry) => !isOwn(entry) && !entry.isDirectory());
  const folders = entries.filter((entry) => entry.isDirectory() && !isOwn(entry));
  return {
    files,
    passedOver: [
      ...others
        .filter(({ name }) => isMeant(folder, name))
        .map(
          ({ name }) =>
            `${shownPath(join(folder, name))} is passed over: a table ends in .sql, ${codeEndings.join(', ')}`,
        ),
      ...folders
        .flatMap(({ name }) => within(folder, name, deepest))
        .map((path) => `${shownPath(path)} is passed over: tables stand in ${shown} itself`),
    ].sort(),
  };
}

/** What stands beside tables and is none. */
function isBeside(name: string): boolean {
  return /\.(fixture|test|spec|d)\.\w+$/.test(name);
}

function within(folder: string, name: string, depth: number): readonly string[] {
  if (depth === 0 || name.startsWith('.') || name === 'node_modules') return [];
  const path = join(folder, name);
  return readdirSync(path, { withFileTypes: true }).flatMap((entry) => {
    if (entry.isDirectory()) return within(path, entry.name, depth - 1);
    return isMeant(path, entry.name) ? [join(path, entry.name)] : [];
  });
}

/** Whether a file says of itself that it is a table: helpers that tables import do not. */
function isMeant(folder: string, name: string): boolean {
  if (isBeside(name) || !/\.([cm]?[jt]sx?|sql)$/i.test(name)) return false;
  const path = join(folder, name);
  if (!statSync(path, { throwIfNoEntry: false })?.isFile()) return false;
  const text = readFileSync(path, 'utf8');
  return /\.sql$/i.test(name)
    ? /^\s*--\s*each\s*:/im.test(text)
    : /\bexport\s+(const|let|var)\s+table\b|\bexport\s*\{[^}]*\btable\b|\bexports\.table\b/.test(
        text,
      );
}
