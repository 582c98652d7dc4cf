import { setTimeout as sleep } from 'node:timers/promises';
import type { BigQuery } from '@google-cloud/bigquery';

interface JobMetadata {
  readonly configuration?: { readonly query?: { readonly query?: string } };
}

const patienceMs = 300_000;

/** Cancels the first running job whose SQL is the one that is looked for. @throws when there is none for minutes. */
export async function cancelRunning(
  client: BigQuery,
  isIt: (sql: string) => boolean,
): Promise<void> {
  const states: ('pending' | 'running')[] = ['pending', 'running'];
  for (const beganMs = performance.now(); performance.now() - beganMs < patienceMs; ) {
    const [jobs] = await client.getJobs({ stateFilter: states, projection: 'full' });
    const found = jobs.find((job) =>
      isIt((job.metadata as JobMetadata).configuration?.query?.query ?? ''),
    );
    if (found) {
      await found.cancel();
      return;
    }
    await sleep(5);
  }
  throw new Error('no such job was seen running');
}
