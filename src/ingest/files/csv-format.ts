import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { constants, createGunzip } from 'node:zlib';
import { BadInput } from './bad-input.ts';
import { FaultyFile } from './faulty-file.ts';
import type { DamagedFile } from './ingest-report.ts';
import { readWholeFile } from './read-whole-file.ts';
import { unreadableFile } from './unreadable-file.ts';

/** How a CSV file is written. Quote and escape are `"` in every file, and the first row names the columns. */
export interface CsvFormat {
  readonly encoding: 'utf-8' | 'utf-16';
  readonly delimiter: string;
  /** Lines above the one with the column names: a title, or nothing. */
  readonly linesAbove: number;
  /** Names in the order of the file, made unique. */
  readonly columns: readonly string[];
}

const delimiters = [',', ';', '\t', '|'];

/** How files begin that are named like CSV and are none, in lower case, and what to do with them. */
const otherFormats: readonly (readonly [string, string])[] = [
  ['pk\u0003\u0004', 'it is a workbook or another zip file; save its sheet as CSV'],
  ['\u00f0\u00ef\u0011\u00e0', 'it is a workbook; save its sheet as CSV'],
  ...['bzh', '\u00fd7zxz', '(\u00b5/\u00fd', '7z\u00bc\u00af'].map(
    (begin) => [begin, 'it is compressed otherwise than with gzip; unpack it'] as const,
  ),
  ...['[{', '{"', '[ {', '{ "', '[\n', '{\n', '[\r', '{\r'].map(
    (begin) => [begin, 'it is JSON; name it .json'] as const,
  ),
  ['sqlite format', 'it is a database; write its table as Parquet or CSV'],
  ['\u001f\u008b', 'it is compressed; name it .csv.gz'],
  ['par1', 'it is Parquet; name it .parquet'],
  ...['<!doctype', '<html', '<?xml'].map(
    (begin) => [begin, 'it is a page of the web in the place of a file; load it again'] as const,
  ),
  ...['\u00fe\u00ff', '\0'].map(
    (begin) => [begin, 'it is UTF-16 of the other order of bytes; save it as UTF-8'] as const,
  ),
];

/** TRUE for UTF-16 as Windows writes it, with its mark or without. */
function isUtf16(head: Buffer): boolean {
  return head.length > 1 && (head.readUInt16LE(0) === 0xfeff || (head[0] !== 0 && head[1] === 0));
}

const headBytes = 65_536;
const headLines = 20;

/**
 * Reads the column names of a CSV file, compressed or not. Left to a sample of the file, an engine would
 * read a file whose quotes begin late by another rule than one whose quotes begin early.
 * @returns why the file is refused when it is none.
 * @throws FaultyFile when the file is empty.
 */
export async function readCsvFormat(path: string): Promise<CsvFormat | DamagedFile> {
  const head = await readHead(path);
  const begin = head.toString('latin1').trimStart().toLowerCase();
  const other = otherFormats.find(([format]) => begin.startsWith(format));
  if (other) return { name: basename(path), reason: other[1] };
  if (head.length === 0 && /\.gz$/i.test(path)) {
    const { damage } = await readWholeFile(path);
    if (damage !== undefined) return unreadableFile(basename(path), damage);
  }
  const encoding = isUtf16(head) ? 'utf-16' : 'utf-8';
  const text = head.toString(encoding === 'utf-16' ? 'utf16le' : 'utf8').replace(/^\uFEFF/, '');
  const lines = text.split(/\r\n|\n|\r/).slice(0, headLines);
  const written = lines.filter((line) => line.trim() !== '');
  if (written.length === 0) {
    throw new FaultyFile(`"${path}" is empty`);
  }
  if (written[0]?.includes('\0')) {
    return { name: basename(path), reason: 'it has zero bytes; save it as UTF-8' };
  }
  const [delimiter, width] = delimiters
    .map((candidate) => [candidate, commonWidth(written, candidate)] as const)
    .reduce((best, other) => (other[1] > best[1] ? other : best));
  const linesAbove = lines.findIndex((line) => fields(line, delimiter).length === width);
  const names = fields(lines[linesAbove] ?? '', delimiter);
  const fault = headingFault(names, fields(lines[linesAbove - 1] ?? '', delimiter));
  if (fault !== undefined) return { name: basename(path), reason: fault };
  return { encoding, delimiter, linesAbove, columns: unique(names) };
}

/** So many numbers among the names of columns are values. */
const fewestNumbers = 3;

/** Why the first line that is as wide as most of a file has no names of columns. @param above the line above it. */
function headingFault(names: readonly string[], above: readonly string[]): string | undefined {
  const page = 'docs/inputs/README.md lists the columns';
  if (names.filter((name) => /^-?\d+([.,]\d+)?$/.test(name.trim())).length < fewestNumbers) {
    return undefined;
  }
  return above.length === names.length - 1
    ? `its rows have ${names.length} values and its first line ${above.length} names: is there a comma behind each row, or a number of it in front? (${page})`
    : `its first line has values and no names of columns (${page})`;
}

/**
 * Finds how many fields most lines have; of equally frequent widths the first one counts. A title has one
 * field.
 */
function commonWidth(lines: readonly string[], delimiter: string): number {
  const widths = lines.map((line) => fields(line, delimiter).length).filter((width) => width > 1);
  const byWidth = [...Map.groupBy(widths, (width) => width)];
  return byWidth.toSorted(([, a], [, b]) => b.length - a.length)[0]?.[0] ?? 1;
}

function fields(line: string, delimiter: string): readonly string[] {
  const found: string[] = [''];
  let isQuoted = false;
  for (const character of line) {
    if (character === '"') isQuoted = !isQuoted;
    else if (character === delimiter && !isQuoted) found.push('');
    else found.push(`${found.pop()}${character}`);
  }
  return found;
}

function unique(names: readonly string[]): readonly string[] {
  const taken = new Set<string>();
  return names.map((name, index) => {
    const free = name === '' || taken.has(name.toUpperCase()) ? `${name}_${index + 1}` : name;
    taken.add(free.toUpperCase());
    return free;
  });
}

/** The first bytes of a file, unpacked. */
async function readHead(path: string): Promise<Buffer> {
  const file = await open(path).catch((error: Error) => {
    throw new BadInput(`cannot read "${path}": ${error.message}`);
  });
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(headBytes));
    const head = buffer.subarray(0, bytesRead);
    return /\.gz$/i.test(path) ? await unpack(head) : head;
  } finally {
    await file.close();
  }
}

/** Unpacks the beginning of a compressed file, as far as it goes before the cut or before damage. */
function unpack(bytes: Buffer): Promise<Buffer> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    const done = () => resolve(Buffer.concat(chunks));
    createGunzip({ finishFlush: constants.Z_SYNC_FLUSH })
      .on('data', (chunk: Buffer) => chunks.push(chunk))
      .on('end', done)
      .on('error', done)
      .end(bytes);
  });
}
