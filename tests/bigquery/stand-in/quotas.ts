import { JobError } from './job-error.ts';

/** Seconds are those of the virtual clock. */
export interface Quotas {
  /** A table is made, replaced, loaded, altered or dropped. @throws JobError when that was too often. */
  metadata(name: string, kind: 'replaces' | 'defines', isPartitioned: boolean, at: number): void;
  /** A statement changes rows. @throws JobError when that was too often. */
  dml(name: string, at: number): void;
}

const daySeconds = 86_400;
const windowSeconds = 10;
const mostReplacements = 1_500;
const mostMetadata = 5;
const mostPartitionedMetadata = 50;
const mostDml = 25;

/** Counted by the name of a table, whatever becomes of the table: https://cloud.google.com/bigquery/quotas#standard_tables */
export function makeQuotas(): Quotas {
  const counted = new Map<string, number[]>();

  /** How many there were within so many seconds, this one included. */
  function count(kind: string, name: string, at: number, within: number): number {
    const key = `${kind} ${name}`;
    const times = [...(counted.get(key) ?? []), at].filter((time) => time > at - within);
    counted.set(key, times);
    return times.length;
  }

  return {
    metadata: (name, kind, isPartitioned, at) => {
      if (kind === 'replaces' && count('replaced', name, at, daySeconds) > mostReplacements) {
        const message = `Quota exceeded: Your table exceeded quota for imports or query appends per table: ${name}`;
        throw new JobError(403, 'quotaExceeded', message);
      }
      const most = isPartitioned ? mostPartitionedMetadata : mostMetadata;
      if (count('metadata', name, at, windowSeconds) > most) {
        const message = `Exceeded rate limits: too many table update operations for this table: ${name}`;
        throw new JobError(403, 'rateLimitExceeded', message);
      }
    },
    dml: (name, at) => {
      if (count('dml', name, at, windowSeconds) > mostDml) {
        const message = `Exceeded rate limits: too many DML statements for this table: ${name}`;
        throw new JobError(403, 'rateLimitExceeded', message);
      }
    },
  };
}
