/**
 * The folder of answers. A file is one answer as it came, in one line after a line of what is known of it, as
 * JSON and compressed: `{"format":1,"url":…,"received_at":…,…,` and `"answer":…}`. What is known of an answer can so
 * never be of another one. Beside it may lie a note: why the last question brought nothing.
 */
import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { constants, gunzipSync, gzipSync } from 'node:zlib';
import { z } from 'zod';
import { type GameDate, parseGameDate } from '../calendar/game-date.ts';
import { makeFolder } from '../warehouse/make-folder.ts';
import { messageOf } from '../warehouse/message-of.ts';
import { ownName, removeLeftovers } from '../warehouse/own-names.ts';
import { WarehouseError } from '../warehouse/warehouse.ts';
import { type DocumentId, documentKinds, placeOf } from './document.ts';
import type { Trouble } from './trouble.ts';

const day = z.custom<GameDate>((text) => parseGameDate(String(text)) !== undefined);

const head = z.object({
  format: z.literal(1),
  url: z.string(),
  received_at: z.string(),
  asked_on: day,
  games: z.array(z.string()),
  etag: z.string().optional(),
  last_modified: z.string().optional(),
});

/** What is known of an answer that is kept. */
export type AnswerHead = z.infer<typeof head>;

const note = z.object({
  format: z.literal(1),
  asked_at: z.string(),
  asked_on: day,
  outcome: z.enum(['refused', 'absent']),
  trouble: z.custom<Trouble>((value) => typeof value === 'object' && value !== null),
});

/** What the last question brought instead of an answer. */
export type AnswerNote = z.infer<typeof note>;

/** What lies in the folder for a document. */
export interface DocumentState {
  readonly kept: AnswerHead | undefined;
  readonly note: AnswerNote | undefined;
}

const answerEnding = '.json.gz';
const noteEnding = '.note.json';
const partialStart = '.partial-';
/** Whoever asks for the lock writes a file of this name first. */
export const lockStart = '.lock-';
const markFile = 'fetch.json';

/** TRUE for a folder that answers are fetched into. */
export function isAnswersFolder(folder: string): boolean {
  return existsSync(join(folder, markFile));
}

/**
 * Makes the folder ready for whoever holds its lock: what writers before left behind is removed.
 * @throws WarehouseError `surroundings`
 */
export function prepareFolder(folder: string): void {
  writing(folder, () => {
    for (const name of readdirSync(folder)) {
      if (name.startsWith(partialStart)) rmSync(join(folder, name), { force: true });
    }
    removeLeftovers(folder, lockStart);
    if (!isAnswersFolder(folder)) writeWhole(folder, markFile, Buffer.from('{"format":1}\n'));
  });
}

/** Where the answer for a document is kept. */
export function answerPath(folder: string, id: DocumentId): string {
  return join(folder, `${placeOf(id)}${answerEnding}`);
}

/** Reads what is there for a document; only the beginning of an answer is unpacked. */
export function readState(folder: string, id: DocumentId): DocumentState {
  return {
    kept: readHead(answerPath(folder, id)),
    note: parsed(note, readIfThere(join(folder, `${placeOf(id)}${noteEnding}`))?.toString('utf8')),
  };
}

/** The answer that is kept for a document, as it came; `undefined` as well where its file is damaged. */
export function readKeptText(folder: string, id: DocumentId): string | undefined {
  const packed = readIfThere(answerPath(folder, id));
  if (!packed) return undefined;
  const text = unpacked(packed, constants.Z_FINISH);
  if (!text.endsWith('}\n')) return undefined;
  return text.slice(text.indexOf('\n') + answerStart.length + 1, text.lastIndexOf('}'));
}

/** Keeps an answer in the place of the one before, and forgets why there was none. */
export function keepAnswer(folder: string, id: DocumentId, known: AnswerHead, text: string): void {
  const place = placeOf(id);
  writing(folder, () => {
    const whole = `${JSON.stringify(known).slice(0, -1)},\n${answerStart}${text}}\n`;
    writeWhole(folder, `${place}${answerEnding}`, gzipSync(whole));
    rmSync(join(folder, `${place}${noteEnding}`), { force: true });
  });
}

