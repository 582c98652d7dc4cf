import { WarehouseError, type WarehouseErrorKind } from '../warehouse.ts';

const kindByPrefix: readonly (readonly [RegExp, WarehouseErrorKind])[] = [
  [/^IO Error: Could not set lock/, 'locked'],
  [
    /^(IO Error|Out of Memory Error|Permission Error|FATAL Error|Serialization Error)/,
    'surroundings',
  ],
  [/^(Binder Error|Parser Error|Catalog Error|INTERNAL Error|Not implemented Error)/, 'definition'],
];

/** DuckDB's error as one of the kinds the product knows; the first line is kept as the text. */
export function toWarehouseError(error: unknown, sql?: string): WarehouseError {
  if (error instanceof WarehouseError) return error;
  const message = error instanceof Error ? error.message : String(error);
  const kind = kindByPrefix.find(([prefix]) => prefix.test(message))?.[1] ?? 'statement';
  // What follows is a caret under the SQL, advice for other tools, or a stack trace.
  const firstLines = message.split('\n')[0]?.trim() ?? message;
  return new WarehouseError(kind, firstLines, sql);
}
