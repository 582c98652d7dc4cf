import { existsSync, statSync } from 'node:fs';
import module from 'node:module';
import { pathToFileURL } from 'node:url';
import { BadDefinition } from '../table/bad-definition.ts';

/** Where a definition is written. */
export interface DefinedAt {
  readonly name: string;
  readonly definedIn: string;
}

/** Longest that a file may take to be carried out, in seconds. */
const patience = 10;

/**
 * What a file of a project exports. Whatever goes wrong while it is carried out is told of the file: it may throw at once or
 * later, end the process, or never come to an end.
 * @param seconds after which it is given up.
 * @throws BadDefinition when the file cannot be read, or ends in an error.
 */
export async function importOwn(
  path: string,
  at: DefinedAt,
  seconds = patience,
): Promise<Readonly<Record<string, unknown>>> {
  answerForBackcourt();
  const url = pathToFileURL(path).href;
  carriedOut.set(url, at.definedIn);
  lateErrors.delete(url);
  const watch = watchOver(url, seconds);
  try {
    // A process that opens the project again must not be given the file as it was.
    const loaded = import(`${url}?${statSync(path).mtimeMs}`);
    loaded.catch(() => undefined);
    const exported: Readonly<Record<string, unknown>> = await Promise.race([loaded, watch.failure]);
    // A promise that it has left rejected is heard of only now.
    await Promise.race([new Promise(setImmediate), watch.failure]);
    return exported;
  } catch (error) {
    throw new BadDefinition(at, lineOf(error, url) + messageOf(error));
  } finally {
    watch.end();
  }
}

/** Files of projects that this process has carried out, by their address, as they are to be named. */
const carriedOut = new Map<string, string>();

/** What has gone wrong in such a file when it was read already. */
const lateErrors = new Map<string, string>();

/** Whether code of a project has been carried out, of which something may still be at work. */
export function hasCarriedOut(): boolean {
  return carriedOut.size > 0;
}

/** What has gone wrong in a file since it was read; `undefined` where nothing has. */
export function lateErrorOf(path: string): string | undefined {
  return lateErrors.get(pathToFileURL(path).href);
}

/** An error that code of a project has thrown, with its file and line; `undefined` for any other. */
export function ownError(error: unknown): string | undefined {
  const url = thrower(error);
  return url && `${carriedOut.get(url)}: ${lineOf(error, url)}${messageOf(error)}`;
}

/** The address of the file that an error comes from, among those that were carried out. */
function thrower(error: unknown): string | undefined {
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  return [...carriedOut.keys()].find((url) => stack.includes(`${url}?`));
}

/**
 * Does what takes a declaration apart: a getter or proxy of a file is code of the file, and may throw as that does.
 * @throws BadDefinition
 */
export function takeApart<T>(at: DefinedAt, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof BadDefinition) throw error;
    throw new BadDefinition(at, `what it exports cannot be read: ${messageOf(error)}`);
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

interface Watch {
  /** Rejects with what goes wrong beside the import itself. */
  readonly failure: Promise<never>;
  end(): void;
}

/** While a file is carried out, nothing of it ends the process. */
function watchOver(url: string, seconds: number): Watch {
  const { promise, reject } = Promise.withResolvers<never>();
  // It may fail when nobody waits for it any more.
  promise.catch(() => undefined);
  const timer = setTimeout(
    () => reject(new Error(`it has not come to an end after ${seconds} s, and is given up`)),
    seconds * 1000,
  );
  const leave = process.exit;
  process.exit = () => {
    const error = new Error('it calls process.exit, which ends no more than the reading of it');
    reject(error);
    throw error;
  };
  const onError = (error: unknown) => {
    const other = thrower(error);
    if (other === undefined || other === url) reject(error);
    else lateErrors.set(other, lineOf(error, other) + messageOf(error));
  };
  process.on('unhandledRejection', onError);
  process.on('uncaughtException', onError);
  return {
    failure: promise,
    end: () => {
      clearTimeout(timer);
      process.exit = leave;
      process.off('unhandledRejection', onError);
      process.off('uncaughtException', onError);
    },
  };
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