/** Notes why there is no answer, or no newer one. */
export function keepNote(folder: string, id: DocumentId, known: AnswerNote): void {
  const text = `${JSON.stringify(known)}\n`;
  writing(folder, () => writeWhole(folder, `${placeOf(id)}${noteEnding}`, Buffer.from(text)));
}

/** Years of the seasons of which a schedule is kept, ascending. */
export function keptSeasons(folder: string): readonly number[] {
  return namesIn(join(folder, 'schedule'))
    .filter((name) => /^\d{4}-\d\d\.json\.gz$/.test(name))
    .map((name) => Number(name.slice(0, 4)))
    .sort();
}

/** Paths of all answers that are kept, by kind and season: those that are loaded as one table. */
export function keptFiles(folder: string): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, readonly string[]>();
  for (const kind of documentKinds) {
    for (const name of namesIn(join(folder, kind))) {
      // Systems and editors leave files of their own, whose names begin with a dot.
      const own = (names: readonly string[]) =>
        names.filter((one) => one.endsWith(answerEnding) && !one.startsWith('.'));
      const paths =
        kind === 'schedule'
          ? own([name]).map((file) => join(folder, kind, file))
          : own(namesIn(join(folder, kind, name))).map((file) => join(folder, kind, name, file));
      if (paths.length > 0) groups.set(`${kind}_${name.replace(answerEnding, '')}`, paths.sort());
    }
  }
  return groups;
}

const answerStart = '"answer":';

/** A head is far shorter, but for a schedule, which names all games of a season. */
const headBytes = 4096;

function readHead(path: string): AnswerHead | undefined {
  for (let bytes = headBytes; ; bytes *= 8) {
    const packed = readIfThere(path, bytes);
    if (!packed) return undefined;
    // A part can be unpacked as far as it goes.
    const text = unpacked(packed, constants.Z_SYNC_FLUSH);
    const end = text.indexOf(`,\n${answerStart}`);
    if (end >= 0) return parsed(head, `${text.slice(0, end)}}`);
    if (packed.length < bytes) return undefined;
  }
}

function unpacked(packed: Buffer, finishFlush: number): string {
  try {
    return gunzipSync(packed, { finishFlush }).toString('utf8');
  } catch {
    return '';
  }
}

/** A file that nobody here has written says nothing. */
function parsed<T>(shape: z.ZodType<T>, text: string | undefined): T | undefined {
  if (text === undefined) return undefined;
  try {
    return shape.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

function readIfThere(path: string, most?: number): Buffer | undefined {
  return ifThere(path, () => {
    if (most === undefined) return readFileSync(path);
    const file = openSync(path, 'r');
    try {
      const start = Buffer.alloc(most);
      return start.subarray(0, readSync(file, start, 0, most, 0));
    } finally {
      closeSync(file);
    }
  });
}

function namesIn(folder: string): readonly string[] {
  return ifThere(folder, () => readdirSync(folder)) ?? [];
}

/** Codes by which a system says that there is no such file or folder. */
const notThere = ['ENOENT', 'ENOTDIR', 'EISDIR'];

/** Reads what may be absent. @throws WarehouseError `surroundings` when it is there and cannot be read. */
function ifThere<T>(path: string, read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (notThere.includes(code)) return undefined;
    throw new WarehouseError('surroundings', `cannot read "${path}": ${messageOf(error)}`);
  }
}

/** Writes a file that is there as a whole or not at all, also after the power has failed. */
function writeWhole(folder: string, place: string, content: Buffer): void {
  const target = join(folder, place);
  makeFolder(dirname(target));
  const partial = ownName(join(folder, partialStart));
  const file = openSync(partial, 'wx');
  try {
    writeFileSync(file, content);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(partial, target);
  syncFolder(dirname(target));
}

function syncFolder(folder: string): void {
  try {
    const opened = openSync(folder, 'r');
    try {
      fsyncSync(opened);
    } finally {
      closeSync(opened);
    }
  } catch {
    // Not every system lets a folder be opened; the file itself is on the disk.
  }
}

/** Does work that writes. @throws WarehouseError `surroundings` when the folder cannot be written. */
export function writing<T>(folder: string, work: () => T): T {
  try {
    makeFolder(folder);
    return work();
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    throw new WarehouseError(
      'surroundings',
      `cannot write to the folder "${folder}": ${messageOf(error)}`,
    );
  }
}
