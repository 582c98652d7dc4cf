import type { Table } from '../googlesql/memory-database.ts';
import type { Dataset } from './datasets.ts';
import type { JobError } from './job-error.ts';
import type { JobRecord } from './jobs.ts';

/** A job as jobs.get tells it; jobs.list leaves out the configuration unless all is asked for. */
export function jobResource(projectId: string, job: JobRecord, isFull = true): object {
  const { request, parentId, createdMs, createdAt, at, state, error, children } = job;
  const { id: jobId, location, kind, sql, labels } = request;
  const errorResult = error && errorOf(error);
  const elapsedMs = Math.round((at - createdAt) * 1000);
  return {
    kind: 'bigquery#job',
    id: `${projectId}:${location}.${jobId}`,
    jobReference: { projectId, jobId, location },
    status: { state, ...(errorResult && { errorResult, errors: [errorResult] }) },
    statistics: {
      creationTime: String(createdMs),
      startTime: String(createdMs),
      ...(state === 'DONE' && { endTime: String(createdMs + elapsedMs) }),
      ...(children.length > 1 && { numChildJobs: String(children.length) }),
      ...(parentId !== undefined && { parentJobId: parentId }),
    },
    ...(isFull && {
      configuration: { jobType: kind, labels, ...(kind === 'QUERY' && { query: { query: sql } }) },
    }),
    // jobs.list has them beside the status.
    state,
    ...(errorResult && { errorResult }),
  };
}

export function errorOf({ reason, message }: JobError): object {
  return { reason, message, domain: 'global' };
}

export function datasetResource(projectId: string, datasetId: string, dataset: Dataset): object {
  return {
    kind: 'bigquery#dataset',
    id: `${projectId}:${datasetId}`,
    datasetReference: { projectId, datasetId },
    ...dataset,
  };
}

const dayMs = 86_400_000;

export function tableResource(projectId: string, name: string, table: Table): object {
  const [datasetId, tableId] = name.split('.');
  const { columns, options, partition, rows } = table;
  return {
    kind: 'bigquery#table',
    id: `${projectId}:${name}`,
    tableReference: { projectId, datasetId, tableId },
    schema: { fields: columns.map((column) => ({ name: column.name })) },
    numRows: String(rows.length),
    ...(options.expiresAtMs !== undefined && { expirationTime: String(options.expiresAtMs) }),
    ...(partition && {
      timePartitioning: {
        type: partition.unit,
        field: partition.column,
        ...(options.partitionDays !== undefined && {
          expirationMs: String(options.partitionDays * dayMs),
        }),
      },
    }),
  };
}
