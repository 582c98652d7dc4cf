import { existsSync, readFileSync } from 'node:fs';
import { basename, extname, isAbsolute, join } from 'node:path';
import { z } from 'zod';
import { compileSqlTable } from '../measures/compile-sql-table.ts';
import { compileTable } from '../measures/compile-table.ts';
import type { OwnTable } from '../measures/own-table.ts';
import { type ParsedQuery, parseQueries } from '../measures/parse-queries.ts';
import { readOwnTable } from '../measures/read-own-table.ts';
import { isReserved } from '../measures/reserved-words.ts';
import { tableIn } from '../measures/source-column.ts';
import { readSqlTable, type SqlTable } from '../measures/sql-table.ts';
import { BadDefinition } from '../table/bad-definition.ts';
import { didYouMean } from '../table/nearest-name.ts';
import { builtInDatasets, type TableDefinition } from '../table/table-definition.ts';
import {
  type BrokenTable,
  makeTableRegistry,
  type TableRegistry,
} from '../table/table-registry.ts';
import { type DefinedAt, importOwn, lateErrorOf, takeApart } from './import-own.ts';
import { ownFiles } from './own-files.ts';
import { projectFile } from './project-file.ts';
import { shownPath } from './shown-path.ts';

/** A project that is in force: a folder with `backcourt.config.ts`. */
export interface Project {
  readonly folder: string;
  /** The warehouse that it names, as seen from where the command was called. */
  readonly warehouse: string | undefined;
  readonly dataset: string;
  readonly tables: string;
}

/** Schemas that are there already, and catalogs of DuckDB, which are looked for first where a table is named. */
const takenDatasets: readonly string[] = [
  ...builtInDatasets,
  ...['main', 'temp', 'system', 'pg_catalog', 'information_schema'],
  ...['memory', 'warehouse_file', 'backcourt_staging', 'without_log'],
];

const dataset = z
  .string()
  .regex(/^[a-z][a-z0-9_]*$/, 'lower case letters, digits and _ only')
  .refine((name) => !isReserved(name) && !takenDatasets.includes(name), 'is not for own tables');

const settings = z.strictObject({
  backcourt: z.literal('project'),
  warehouse: z.string().min(1).optional(),
  tables: z.string().min(1).default('tables'),
  dataset: dataset.default('my_tables'),
});

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
  const { warehouse, dataset: own, tables } = readSettings(project, at(file));
  const isPlace = warehouse !== undefined && (isAbsolute(warehouse) || /^\w{2,}:/.test(warehouse));
  return {
    folder,
    warehouse: warehouse === undefined || isPlace ? warehouse : join(folder, warehouse),
    dataset: own,
    tables: isAbsolute(tables) ? tables : join(folder, tables),
  };
}

/** @throws BadDefinition */
function readSettings(project: unknown, at: DefinedAt): z.infer<typeof settings> {
  if (project === undefined) throw new BadDefinition(at, exportsNo('project', 'defineProject'));
  const read = takeApart(at, () => settings.safeParse(project));
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const [unknown] = issue?.code === 'unrecognized_keys' ? issue.keys : [];
  const known = Object.keys(settings.shape).filter((key) => key !== 'backcourt');
  const where = issue?.path.join('.') ?? '';
  throw new BadDefinition(
    at,
    unknown === undefined
      ? `${where === '' ? '' : `${where}: `}${issue?.message}`
      : `there is no setting "${unknown}"${didYouMean(unknown, known)}; there are ${known.join(', ')}`,
  );
}

