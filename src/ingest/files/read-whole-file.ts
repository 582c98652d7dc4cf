import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { messageOf } from '../../warehouse/message-of.ts';

export interface WholeFile {
  readonly bytes: number;
  readonly sha256: string;
  /** Why a compressed file is not whole: cut off, or its checksum does not fit. */
  readonly damage: string | undefined;
}

/**
 * Reads every byte of a file, of whatever size, and holds none. An engine takes a compressed file that is
 * cut off for a shorter one.
 */
export async function readWholeFile(path: string): Promise<WholeFile> {
  const hash = createHash('sha256');
  let bytes = 0;
  const unpacking = /\.gz$/i.test(path) ? unpack(path) : undefined;
  for await (const chunk of createReadStream(path, { highWaterMark: 1_048_576 })) {
    hash.update(chunk as Buffer);
    bytes += (chunk as Buffer).length;
  }
  return { bytes, sha256: hash.digest('hex'), damage: await unpacking };
}

/** Unpacks a file to nowhere. @returns what is wrong with it. */
async function unpack(path: string): Promise<string | undefined> {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  try {
    await pipeline(createReadStream(path), createGunzip({ chunkSize: 1_048_576 }), nowhere);
    return undefined;
  } catch (error) {
    return `the compressed data is damaged: ${messageOf(error)}`;
  }
}
