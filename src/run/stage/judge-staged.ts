import type { Failure, PartitionRecord } from '../../ledger/partition-record.ts';
import { type ShrinkReason, shrinkReason } from '../../ledger/shrink-reason.ts';
import type { ExpectedRows } from '../../table/expected-rows.ts';
import type { CheckViolation, StagedDate } from './staged-dates.ts';

/** What is to become of a staged date. */
export type Verdict =
  | {
      readonly kind: 'write';
      readonly state: 'done' | 'empty';
      readonly warnings: readonly string[];
    }
  | {
      readonly kind: 'unchanged';
      readonly state: 'done' | 'empty';
      readonly warnings: readonly string[];
    }
  | { readonly kind: 'refuse'; readonly reason: ShrinkReason }
  | { readonly kind: 'fail'; readonly failure: Failure };

/**
 * Decides about a staged date from what the schedule makes one expect and from what stands there.
 * Success is decided here, never by a query having run without an error.
 */
export function judgeStaged(
  where: string,
  staged: StagedDate,
  expected: ExpectedRows,
  record: PartitionRecord | undefined,
  allowShrink: boolean,
): Verdict {
  const broken = staged.violations.filter(({ severity }) => severity === 'error');
  if (broken.length > 0) {
    return fail('check_failed', `${where}: ${broken.map(describeFault).join('; ')}`);
  }
  const { candidates } = expected;
  const unaccounted = candidates !== undefined && staged.rows + staged.excluded !== candidates;
  if (staged.rows === 0 && (expected.min > 0 || unaccounted)) {
    return fail('upstream_missing', `${where}: no rows, but ${expected.why}; nothing was written`);
  }
  if (unaccounted) {
    return fail(
      'check_failed',
      `${where}: ${staged.rows} rows and ${staged.excluded} left out, of ${candidates} candidates`,
    );
  }
  if (staged.rows < expected.min || staged.rows > expected.max) {
    return fail(
      'check_failed',
      `${where}: ${staged.rows} rows, expected ${describeExpected(expected)} (${expected.why})`,
    );
  }
  const warnings = staged.violations
    .filter(({ severity }) => severity === 'warn')
    .map(describeViolation);
  const state = staged.rows === 0 ? 'empty' : 'done';
  if (record?.dataHash === staged.dataHash && record.rows === staged.rows) {
    return { kind: 'unchanged', state, warnings };
  }
  const refused = allowShrink ? undefined : shrinkReason(record, staged.rows);
  return refused === undefined
    ? { kind: 'write', state, warnings }
    : { kind: 'refuse', reason: refused };
}

function fail(kind: Failure['kind'], text: string): Verdict {
  return { kind: 'fail', failure: { kind, text } };
}

function describeViolation({ check, count }: Pick<CheckViolation, 'check' | 'count'>): string {
  return `${check} (${count})`;
}

/** For example `two_sides_of_a_game_disagree (2: game 0022300061, …)`. */
function describeFault({ check, count, example }: CheckViolation): string {
  return example === undefined
    ? describeViolation({ check, count })
    : `${check} (${count}: ${example}${count > 1 ? ', …' : ''})`;
}

function describeExpected({ min, max }: ExpectedRows): string {
  if (min === max) return String(min);
  return max === Number.MAX_SAFE_INTEGER ? `at least ${min}` : `${min} to ${max}`;
}