function exportsNo(name: string, by: string): string {
  return `it exports no "${name}": export const ${name} = ${by}({ … })`;
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
  for (const path of ownFiles(project.tables).files) {
    const name = basename(path, extname(path));
    const file = shownPath(path);
    const at = { name, definedIn: file };
    const error = await attempt(async () => {
      if (!/^[a-z][a-z0-9_]*$/.test(name))
        throw new BadDefinition(
          at,
          `a table is called like its file, "${name}": lower case letters, digits and _ only, and a letter first`,
        );
      const own = await readDeclared(path, at);
      if (own.name !== name)
        throw new BadDefinition(at, `its table is called "${own.name}", and not like its file`);
      if (isReserved(name)) throw new BadDefinition(at, 'the name of the table is a word of SQL');
      if (declared.has(name))
        throw new BadDefinition(at, `${declared.get(name)?.file} is a table of this name`);
      if (builtIn.get(name)) throw new BadDefinition(at, 'Backcourt has a table of this name');
      declared.set(name, { own, file, path });
    });
    if (error !== undefined) broken.push({ name, file, error });
  }
  for (const [name, { file, path }] of [...declared]) {
    const late = lateErrorOf(path);
    if (late === undefined) continue;
    declared.delete(name);
    const { message } = new BadDefinition({ name, definedIn: file }, late);
    broken.push({ name, file, error: message });
  }
  const parsedOf = await queriesOf(declared);
  let tables = builtIn;
  const made: TableDefinition[] = [];
  for (const one of inOrder(declared)) {
    const { own, file } = one;
    const error = await attempt(async () => {
      refuseReads(one, declared, (name) =>
        tables.get(name) ? undefined : broken.find((table) => table.name === name),
      );
      const place = { file, dataset: project.dataset };
      const table =
        'query' in own
          ? compileSqlTable(tables, own, parsedOf(own), place)
          : compileTable(tables, own, place);
      const more = makeTableRegistry([...builtIn.all, ...made, table]);
      made.push(table);
      tables = more;
    });
    if (error !== undefined) broken.push({ name: own.name, file, error });
  }
  return { ...tables, broken };
}

/** The trees of all queries, which one parser reads. */
async function queriesOf(
  declared: ReadonlyMap<string, Declared>,
): Promise<(own: SqlTable) => ParsedQuery> {
  const queries = [...declared.values()].flatMap(({ own }) => ('query' in own ? [own] : []));
  const trees = await parseQueries(queries.map(({ query }) => query));
  const parsed = new Map(queries.map((own, index) => [own, trees[index]]));
  return (own) => {
    const tree = parsed.get(own);
    if (!tree) throw new Error(`the query of ${own.name} was not read`);
    return tree;
  };
}

/** A table as its file says it. */
interface Declared {
  readonly own: OwnTable | SqlTable;
  /** As it is to be named. */
  readonly file: string;
  readonly path: string;
}

async function readDeclared(path: string, at: DefinedAt): Promise<OwnTable | SqlTable> {
  if (extname(path) === '.sql') return readSqlTable(textOf(path, at), at);
  const { table } = await importOwn(path, at);
  if (table === undefined) throw new BadDefinition(at, exportsNo('table', 'playerTable'));
  return takeApart(at, () => readOwnTable(table, at));
}

/** @throws BadDefinition for a folder, or a link to nothing. */
function textOf(path: string, at: DefinedAt): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new BadDefinition(
      at,
      `it cannot be read: ${error instanceof Error ? error.message : error}`,
    );
  }
}

/**
 * What is read has to stand before it.
 * @throws BadDefinition that names the cycle, or the table that is left out.
 */
function refuseReads(
  { own, file }: Declared,
  declared: ReadonlyMap<string, Declared>,
  findBroken: (name: string) => BrokenTable | undefined,
): void {
  const at = { name: own.name, definedIn: file };
  const cycle = cycleOf(own.name, declared);
  if (cycle) throw new BadDefinition(at, `${cycle.join(' → ')} is a cycle: no table comes first`);
  const lacking = tablesRead(own).find(findBroken);
  if (lacking !== undefined)
    throw new BadDefinition(at, `it reads ${lacking}, which is wrong itself and left out`);
}

/** The shortest way from a table back to itself, both ends included; `undefined` when there is none. */
function cycleOf(
  name: string,
  declared: ReadonlyMap<string, Declared>,
): readonly string[] | undefined {
  const seen = new Set<string>();
  let paths: readonly (readonly string[])[] = [[name]];
  while (paths.length > 0) {
    paths = paths.flatMap((path) => {
      const last = declared.get(path.at(-1) ?? '');
      return last ? tablesRead(last.own).map((read) => [...path, read]) : [];
    });
    const back = paths.find((path) => path.at(-1) === name);
    if (back) return back;
    paths = paths.filter((path) => {
      const last = path.at(-1) ?? '';
      const isNew = !seen.has(last);
      seen.add(last);
      return isNew;
    });
  }
  return undefined;
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

async function attempt(work: () => Promise<void>): Promise<string | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    if (error instanceof BadDefinition) return error.message;
    throw error;
  }
}
