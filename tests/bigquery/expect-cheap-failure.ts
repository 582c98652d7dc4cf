import { expect } from 'vitest';
import type { CommandResult } from '../support/run-command.ts';
import type { BigQueryStandIn } from './stand-in/bigquery-stand-in.ts';

/** Jobs that a failure may cost besides those of halving: attempts of what passes, and questions about it. */
const besides = 24;

interface CheapFailure {
  readonly standIn: Pick<BigQueryStandIn, 'jobs'>;
  /** Dates that the work is about. */
  readonly dates: number;
  /** Jobs of the same work when nothing goes wrong. */
  readonly usualJobs: number;
}

/** Whatever goes wrong, it costs no more than 2·log2(n) + k jobs besides those of the work itself. */
export async function expectCheapFailure(
  { standIn, dates, usualJobs }: CheapFailure,
  work: () => Promise<CommandResult>,
): Promise<CommandResult> {
  const before = standIn.jobs.length;
  const result = await work();
  const jobs = standIn.jobs.length - before;
  const most = Math.ceil(usualJobs + 2 * Math.log2(dates) + besides);
  expect([result.lines.at(-1), jobs, jobs <= most ? 'few' : `more than ${most}`]).toEqual([
    result.lines.at(-1),
    jobs,
    'few',
  ]);
  return result;
}
