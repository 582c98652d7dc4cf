import { JobError } from './job-error.ts';
import type { CreatedColumn, Ddl } from './parse-ddl.ts';

/** https://cloud.google.com/bigquery/quotas and /bigquery/docs/transactions#limitations */
export const mostQueryCharacters = 1024 * 1024;
export const mostStatementPartitions = 4_000;
export const mostTablePartitions = 10_000;
export const mostTransactionTables = 100;
export const mostTransactionPartitions = 100_000;
const mostDescriptionCharacters = 1_024;
const mostTableDescriptionCharacters = 16_384;
const mostClusterColumns = 4;
const leastMaximumBytes = 10 * 2 ** 20;
const mostLabels = 64;
const labelKey = /^[a-z\u00df-\uffff][a-z0-9_\u00df-\uffff-]{0,62}$/u;
const labelValue = /^[a-z0-9_\u00df-\uffff-]{0,63}$/u;
const jobIdForm = /^[\w-]{1,1024}$/;

/** What jobs.insert is told besides the query. */
export interface JobLimits {
  readonly jobId: string;
  readonly sql: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly maximumBytesBilled: string | undefined;
}

/** @throws JobError as jobs.insert would refuse it. */
export function refuseJob({ jobId, sql, labels, maximumBytesBilled }: JobLimits): void {
  if (!jobIdForm.test(jobId)) throw invalid(`Invalid job ID "${jobId}"`);
  if (sql.length > mostQueryCharacters) {
    throw invalid(
      'The query is too large. The maximum standard SQL query length is 1024.00K characters, including comments and white space characters.',
    );
  }
  const entries = Object.entries(labels);
  if (entries.length > mostLabels) throw invalid(`${entries.length} labels`);
  for (const [key, value] of entries) {
    if (!labelKey.test(key) || !labelValue.test(value)) {
      throw invalid(`Label "${key}": "${value}" has an invalid key or value`);
    }
  }
  if (maximumBytesBilled !== undefined && Number(maximumBytesBilled) < leastMaximumBytes) {
    throw invalid(
      `maximumBytesBilled must be at least ${leastMaximumBytes}: ${maximumBytesBilled}`,
    );
  }
}

/** @throws JobError when a table is described at too great a length, or clustered too finely. */
export function refuseDdl(ddl: Ddl): void {
  const columns: readonly CreatedColumn[] =
    ddl.kind === 'create' || ddl.kind === 'addColumns' ? ddl.columns : [];
  for (const { name, options } of columns) {
    refuseText(name, options.get('description'), mostDescriptionCharacters);
  }
  if (ddl.kind !== 'create') return;
  refuseText(ddl.table, ddl.options.get('description'), mostTableDescriptionCharacters);
  if (ddl.cluster.length > mostClusterColumns) {
    throw invalid(`${ddl.table} is clustered by more than ${mostClusterColumns} columns`);
  }
}

function refuseText(of: string, written: string | undefined, most: number): void {
  const length = (written?.length ?? 2) - 2;
  if (length > most) throw invalid(`The description for ${of} is too long: ${length} of ${most}`);
}

function invalid(message: string): JobError {
  return new JobError(400, 'invalid', message);
}
