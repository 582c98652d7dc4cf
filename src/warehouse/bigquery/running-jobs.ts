import type { BigQuery, Job } from '@google-cloud/bigquery';
import { WarehouseError } from '../warehouse.ts';
import { type BigQueryLocation, locationText } from './connect.ts';
import { describeFailure } from './errors.ts';
import { labelText } from './label-text.ts';
import { otherJobsPollMs } from './settings.ts';
import type { Timing } from './timing.ts';

export interface AwaitOthers {
  readonly client: BigQuery;
  readonly location: BigQueryLocation;
  /** What the labels of a job must say of it for the job to count. */
  readonly labels: Readonly<Record<string, string>>;
  /** How long jobs of others are waited for. */
  readonly waitSeconds: number;
  readonly timing: Timing;
  /** Sends a call that is no job, and sends it once more when no answer came: such a call may be repeated. */
  readonly request: <T>(work: () => Promise<T>) => Promise<T>;
}

interface RunningJob {
  readonly configuration?: { readonly labels?: Readonly<Record<string, string>> };
  readonly statistics?: { readonly creationTime?: string };
}

/**
 * Waits until no job of another writer runs here: a process that was killed leaves the job that BigQuery
 * was just carrying out, which may yet commit.
 * @throws WarehouseError `locked`, naming the job and how to cancel it.
 */
export async function awaitOtherWriters(others: AwaitOthers): Promise<void> {
  const { location, waitSeconds, timing } = others;
  for (let waited = 0; ; waited += otherJobsPollMs) {
    const [first] = await runningJobs(others);
    if (!first) return;
    if (waited >= waitSeconds * 1000) {
      const { labels = {} } = (first.metadata as RunningJob).configuration ?? {};
      // A label is lower case: the run is spelled as it is called in the name of the job.
      const whose = labels['run'] === undefined ? '' : ` of run ${first.id?.split('_')[1]}`;
      throw new WarehouseError(
        'locked',
        `"${locationText(location)}": job ${first.id}${whose} is still running; wait for its end with --wait 1800, or cancel it with: bq --project_id=${location.projectId} --location=${location.region} cancel ${first.id}`,
      );
    }
    await timing.sleep(otherJobsPollMs);
  }
}

async function runningJobs({ client, labels, request }: AwaitOthers): Promise<readonly Job[]> {
  const stateFilter = ['pending', 'running'] as ('pending' | 'running')[];
  const [jobs] = await request(() => client.getJobs({ stateFilter, projection: 'full' })).catch(
    (error: unknown): [readonly Job[]] => {
      // Who may not list jobs works without knowing: a commit that comes too late is refused by the fence.
      if (isDenied(error)) return [[]];
      throw error;
    },
  );
  return jobs.filter((job) => {
    const own = (job.metadata as RunningJob).configuration?.labels ?? {};
    return Object.entries(labels).every(([name, value]) => own[name] === labelText(value));
  });
}

function isDenied(error: unknown): boolean {
  const { code, reason } = describeFailure(error);
  return code === 403 || reason === 'accessDenied';
}
