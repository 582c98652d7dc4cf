import { Interrupted } from '../../engine/interruptible.ts';
import { UsageError } from '../../engine/usage-error.ts';
import { BadInput } from '../../ingest/files/bad-input.ts';
import { type AlertedRun, alertBody } from '../../report/alert-body.ts';
import type { CliContext } from '../cli-context.ts';
import { describeError } from './exit-with.ts';
import { postAlert } from './post-alert.ts';

/** Takes what has become of a run in daily mode. */
export type ReportEnd = (run: AlertedRun) => void;

export interface AlertRequest {
  readonly url: URL | undefined;
  /** What to tell of a run that could not be carried out; `undefined`: nothing. */
  readonly ifThrown: Pick<AlertedRun, 'verb' | 'asked' | 'warehouse'> | undefined;
}

const defaultTimeoutMs = 5000;
const pauseMs = 500;

/**
 * Carries out `work` and then posts what has to be heard of it, when the warehouse is closed again: a
 * server that does not answer must not keep anybody from it. Delivery never changes the outcome.
 */
export async function withAlerts(
  context: CliContext,
  { url, ifThrown }: AlertRequest,
  work: (report: ReportEnd) => Promise<number>,
): Promise<number> {
  const startedAt = context.clock.now();
  let ended: AlertedRun | undefined;
  try {
    return await work((run) => {
      ended = run;
    });
  } catch (error) {
    if (ifThrown && !hasSomebodyThere(error)) {
      const { exitCode, message } = describeError(context, error);
      ended = { ...ifThrown, startedAt, exitCode, error: message };
    }
    throw error;
  } finally {
    if (url && ended) await send(context, url, ended);
  }
}

/** TRUE for a command that cannot be meant, or was interrupted: then whoever typed it has seen the error. */
function hasSomebodyThere(error: unknown): boolean {
  return error instanceof UsageError || error instanceof BadInput || error instanceof Interrupted;
}

async function send(context: CliContext, url: URL, run: AlertedRun): Promise<void> {
  const body = alertBody(run);
  if (!body) return;
  const timeoutMs = context.alertTimeoutMs ?? defaultTimeoutMs;
  // Whatever goes wrong with an address, the run has ended as it has.
  const failure = await postAlert(url, body, { timeoutMs, pauseMs }).catch(
    (error: unknown) => `it could not be sent (${error instanceof Error ? error.name : 'error'})`,
  );
  context.stderr(
    failure === undefined
      ? `alert sent to ${url.host}\n`
      : `warning: the alert could not be delivered to ${url.host}: ${failure}\n`,
  );
}

/**
 * The address for alerts: of the flag, else of the environment.
 * @throws UsageError for what is none; it may hold a secret and is not repeated.
 */
export function readAlertUrl(context: CliContext, flag: string | undefined): URL | undefined {
  const text = flag ?? context.alertUrl;
  if (text === undefined) return undefined;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url && /^https?:$/.test(url.protocol)) return url;
  const name = flag === undefined ? 'BACKCOURT_ALERT_URL' : '--alert-url';
  throw new UsageError(`${name} is not an address that begins with http:// or https://`);
}
