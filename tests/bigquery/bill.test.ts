/** What the product's work comes to on BigQuery, in jobs, statements and seconds of the stand-in's virtual clock. */
import { expect, test } from 'vitest';
import type { CommandResult } from '../support/run-command.ts';
import { type SmallLeague, smallLeague } from './small-league.ts';

const league = smallLeague('bill', 8);

interface Bill {
  readonly jobs: number;
  readonly dryRuns: number;
  readonly statements: number;
  readonly seconds: number;
}

/** What one command line comes to; it must end well. */
async function billOf(
  { open }: SmallLeague,
  what: string,
  work: Promise<CommandResult>,
): Promise<Bill> {
  const { standIn } = open;
  const sentBefore = standIn.jobs.length;
  const [statements, seconds] = [standIn.statements(), standIn.virtualSeconds()];
  const { exitCode, stderr } = await work;
  expect([what, exitCode, stderr]).toEqual([what, 0, '']);
  const sent = standIn.jobs.slice(sentBefore);
  const dryRuns = sent.filter(({ dryRun }) => dryRun).length;
  const bill = {
    jobs: sent.length - dryRuns,
    dryRuns,
    statements: standIn.statements() - statements,
    seconds: Math.round(standIn.virtualSeconds() - seconds),
  };
  process.stderr.write(`${what}: ${JSON.stringify(bill)}\n`);
  return bill;
}

test('a full backfill and a night stay within their bounds', async () => {
  const small = league();
  const { onStandIn, dates } = small;
  const history = dates.slice(0, -1);
  expect(history.length).toBeGreaterThan(7);
  await billOf(small, 'ingest', onStandIn('ingest', 'simulated', ...small.files));
  const range = ['--start-date', history[0] ?? '', '--end-date', history.at(-1) ?? ''];
  const backfill = await billOf(
    small,
    'run of all tables and dates but the last',
    onStandIn('run', '--backfill', ...range),
  );
  // A date more or fewer makes no job more or fewer.
  expect(backfill.jobs).toBeLessThanOrEqual(60);

  const night = await billOf(
    small,
    'run of one more date',
    onStandIn('run', '--backfill', '--dates', dates.at(-1) ?? ''),
  );
  expect(night.jobs).toBeLessThanOrEqual(12);
  expect(night.statements).toBeLessThanOrEqual(45);
  expect(night.seconds).toBeLessThanOrEqual(90);

  const nothing = await billOf(
    small,
    'run with nothing to do',
    onStandIn('run', '--backfill', ...range),
  );
  expect(nothing.jobs).toBeLessThanOrEqual(8);
  await billOf(small, 'status', onStandIn('status'));
  await billOf(small, 'plan', onStandIn('plan', '--backfill', ...range));
  const verified = await billOf(small, 'verify', onStandIn('verify'));
  expect(verified.jobs).toBeLessThanOrEqual(60);
}, 1_800_000);
