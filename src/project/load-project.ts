import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import module from 'node:module';
import { basename, extname, isAbsolute, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { compileSqlTable } from '../measures/compile-sql-table.ts';
import { compileTable } from '../measures/compile-table.ts';
import type { OwnTable } from '../measures/own-table.ts';
import { parseQueries } from '../measures/parse-queries.ts';
import { readOwnTable } from '../measures/read-own-table.ts';
import { isReserved } from '../measures/reserved-words.ts';
import { tableIn } from '../measures/source-column.ts';
import { readSqlTable, type SqlTable } from '../measures/sql-table.ts';
import { BadDefinition } from '../table/bad-definition.ts';
import { builtInDatasets, type TableDefinition } from '../table/table-definition.ts';
import {
  type BrokenTable,
  makeTableRegistry,
  type TableRegistry,
} from '../table/table-registry.ts';
import { codeEndings, projectFile } from './project-file.ts';

/** A project that is in force: a folder with `backcourt.config.ts`. */
export interface Project {
  readonly folder: string;
  /** The warehouse that it names, as seen from where the command was called. */
  readonly warehouse: string | undefined;
  readonly dataset: string;
  readonly tables: string;
}

const dataset = z
  .string()
  .regex(/^[a-z][a-z0-9_]*$/, 'lower case letters, digits and _ only')
  .refine(
    (name) =>
      !isReserved(name) &&
      ![...builtInDatasets, 'main', 'temp', 'system', 'pg_catalog', 'information_schema'].includes(
        name,
      ),
    'is not for own tables',
  );

const settings = z.strictObject({
  backcourt: z.literal('project'),
  warehouse: z.string().min(1).optional(),
  tables: z.string().min(1).default('tables'),
  dataset: dataset.default('my_tables'),
});

/** Where a definition is written. */
export interface DefinedAt {
  readonly name: string;
  readonly definedIn: string;
}

/**
 * Reads what a project is.
 * @param folder with a `backcourt.config.ts`.
 * @throws BadDefinition when it cannot be read or says something else.
 */
export async function readProject(folder: string): Promise<Project> {
  const file = projectFile(folder);
  const at = (path: string) => ({ name: 'project', definedIn: path });
  if (file === undefined) {
    const what = existsSync(folder)
      ? 'there is no backcourt.config.ts in this folder; new project writes what one begins with'
      : 'there is no such folder; new project makes one';
    throw new BadDefinition(at(folder), what);
  }
  const { project } = await importOwn(file, at(file));
  const read = settings.safeParse(project);
  if (!read.success) {
    const [issue] = read.error.issues;
    const what =
      project === undefined
        ? 'it exports no "project"'
        : `${issue?.path.join('.')}: ${issue?.message}`;
    throw new BadDefinition(at(file), what);
  }
  const { warehouse, dataset: own, tables } = read.data;
  const isPlace = warehouse !== undefined && (isAbsolute(warehouse) || /^\w{2,}:/.test(warehouse));
  return {
    folder,
    warehouse: warehouse === undefined || isPlace ? warehouse : join(folder, warehouse),
    dataset: own,
    tables: join(folder, tables),
  };
}

/**
 * The tables that come with Backcourt and those of a project. One that is wrong stops itself and those that are made
 * of it, and nothing else.
 */
export async function addOwnTables(
  builtIn: TableRegistry,
  project: Project,
): Promise<TableRegistry> {
  const broken: BrokenTable[] = [];
  const declared = new Map<string, Declared>();
  for (const path of ownFiles(project.tables)) {
    const name = basename(path, extname(path));
    const file = relative(process.cwd(), path) || path;
    const at = { name, definedIn: file };
    const error = await attempt(async () => {
      const own =
        extname(path) === '.sql'
          ? readSqlTable(readFileSync(path, 'utf8'), at)
          : await readDeclared(path, at);
      if (own.name !== name)
        throw new BadDefinition(at, `its table is called "${own.name}", and not like its file`);
      if (isReserved(name)) throw new BadDefinition(at, 'the name of the table is a word of SQL');
      if (declared.has(name))
        throw new BadDefinition(at, `${declared.get(name)?.file} is a table of this name`);
      if (builtIn.get(name)) throw new BadDefinition(at, 'Backcourt has a table of this name');
      declared.set(name, { own, file });
    });
    if (error !== undefined) broken.push({ name, file, error });
  }
  const queries = [...declared.values()].flatMap(({ own }) => ('query' in own ? [own] : []));
  const trees = await parseQueries(queries.map(({ query }) => query));
  const parsed = new Map(queries.map((own, index) => [own, trees[index]]));
  let tables = builtIn;
  const made: TableDefinition[] = [];
  for (const { own, file } of inOrder(declared)) {
    const error = await attempt(async () => {
      const place = { file, dataset: project.dataset };
      const table =
        'query' in own
          ? compileSqlTable(tables, own, parsed.get(own) ?? unread(own), place)
          : compileTable(tables, own, place);
      const more = makeTableRegistry([...builtIn.all, ...made, table]);
      made.push(table);
      tables = more;
    });
    if (error !== undefined) broken.push({ name: own.name, file, error });
  }
  return { ...tables, broken };
}

function unread({ name }: SqlTable): never {
  throw new Error(`the query of ${name} was not read`);
}

/** A table as its file says it. */
interface Declared {
  readonly own: OwnTable | SqlTable;
  readonly file: string;
}

async function readDeclared(path: string, at: DefinedAt): Promise<OwnTable> {
  const { table } = await importOwn(path, at);
  if (table === undefined) throw new BadDefinition(at, 'it exports no "table"');
  return readOwnTable(table, at);
}

/** A table comes after those that it is made of, as far as there is such an order. */
function inOrder(declared: ReadonlyMap<string, Declared>): readonly Declared[] {
  const ordered = new Set<Declared>();
  const visit = (name: string, path: readonly string[]) => {
    const entry = declared.get(name);
    if (!entry || ordered.has(entry) || path.includes(name)) return;
    for (const read of tablesRead(entry.own)) visit(read, [...path, name]);
    ordered.add(entry);
  };
  for (const name of declared.keys()) visit(name, []);
  return [...ordered];
}

function tablesRead(own: OwnTable | SqlTable): readonly string[] {
  return 'query' in own
    ? own.reads.map(({ table }) => table)
    : own.measures.flatMap(({ of }) => tableIn(of) ?? []);
}

function ownFiles(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter(
      (name) =>
        [...codeEndings, '.sql'].includes(extname(name)) &&
        !/\.(fixture|test|spec|d)\.\w+$/.test(name),
    )
    .sort()
    .map((name) => join(folder, name));
}

async function attempt(work: () => Promise<void>): Promise<string | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    if (error instanceof BadDefinition) return error.message;
    throw error;
  }
}

