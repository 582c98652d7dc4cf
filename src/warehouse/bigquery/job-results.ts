import type { Job } from '@google-cloud/bigquery';
import type { ResultField, ResultRow } from './read-rows.ts';
import { pageRows, pollMs } from './settings.ts';

/** A page of a result: its rows are still in the form in which BigQuery sends them. */
export interface ResultPage {
  readonly fields: readonly ResultField[];
  readonly rows: readonly ResultRow[];
}

/** A job that ended without effect. */
export class FailedJob extends Error {
  readonly why: unknown;

  constructor(why: unknown) {
    super('the job failed');
    this.why = why;
  }
}

/** Tells what a failed job failed of; any other error is its own cause. */
export function causeOf(error: unknown): unknown {
  return error instanceof FailedJob ? error.why : error;
}

/** How a job is asked whether it is done, and for its rows. */
export interface AskJob {
  /** Asks a question about the job, and asks it once more when no answer came: looking changes nothing. */
  readonly patiently: <T>(question: () => Promise<T>) => Promise<T>;
  readonly sleep: (ms: number) => Promise<void>;
}

export interface JobStatus {
  readonly state?: string;
  readonly errorResult?: object;
}

async function statusOf(job: Job): Promise<JobStatus> {
  const [metadata] = await job.getMetadata();
  return (metadata as { readonly status?: JobStatus }).status ?? {};
}

/** Waits until a job whose rows nobody needs is done. @throws FailedJob */
export async function finish(job: Job, ask: AskJob): Promise<void> {
  await pageOf(job, ask, 0, undefined);
}

/** Waits for a load job, which has no rows to ask for. @throws FailedJob */
export async function loaded(job: Job, ask: AskJob): Promise<void> {
  for (;;) {
    const { state, errorResult } = await ask.patiently(() => statusOf(job));
    if (state === 'DONE' && errorResult) throw new FailedJob(errorResult);
    if (state === 'DONE') return;
    await ask.sleep(pollMs);
  }
}

/** All rows of a job in their order; a page whose answer is lost is asked for again by itself. */
export async function readPages(
  job: Job,
  ask: AskJob,
  take: (page: ResultPage) => void | Promise<void>,
): Promise<void> {
  let pageToken: string | undefined;
  do {
    const { page, next } = await pageOf(job, ask, pageRows, pageToken);
    await take(page);
    pageToken = next;
  } while (pageToken !== undefined);
}

/**
 * A page of the result of a job that is done. BigQuery answers after some seconds even when it is not;
 * whatever it says then is no result, and it is asked again.
 */
async function pageOf(
  job: Job,
  ask: AskJob,
  maxResults: number,
  pageToken: string | undefined,
): Promise<{ readonly page: ResultPage; readonly next: string | undefined }> {
  for (;;) {
    const [rows, , response] = await ask.patiently(() =>
      answered(job, () =>
        job.getQueryResults({
          maxResults,
          autoPaginate: false,
          skipParsing: true,
          'formatOptions.useInt64Timestamp': true,
          ...(pageToken === undefined ? {} : { pageToken }),
        }),
      ),
    );
    if (response?.jobComplete === true) {
      const fields = (response.schema?.fields ?? []) as readonly ResultField[];
      const page = { fields, rows: rows as readonly ResultRow[] };
      return { page, next: response.pageToken ?? undefined };
    }
    await ask.sleep(pollMs);
  }
}

/** Where the answer is an error or lost, the job itself says what became of it. */
async function answered<T>(job: Job, question: () => Promise<T>): Promise<T> {
  try {
    return await question();
  } catch (error) {
    const { state, errorResult } = await statusOf(job);
    if (state === 'DONE' && errorResult) throw new FailedJob(errorResult);
    throw error;
  }
}
