import { type Stats, statSync } from 'node:fs';
import { isLiteralName } from '../../warehouse/duckdb/literal-file.ts';
import { messageOf } from '../../warehouse/message-of.ts';
import { BadInput } from './bad-input.ts';

/** @throws BadInput when a path names no file that can be read twice, from its beginning to its end. */
export function checkSourcePath(path: string): void {
  const there = look(path);
  if (there === undefined) throw new BadInput(`no such file: "${path}"`);
  if (there.isDirectory()) throw new BadInput(`"${path}" is a folder; name the files in it`);
  if (!there.isFile()) {
    throw new BadInput(`"${path}" is a pipe or a device; write what comes from it to a file`);
  }
  if (!isLiteralName(path)) {
    throw new BadInput(`"${path}" cannot be read by this name; take the backslash out of it`);
  }
}

function look(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch (error) {
    const why = messageOf(error);
    throw new BadInput(`cannot read "${path}": ${why}`);
  }
}