/** @throws BadDefinition when the file cannot be read, or ends in an error. */
export async function importOwn(
  path: string,
  at: DefinedAt,
): Promise<Readonly<Record<string, unknown>>> {
  answerForBackcourt();
  const url = pathToFileURL(path).href;
  try {
    // A process that opens the project again must not be given the file as it was.
    return await import(`${url}?${statSync(path).mtimeMs}`);
  } catch (error) {
    const what = error instanceof Error ? error.message : String(error);
    throw new BadDefinition(at, lineOf(error, url) + what);
  }
}

/** `line 3: ` where an error tells of a place in the file, which only its stack does. */
function lineOf(error: unknown, url: string): string {
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  const [, behind = ''] = stack.split(url, 2);
  const [, line] = /^(?:\?[\d.]+)?:(\d+)/.exec(behind) ?? [];
  return line === undefined ? '' : `line ${line}: `;
}

let isAnswered = false;

/**
 * Own files import `backcourt`, and get that of the running command, whether or not one is installed beside them: a
 * second version could mean something else.
 */
function answerForBackcourt(): void {
  if (isAnswered) return;
  isAnswered = true;
  const url = apiModule();
  module.registerHooks({
    resolve: (specifier, context, next) =>
      specifier === 'backcourt' ? { url, shortCircuit: true } : next(specifier, context),
  });
}

/** Found from the sources as well as from both of their compiled forms. */
function apiModule(): string {
  const places = [
    '../api/index.ts',
    '../api/index.js',
    '../../src/api/index.js',
    '../src/api/index.js',
  ];
  const found = places
    .map((place) => new URL(place, import.meta.url))
    .find((url) => existsSync(url));
  if (!found) throw new Error('the module of own tables is gone');
  return found.href;
}
