import { existsSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { packageRoot } from '../../engine/this-process.ts';
import { UsageError } from '../../engine/usage-error.ts';
import { isReserved } from '../../measures/reserved-words.ts';
import { quote } from '../../plan/quote.ts';
import { type NewFile, newProject, newTable } from '../../project/new-files.ts';
import { toJson } from '../../report/words/json.ts';
import type { TableRegistry } from '../../table/table-registry.ts';
import { makeFolder } from '../../warehouse/make-folder.ts';
import { messageOf } from '../../warehouse/message-of.ts';
import { WarehouseError } from '../../warehouse/warehouse.ts';
import type { VerbContext } from '../cli-context.ts';
import { common } from '../options/common-inputs.ts';
import { offering, valueOr, word } from '../options/input.ts';
import { printReport } from '../output/print-report.ts';
import { defineVerb } from '../verb.ts';

/** Writes the files that a project or a table of one's own begins with, and nothing over what is there. */
export const newVerb = defineVerb({
  inputs: {
    what: offering(['project', 'table'], word('project, or table')),
    name: word('the folder of the project, or the name of the table'),
    each: offering(
      ['player', 'team'],
      valueOr<string>(
        'player',
        '<who>',
        'whom a row of the table is of: player or team',
        (text) => text,
      ),
    ),
    json: common.json,
  },
  notes: 'What can be written in a table: docs/own-tables.md',
  example: ['backcourt new project my-features', 'backcourt new table steals_form'],
  async run(context, tables, { what, name, each, json }) {
    const made =
      what === 'project' ? ofProject(context, name) : ofTable(context, tables, what, name, each);
    const { folder, files, next } = made;
    const there = files.find(({ path }) => existsSync(join(folder, path)));
    if (there) throw new UsageError(`"${join(folder, there.path)}" exists, and is left as it is`);
    for (const file of files) write(folder, file);
    printReport(context, json, {
      lines: [
        ...files.map(({ path }) => `made ${join(folder, path)}`),
        '',
        'next:',
        ...next.map((line) => `  ${line}`),
      ],
      json: [toJson({ type: 'new', files: files.map(({ path }) => join(folder, path)) })],
    });
    return 0;
  },
});

interface Made {
  readonly folder: string;
  readonly files: readonly NewFile[];
  readonly next: readonly string[];
}

function ofProject({ packageVersion, invocation }: VerbContext, folder: string): Made {
  const name = basename(resolve(folder))
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
  return {
    folder,
    files: newProject(name || 'features', dependency(packageVersion)),
    // Where the command is found here, it need not be found in the new folder.
    next: ['test', 'ingest <files>', 'run --backfill'].map(
      (line) => `${invocation.command} --project ${quote(folder)} ${line}`,
    ),
  };
}

/** What the project gets its types from: the package that is installed, or the checkout that runs. */
function dependency(version: string): string {
  const root = packageRoot();
  const isCheckout = root !== undefined && !root.split(sep).includes('node_modules');
  return isCheckout ? `file:${root}` : `^${version}`;
}

function ofTable(
  { project, command }: VerbContext,
  tables: TableRegistry,
  what: string,
  name: string,
  each: string,
): Made {
  if (what !== 'table') throw new UsageError(`"${what}" is neither project nor table`);
  if (each !== 'player' && each !== 'team')
    throw new UsageError(`--each "${each}": player or team`);
  if (!/^[a-z][a-z0-9_]*$/.test(name))
    throw new UsageError(`"${name}": lower case letters, digits and _ only, and a letter first`);
  if (isReserved(name)) throw new UsageError(`"${name}" is a word of SQL, and can name no table`);
  if (!project)
    throw new UsageError(
      `there is no backcourt.config.ts here; make a project first: ${command('new project <folder>')}`,
    );
  const isTaken = tables.get(name) ?? tables.broken.find((table) => table.name === name);
  if (isTaken) throw new UsageError(`there is a table "${name}" already`);
  return {
    // The folder of tables may be an absolute path.
    folder: '',
    files: newTable(name, each, project.tables),
    next: [command(`test ${name}`), command(`run --backfill --tables ${name}`)],
  };
}

function write(folder: string, { path, text }: NewFile): void {
  const target = join(folder, path);
  try {
    makeFolder(dirname(target));
    writeFileSync(target, text, { flag: 'wx' });
  } catch (error) {
    throw new WarehouseError('surroundings', `cannot write "${target}": ${messageOf(error)}`);
  }
}
