import { realpathSync, renameSync, rmSync, type Stats, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { UsageError } from '../../engine/usage-error.ts';
import { withAdvice } from '../../warehouse/duckdb/errors.ts';
import { isOfDuckDb } from '../../warehouse/duckdb/is-of-duckdb.ts';
import { messageOf } from '../../warehouse/message-of.ts';
import { ownName, removeLeftovers } from '../../warehouse/own-names.ts';
import { WarehouseError } from '../../warehouse/warehouse.ts';

/** A file that a flag names to be written. */
export interface OutputFile {
  readonly flag: '--out' | '--save' | '--to';
  readonly path: string;
  /** Whether a file that stands there, and is no warehouse, may be replaced; never unless given. */
  readonly mayReplace?: () => boolean;
}

/**
 * Looks at a place before anything is computed for it.
 * @throws UsageError when no file can stand there, or one stands there that must not be replaced: never a
 * warehouse, a folder, a pipe or a device, and another file only with --overwrite. WarehouseError
 * `surroundings` when its folder is not there or cannot be looked at.
 */
export function checkOutputFile({ flag, path, mayReplace }: OutputFile): void {
  const refuse = (why: string) => new UsageError(`${flag} "${path}": ${why}`);
  if (path.trim() === '') throw refuse('it must name a file');
  if (/^\w+:\/\//.test(path)) throw refuse('only a file of this machine can be written');
  const there = look(flag, path);
  if (there === undefined) {
    const folder = dirname(path);
    if (look(flag, folder)?.isDirectory() !== true) {
      throw new WarehouseError(
        'surroundings',
        `cannot write "${path}": there is no folder "${folder}"; make it first`,
      );
    }
    if (isOfDuckDb(path)) throw refuse(ofDuckDb);
    return;
  }
  if (there.isDirectory()) throw refuse('it is a folder');
  if (!there.isFile()) throw refuse('it is a pipe or a device, not a file');
  if (isOfDuckDb(realpathSync(path))) throw refuse(ofDuckDb);
  if (!mayReplace) throw refuse('a file stands there');
  if (!mayReplace()) throw new UsageError(`"${path}" exists; replace it with --overwrite`);
}

const ofDuckDb = 'it is a file of DuckDB, perhaps a warehouse, and is not replaced';

function look(flag: string, path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    if (code === 'ENAMETOOLONG') throw new UsageError(`${flag} "${path}": the name is too long`);
    throw new WarehouseError(
      'surroundings',
      `cannot look at ${flag} "${path}": ${messageOf(error)}`,
    );
  }
}

/**
 * So many letters of a file's name are kept that it is still short enough for a name with a mark behind it.
 */
const keptLetters = 40;

/**
 * Writes a file that appears only when it is whole: one that is cut short must not look like a whole one, and
 * the one before it stands until then.
 * @param write gets the place to write to.
 * @throws WarehouseError `surroundings`, with the name of the file, when it cannot be written.
 */
export async function writeWhole<T>(
  path: string,
  write: (partial: string) => Promise<T>,
): Promise<T> {
  const target = look('', path) === undefined ? resolve(path) : realpathSync(path);
  const folder = dirname(target);
  const start = `${[...basename(target)].slice(0, keptLetters).join('')}.partial-`;
  removeLeftovers(folder, start);
  const partial = ownName(join(folder, start));
  try {
    const written = await write(partial);
    renameSync(partial, target);
    return written;
  } catch (error) {
    rmSync(partial, { force: true });
    if (error instanceof WarehouseError && error.kind !== 'surroundings') throw error;
    if (!(error instanceof WarehouseError) && !(error instanceof Error && 'code' in error)) {
      throw error;
    }
    const why =
      error instanceof WarehouseError
        ? error.message
        : `cannot write "${path}": ${withAdvice(messageOf(error))}`;
    throw new WarehouseError('surroundings', why.replaceAll(partial, path));
  }
}
