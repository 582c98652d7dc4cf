import { basename, relative } from 'node:path';
import type { Invocation } from '../../engine/surroundings.ts';
import { systemClock, thisProcess } from '../../engine/this-process.ts';
import { quote } from '../../plan/quote.ts';
import { exitCodes } from '../../run/exit-codes.ts';
import type { CliContext } from '../cli-context.ts';
import { answerFolder } from './answer-folder.ts';

/** The real clock, streams, process and signals. */
export function systemContext(): CliContext {
  return {
    clock: systemClock,
    stdout: writeTo(process.stdout, 'stdout'),
    stderr: writeTo(process.stderr, 'stderr'),
    terminalWidth: process.stderr.isTTY ? () => process.stderr.columns || 80 : undefined,
    screenWidth: process.stdout.isTTY ? () => process.stdout.columns || 80 : undefined,
    ...thisProcess(),
    ...listenToSignals(),
    answers: answerFolder(import.meta.url),
    environment: process.env,
    ownsProcess: true,
    alertUrl: process.env['BACKCOURT_ALERT_URL'] || undefined,
    invocation: {
      ...describeInvocation(process.argv[1] ?? 'backcourt', process.execPath),
      warehouse: process.env['BACKCOURT_WAREHOUSE'] || undefined,
      project: process.env['BACKCOURT_PROJECT'] || undefined,
    },
  };
}

/**
 * `… | head` closes the pipe early, and a disk can be full where the output goes: what follows is lost, but
 * the run itself must go on. On a full disk the exit code tells that something is missing.
 */
function writeTo(stream: NodeJS.WriteStream, name: string): (text: string) => void {
  let open = true;
  stream.on('error', (error: NodeJS.ErrnoException) => {
    open = false;
    if (error.code === 'EPIPE') return;
    process.on('exit', () => {
      process.exitCode ||= exitCodes.surroundings;
    });
    if (stream === process.stdout) {
      process.stderr.write(
        `error: cannot write to ${name}: ${error.message}; the work goes on, and the warehouse records it\n`,
      );
    }
  });
  return (text) => {
    if (open) stream.write(text);
  };
}

interface Signals {
  readonly stop: AbortSignal;
  readonly beforeLeaving: NonNullable<CliContext['beforeLeaving']>;
}

/**
 * The first signal asks to stop after the batch in hand; a second one leaves at once, but for what is to be
 * ended elsewhere, and a third one does not wait for that either.
 */
function listenToSignals(): Signals {
  const controller = new AbortController();
  const lastWorks = new Set<() => Promise<void>>();
  let isLeaving = false;
  const onSignal = () => {
    if (controller.signal.aborted) {
      if (isLeaving || lastWorks.size === 0) return process.exit(exitCodes.interrupted);
      isLeaving = true;
      void Promise.allSettled([...lastWorks].map((work) => work())).then(() =>
        process.exit(exitCodes.interrupted),
      );
      return;
    }
    process.stderr.write('stopping after what is in hand; a second signal leaves at once\n');
    controller.abort();
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  return {
    stop: controller.signal,
    beforeLeaving: (work) => {
      lastWorks.add(work);
      return () => void lastWorks.delete(work);
    },
  };
}

function describeInvocation(script: string, execPath: string): Invocation {
  const local = /node_modules/.test(execPath);
  const isCommand =
    /^backcourt(\.js)?$/.test(basename(script)) || /[\\/]src[\\/]cli[\\/]/.test(script);
  const command = local ? 'npx backcourt' : 'backcourt';
  if (isCommand) return { command, self: `${command} run` };
  const path = quote(relative(process.cwd(), script));
  return { command, self: `${local ? 'npx node' : 'node'} ${path}` };
}
