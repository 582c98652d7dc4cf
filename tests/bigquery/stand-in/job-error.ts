/** An error as BigQuery answers it. */
export class JobError extends Error {
  readonly status: number;
  readonly reason: string;

  constructor(status: number, reason: string, message: string) {
    super(message);
    this.name = 'JobError';
    this.status = status;
    this.reason = reason;
  }
}

/** The error of a job that somebody, or its own limit of time, has ended. */
export function stoppedError(why: string): JobError {
  return new JobError(499, 'stopped', `Job execution was cancelled: ${why}`);
}
