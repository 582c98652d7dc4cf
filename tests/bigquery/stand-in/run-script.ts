import { type Evaluated, GoogleSqlError } from '../googlesql/googlesql-service.ts';
import type { MemoryDatabase, PreparedChange, Table } from '../googlesql/memory-database.ts';
import { parseChange } from '../googlesql/parse-change.ts';
import { carryOutDdl } from './carry-out-ddl.ts';
import type { Datasets } from './datasets.ts';
import { JobError } from './job-error.ts';
import { maskTexts } from './mask-texts.ts';
import { parseDdl } from './parse-ddl.ts';
import { parseScript, type ScriptNode } from './parse-script.ts';
import { partitionValues, withoutExpired } from './partition-values.ts';
import type { Quotas } from './quotas.ts';
import type { Random } from './random.ts';
import { refuseRows } from './refuse-rows.ts';
import type { Rules } from './rules.ts';
import type { Scheduler } from './scheduler.ts';
import { literal, onlyValue, type Variables, withValues } from './script-values.ts';
import type { Transaction, Transactions } from './transactions.ts';

/** What all jobs of a stand-in share. */
export interface Shared {
  readonly projectId: string;
  readonly database: MemoryDatabase;
  readonly datasets: Datasets;
  readonly transactions: Transactions;
  readonly scheduler: Scheduler;
  readonly quotas: Quotas;
  readonly random: Random;
  rules(): Rules;
}

/** The job that a script is carried out for. */
export interface ScriptJob {
  readonly location: string;
  /** Lets so many seconds of the virtual clock pass. @throws JobError when the job is stopped meanwhile. */
  pass(seconds: number): Promise<void>;
  /** Seconds of the virtual clock. */
  now(): number;
  /** A statement begins. */
  begins(sql: string): Promise<void>;
  /** Tables that a statement sees besides the stored ones. */
  extra(sql: string): ReadonlyMap<string, Table>;
}

export interface ScriptResult {
  /** Of the last SELECT. */
  readonly rows: Evaluated | undefined;
  readonly affected: number | undefined;
}

/** Seconds of the virtual clock; a partition is touched by what is written to it. */
const childSeconds = 0.8;
const changeSeconds = 2;
const partitionSeconds = 0.003;

/** How often, and how long, a single statement waits for a transaction that holds its table. */
const mostWaits = 3;
const waitMs = 2_000;

/**
 * Carries out the statements of a job, one turn each, so that those of other jobs come between them. What
 * fails inside of a transaction, or ends without a commit, leaves no trace.
 * @throws JobError as BigQuery would answer.
 */
