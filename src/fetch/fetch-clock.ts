/** How time is told and passes between requests; a test makes it pass at once. */
export interface FetchClock {
  /** UTC, ISO 8601. */
  now(): string;
  /** Milliseconds since 1970, for what another process has written down. */
  wallMs(): number;
  /** Milliseconds of a clock that is never set. */
  elapsedMs(): number;
  /** @param stop wakes whoever sleeps. */
  sleep(ms: number, stop?: AbortSignal): Promise<void>;
  /** @returns a number from 0 to below 1, for jitter. */
  random(): number;
}
