import { messageOf } from '../message-of.ts';
import { WarehouseError, type WarehouseErrorKind } from '../warehouse.ts';

const kindByPrefix: readonly (readonly [RegExp, WarehouseErrorKind])[] = [
  [/^IO Error: Could not set lock/, 'locked'],
  // Fewer dates at a time may fit.
  [/^Out of Memory Error/, 'oversized'],
  [/^(IO Error|Permission Error|FATAL Error|Serialization Error)/, 'surroundings'],
  // One writer and no constraints: nothing but the disk can refuse a commit.
  [/^TransactionContext Error: Failed to commit|No space left on device/, 'surroundings'],
  [/^(Binder Error|Parser Error|Catalog Error|INTERNAL Error|Not implemented Error)/, 'definition'],
];

const damage =
  /Corrupt database file|WAL file|not a valid DuckDB database file|Could not read enough bytes|Serialization Error/;

/** TRUE when a message tells that the warehouse file itself is damaged. */
export function isDamage(message: string): boolean {
  return damage.test(message);
}

/** What a person can do about some of the surroundings. */
const adviceByText: readonly (readonly [RegExp, string])[] = [
  [
    /No space left on device|Disk quota exceeded|File too large|max_temp_directory_size/i,
    'there is no room on the disk; make some and run the same command again, what was committed stays',
  ],
  [
    damage,
    'the file is damaged or none of DuckDB; put back a copy, or ingest and backfill into a new file',
  ],
  [
    /Permission denied|Read-only file system|read-only mode/i,
    'the file and its folder must be writable',
  ],
];

/** The text of an error of the surroundings, and what to do about it where that is known. */
export function withAdvice(message: string): string {
  const advice = adviceByText.find(([text]) => text.test(message))?.[1];
  return advice === undefined ? message : `${message}: ${advice}`;
}

/** DuckDB's error as one of the kinds the product knows; the first line is kept as the text. */
export function toWarehouseError(error: unknown, sql?: string): WarehouseError {
  if (error instanceof WarehouseError) return error;
  const message = messageOf(error);
  const kind = kindByPrefix.find(([prefix]) => prefix.test(message))?.[1] ?? 'statement';
  const [, line] = /^LINE (\d+):/m.exec(message) ?? [];
  return new WarehouseError(kind, firstLine(message), sql, line ? Number(line) : undefined);
}

/** What follows is a caret under the SQL, advice for other tools, a stack trace; or what is wrong with a line. */
function firstLine(message: string): string {
  const [first = message] = message.split('\n');
  if (!first.includes('CSV Error on Line')) return first.trim();
  const [told = ''] = message.split(/\n\s*Possible /);
  const reason = told.trimEnd().split('\n').at(-1) ?? '';
  return `${first.trim()}: ${reason.trim().slice(0, 200)}`;
}