export async function runScript(
  shared: Shared,
  job: ScriptJob,
  script: string,
): Promise<ScriptResult> {
  const { database, transactions, scheduler, random } = shared;
  const nodes = parseScript(script);
  const isScript = nodes.length > 1 || nodes.some(({ kind }) => kind !== 'statement');
  const temporary = new Map<string, Table>();
  const variables: Variables = new Map();
  let own: Transaction | undefined;
  let rows: Evaluated | undefined;
  let affected: number | undefined;

  /** The tables as this script sees them now. */
  function view(sql: string): MemoryDatabase {
    if (own) transactions.look(own, sql);
    const base = own?.database ?? database;
    const also = [...temporary, ...job.extra(sql)];
    if (also.length === 0) return base;
    const branch = base.branch();
    for (const [name, table] of also) branch.put(name, table);
    return branch;
  }

  const options = () => ({ random: shared.rules().order ? random : undefined });

  async function evaluate(expression: string) {
    const sql = `SELECT (${withValues(expression, variables)}) AS value`;
    if (/\bFROM\b/i.test(sql)) await job.pass(childSeconds);
    return onlyValue(await scheduler.turn(() => view(sql).query(sql, options())));
  }

  async function run(list: readonly ScriptNode[]): Promise<void> {
    for (const node of list) await runNode(node);
  }

  async function runNode(node: ScriptNode): Promise<void> {
    switch (node.kind) {
      case 'statement':
        return runStatement(withValues(node.sql, variables), node.sql);
      case 'if':
        for (const { condition, body } of node.branches) {
          if (condition !== undefined && (await evaluate(condition)).value !== true) continue;
          return run(body);
        }
        return;
      case 'block':
        try {
          await run(node.body);
        } catch (error) {
          const isCaught = error instanceof JobError && error.reason !== 'stopped';
          if (!node.handler || !(isCaught || error instanceof GoogleSqlError)) throw error;
          variables.set('@@error.message', literal(error.message));
          await run(node.handler);
        }
    }
  }

  async function runStatement(sql: string, written: string): Promise<void> {
    if (await runControl(sql, written)) return;
    await job.begins(sql);
    const ddl = parseDdl(sql);
    const changes = parseChange(sql) !== undefined;
    const isCostly = changes || (ddl?.kind === 'create' && ddl.select !== undefined);
    await job.pass(isCostly ? changeSeconds : isScript ? childSeconds : 0);
    if (shared.rules().locations) shared.datasets.refuseElsewhere(sql, job.location);
    if (ddl) {
      if (own && !isTemporary(ddl)) throw unsupported(sql);
      const surroundings = { shared, job, temporary, view };
      const touched = await scheduler.turn(() => carryOutDdl(surroundings, ddl));
      return job.pass(touched * partitionSeconds);
    }
    if (changes) return changeRows(sql);
    const found = await scheduler.turn(() => view(sql).query(sql, options()));
    rows =
      shared.rules().order && !isOrdered(sql)
        ? { ...found, rows: random.shuffled(found.rows) }
        : found;
  }

  const isTemporary = (ddl: NonNullable<ReturnType<typeof parseDdl>>) =>
    ddl.kind === 'create' ? ddl.isTemporary : temporary.has(ddl.table);

  async function changeRows(sql: string): Promise<void> {
    for (let waits = 0; ; waits += 1) {
      const change = await scheduler.turn(() => applyRows(sql));
      if (change) {
        affected = change.affected;
        variables.set('@@row_count', String(change.affected));
        const stored = view(sql).tables().get(change.table);
        const touched = stored
          ? partitionValues(stored, [...change.removed, ...change.added]).size
          : 0;
        return job.pass(touched * partitionSeconds);
      }
      if (waits >= mostWaits) {
        const [, table = ''] = /(\w+\.\w+)/.exec(sql) ?? [];
        const name = `${shared.projectId}:${table}`;
        const message = `Could not serialize access to table ${name} due to concurrent update`;
        throw new JobError(400, 'invalidQuery', message);
      }
      await transactions.nextEnd(waitMs);
      await job.pass(0);
    }
  }

  /** @returns `undefined` when it has to wait for another transaction. */
  async function applyRows(sql: string): Promise<PreparedChange | undefined> {
    const seen = view(sql);
    const change = await seen.prepare(sql, options());
    const table = seen.tables().get(change.table);
    if (!table) throw new Error(`no table ${change.table}`);
    refuseRows(shared.rules(), change.table, table, change);
    if (temporary.has(change.table)) {
      seen.apply(change);
      temporary.set(change.table, seen.tables().get(change.table) ?? table);
      return change;
    }
    if (transactions.admit(own, change) === 'wait') return undefined;
    if (shared.rules().limits) shared.quotas.dml(change.table, job.now());
    const target = own?.database ?? database;
    target.apply(change);
    const stored = target.tables().get(change.table);
    if (stored && change.added.length > 0)
      target.put(change.table, withoutExpired(stored, Date.now()));
    return change;
  }

  /** @returns whether it was a statement of the script itself. */
  async function runControl(sql: string, written: string): Promise<boolean> {
    const [word = ''] = /^\w+/.exec(sql.toUpperCase()) ?? [];
    switch (word) {
      case 'BEGIN':
        if (own) throw new JobError(400, 'invalidQuery', 'Transaction is already in progress');
        await step(sql);
        own = transactions.begin();
        return true;
      case 'COMMIT':
      case 'ROLLBACK': {
        if (!own) throw new JobError(400, 'invalidQuery', 'There is no transaction in progress');
        await step(sql);
        const ends = own;
        if (word === 'ROLLBACK') transactions.rollback(ends);
        else await scheduler.turn(async () => transactions.commit(ends));
        own = undefined;
        return true;
      }
      case 'DECLARE': {
        const form =
          /^DECLARE ([\w,\s]+?)(?:\s+(INT64|STRING|BOOL|DATE|TIMESTAMP|NUMERIC|FLOAT64))?(?:\s+DEFAULT ([\s\S]+))?$/i;
        const [, names = '', type, expression] = form.exec(written) ?? [];
        const value =
          expression === undefined ? `CAST(NULL AS ${type})` : (await evaluate(expression)).sql;
        for (const name of names.split(',')) variables.set(name.trim().toLowerCase(), value);
        return true;
      }
      case 'SET': {
        const [, name = '', expression = ''] = /^SET (\w+)\s*=\s*([\s\S]+)$/i.exec(written) ?? [];
        if (!variables.has(name.toLowerCase()))
          throw new JobError(400, 'invalidQuery', `Undeclared variable: ${name}`);
        variables.set(name.toLowerCase(), (await evaluate(expression)).sql);
        return true;
      }
      case 'RAISE': {
        const [, expression = "''"] = /^RAISE USING MESSAGE\s*=\s*([\s\S]+)$/i.exec(written) ?? [];
        throw new JobError(400, 'invalidQuery', String((await evaluate(expression)).value));
      }
      case 'ASSERT': {
        const [, condition = '', message = 'NULL'] =
          /^ASSERT ([\s\S]+?)(?:\s+AS ('[\s\S]+'))?$/i.exec(written) ?? [];
        if ((await evaluate(condition)).value === true) return true;
        const text = (await evaluate(message)).value ?? 'Assertion failed';
        throw new JobError(400, 'invalidQuery', String(text));
      }
      default:
        return false;
    }
  }

  async function step(sql: string): Promise<void> {
    await job.begins(sql);
    await job.pass(childSeconds);
  }

  try {
    await run(nodes);
  } catch (error) {
    throw answerOf(error, isScript);
  } finally {
    if (own) transactions.rollback(own);
  }
  return { rows, affected };
}

/** What went wrong, as BigQuery says it: of a script with the place in it. */
function answerOf(error: unknown, isScript: boolean): unknown {
  const answer =
    error instanceof GoogleSqlError ? new JobError(400, 'invalidQuery', error.message) : error;
  if (!isScript || !(answer instanceof JobError) || answer.reason !== 'invalidQuery') return answer;
  return new JobError(400, 'invalidQuery', `Query error: ${answer.message} at [1:1]`);
}

function unsupported(sql: string): JobError {
  const [words = ''] = /^\w+ (?:OR REPLACE )?\w+/.exec(sql) ?? [];
  return new JobError(400, 'invalidQuery', `${words} is not supported inside a transaction`);
}

/** Whether the query itself says an order, and not only a part of it. */
function isOrdered(sql: string): boolean {
  let outside = maskTexts(sql);
  for (let before = ''; before !== outside; ) {
    before = outside;
    outside = outside.replace(/\([^()]*\)/g, ' ');
  }
  return /\bORDER BY\b/i.test(outside);
}
