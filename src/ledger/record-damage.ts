import type { PartitionRecord } from './partition-record.ts';

/** An object of JSON with such members, as `JSON.stringify` writes it. */
function objectOf(member: string): RegExp {
  return new RegExp(`^\\{(?:${member}(?:,${member})*)?\\}$`);
}

const shapes = {
  projectionHashes: objectOf('"\\w+":"[^"\\\\]*"'),
  inputHashes: objectOf('"\\w+":"[^"\\\\]*"'),
  options: objectOf('"\\w+":-?\\d+(?:\\.\\d+)?'),
  state: /^(?:done|empty|failed)$/,
} as const;

const columnNames: Readonly<Record<keyof typeof shapes, string>> = {
  projectionHashes: 'projection_hashes',
  inputHashes: 'input_hashes',
  options: 'options',
  state: 'state',
};

/**
 * Texts of options that were found sound before: there are few different ones, and a record for every date of
 * history.
 */
const knownOptions = new Set<string>();

function isSound(field: keyof typeof shapes, value: string): boolean {
  if (field !== 'options') return shapes[field].test(value);
  if (knownOptions.has(value)) return true;
  const sound = shapes.options.test(value);
  if (sound) knownOptions.add(value);
  return sound;
}

/**
 * A record as it may be believed: where a field cannot have been written by Backcourt, the record counts as
 * failed, so that the next run makes rows and record again, and says why.
 */
export function soundRecord(record: PartitionRecord, warningsDamage?: string): PartitionRecord {
  const { projectionHashes, inputHashes, options, state } = record;
  const isWhole =
    warningsDamage === undefined &&
    (projectionHashes === undefined || isSound('projectionHashes', projectionHashes)) &&
    (inputHashes === undefined || isSound('inputHashes', inputHashes)) &&
    isSound('options', options) &&
    isSound('state', state);
  if (isWhole) return record;
  const fields = ['projectionHashes', 'inputHashes', 'options', 'state'] as const;
  const damaged = fields.flatMap((field) => {
    const value = record[field];
    return value === undefined || isSound(field, value) ? [] : [[field, value] as const];
  });
  const told = [
    ...damaged.map(([field, value]) => [columnNames[field], value] as const),
    ...(warningsDamage === undefined ? [] : [['warnings', warningsDamage] as const]),
  ].map(([column, value]) => `${column} is "${value}"`);
  const isDamaged = (field: (typeof fields)[number]) => damaged.some(([name]) => name === field);
  const text = `${record.table} ${record.date}: its record in the ledger is damaged: ${told.join(', ')}`;
  return {
    ...record,
    state: 'failed',
    projectionHashes: isDamaged('projectionHashes') ? undefined : projectionHashes,
    inputHashes: undefined,
    fingerprint: undefined,
    options: isDamaged('options') ? '{}' : options,
    failure: { kind: 'bad_data', text },
    damage: text,
  };
}
