import type { MemoryDatabase, PreparedChange, Table } from '../googlesql/memory-database.ts';
import { JobError } from './job-error.ts';
import { mostTransactionPartitions, mostTransactionTables } from './limits.ts';
import { partitionValues } from './partition-values.ts';
import type { Rules } from './rules.ts';

/** A transaction that is under way. */
export interface Transaction {
  /** The tables as they stood when it began, with what it has changed. */
  readonly database: MemoryDatabase;
}

/**
 * Transactions as Google documents them: each reads the tables as they stood when it began. One that has
 * updated or deleted a row of a table keeps others from doing so: another transaction is aborted, a
 * statement outside of one waits. A statement that touches no row, and an INSERT, conflict with nothing.
 * https://cloud.google.com/bigquery/docs/transactions#transaction_concurrency
 *
 * Nothing is documented of a table that is dropped or replaced meanwhile; here no later statement finds it.
 */
export interface Transactions {
  begin(): Transaction;
  /** Before a statement of a transaction reads. @throws JobError when a table of it is gone. */
  look(own: Transaction, sql: string): void;
  /**
   * Before a change is applied; without a transaction of its own it may have to wait.
   * @throws JobError when its transaction is aborted.
   */
  admit(own: Transaction | undefined, change: PreparedChange): 'go' | 'wait';
  /** @throws JobError when it is aborted. */
  commit(own: Transaction): void;
  rollback(own: Transaction): void;
  /** Until some transaction ends, but no longer than so many milliseconds. */
  nextEnd(withinMs: number): Promise<void>;
}

interface Active {
  readonly base: ReadonlyMap<string, Table>;
  readonly began: number;
  readonly mutated: Set<string>;
  readonly changed: Set<string>;
  partitions: number;
}

export function makeTransactions(
  projectId: string,
  main: MemoryDatabase,
  rules: () => Rules,
): Transactions {
  const active = new Map<Transaction, Active>();
  const lastMutation = new Map<string, number>();
  const waiting = new Set<() => void>();
  let count = 0;

  const stateOf = (own: Transaction): Active => {
    const state = active.get(own);
    if (!state) throw new Error('a transaction that has ended');
    return state;
  };

  const aborted = (table: string) => {
    const name = `${projectId}:${table}`;
    const message = `Transaction is aborted due to concurrent update against table ${name}. Transaction ID: ${count}`;
    return new JobError(400, 'invalidQuery', message);
  };

  function end(own: Transaction): void {
    active.delete(own);
    for (const wake of waiting) wake();
    waiting.clear();
  }

  function admit(own: Transaction | undefined, change: PreparedChange): 'go' | 'wait' {
    const { table, removed, added } = change;
    const isMutation = removed.size > 0;
    const held = [...active].some(([other, { mutated }]) => other !== own && mutated.has(table));
    if (!own) {
      if (isMutation && held && rules().conflicts) return 'wait';
      count += 1;
      if (isMutation) lastMutation.set(table, count);
      return 'go';
    }
    const state = stateOf(own);
    const isLate = (lastMutation.get(table) ?? 0) > state.began;
    if (isMutation && rules().conflicts && (held || isLate)) throw aborted(table);
    if (isMutation) state.mutated.add(table);
    if (isMutation || added.length > 0) state.changed.add(table);
    const stored = own.database.tables().get(table);
    if (stored) state.partitions += partitionValues(stored, [...removed, ...added]).size;
    refuseLarge(state);
    return 'go';
  }

  function refuseLarge({ changed, partitions }: Active): void {
    if (!rules().limits) return;
    if (changed.size > mostTransactionTables || partitions > mostTransactionPartitions) {
      const message = `Transaction modifies ${changed.size} tables and ${partitions} partitions; at most ${mostTransactionTables} and ${mostTransactionPartitions} are allowed`;
      throw new JobError(400, 'resourcesExceeded', message);
    }
  }

  function commit(own: Transaction): void {
    const { base, began, mutated, changed } = stateOf(own);
    for (const table of mutated) {
      if (rules().conflicts && (lastMutation.get(table) ?? 0) > began) throw aborted(table);
    }
    for (const table of changed) {
      const [before, after] = [base.get(table), own.database.tables().get(table)];
      const now = main.tables().get(table);
      if (!now || now.columns !== before?.columns) throw notFound(projectId, table);
      if (after) main.apply({ kind: 'merge', table, affected: 0, ...difference(before, after) });
    }
    count += 1;
    for (const table of mutated) lastMutation.set(table, count);
    end(own);
  }

  return {
    begin: () => {
      count += 1;
      const own = { database: main.branch() };
      const sets = { mutated: new Set<string>(), changed: new Set<string>() };
      active.set(own, { base: main.snapshot(), began: count, partitions: 0, ...sets });
      return own;
    },
    look: (own, sql) => {
      for (const [name, { columns }] of stateOf(own).base) {
        if (!name.includes('.') || !new RegExp(`\\b${name.replace('.', '\\.')}\\b`).test(sql))
          continue;
        if (main.tables().get(name)?.columns !== columns) throw notFound(projectId, name);
      }
    },
    admit,
    commit,
    rollback: end,
    nextEnd: (withinMs) =>
      new Promise((resolve) => {
        const timer = setTimeout(resolve, withinMs);
        waiting.add(() => {
          clearTimeout(timer);
          resolve();
        });
      }),
  };
}

/** Rows are the same objects until they are changed: what a transaction did is what differs. */
function difference(before: Table, after: Table): Pick<PreparedChange, 'removed' | 'added'> {
  const [old, now] = [new Set(before.rows), new Set(after.rows)];
  return {
    removed: new Set(before.rows.filter((row) => !now.has(row))),
    added: after.rows.filter((row) => !old.has(row)),
  };
}

function notFound(projectId: string, table: string): JobError {
  return new JobError(
    404,
    'notFound',
    `Not found: Table ${projectId}:${table} was not found in location US`,
  );
}
