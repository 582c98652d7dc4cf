import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type RepeatedFlags, retryCommand } from './retry-command.ts';

const flags: RepeatedFlags = {
  warehouse: './nba.duckdb',
  backfill: true,
  rewrite: false,
  restateOptions: false,
  option: [],
  allowShrink: false,
};
const job = {
  command: 'npx backcourt',
  self: 'npx node backfill_jobs/precompute/zones/zones_precompute_backfill.ts',
};
const run = { command: 'npx backcourt', self: 'npx backcourt run' };
const dates = ['2023-11-15', '2023-11-16'];

describe('from a job file', () => {
  it('repeats the file: it knows its table and its mode', () => {
    expect(retryCommand(job, flags, 'zones', dates)).toBe(
      'npx node backfill_jobs/precompute/zones/zones_precompute_backfill.ts --dates 2023-11-15,2023-11-16',
    );
  });
});

describe('from backcourt run', () => {
  it('names the table, and the mode if it was backfill', () => {
    expect(retryCommand(run, flags, 'zones', dates)).toBe(
      'npx backcourt run --tables zones --backfill --dates 2023-11-15,2023-11-16',
    );
    expect(retryCommand(run, { ...flags, backfill: false }, 'zones', dates)).toBe(
      'npx backcourt run --tables zones --dates 2023-11-15,2023-11-16',
    );
  });
});

it.each([run, job])('keeps what changes the outcome ($self)', (invocation) => {
  const command = retryCommand(
    invocation,
    {
      ...flags,
      option: ['min_games=8', 'analysis_date=2023-11-15', 'backfill_mode=false'],
      allowShrink: true,
      warehouse: '/data/my league/b.duckdb',
    },
    'zones',
    dates,
  );
  expect(command).toMatch(
    / --dates 2023-11-15,2023-11-16 --option min_games=8 --option backfill_mode=false --allow-shrink --warehouse '\/data\/my league\/b.duckdb'$/,
  );
});

it('a shell reads back the words that were meant, whatever is in a path', () => {
  const piece = fc.constantFrom(
    'a',
    ' ',
    "'",
    '"',
    '$HOME',
    '`',
    '\\',
    ';',
    '&',
    '*',
    '(',
    'é',
    '#',
  );
  const paths = fc.sample(
    fc.array(piece, { minLength: 1, maxLength: 6 }).map((parts) => parts.join('')),
    { numRuns: 40, seed: 91 },
  );
  const commands = paths.map((warehouse) =>
    retryCommand({ ...run, self: "printf '%s\\n' run" }, { ...flags, warehouse }, 'zones', dates),
  );
  const out = execFileSync('sh', ['-c', commands.join('\n')], { encoding: 'utf8' });
  const words = [
    'run',
    '--tables',
    'zones',
    '--backfill',
    '--dates',
    dates.join(','),
    '--warehouse',
  ];
  expect(out).toBe(
    paths.map((path) => [...words, path].map((word) => `${word}\n`).join('')).join(''),
  );
});
