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
