/**
 * Loaded before the product (`node --import`), without which the product would have to know that it
 * is being killed: every statement that goes to the warehouse file, and its closing, is a step. The
 * order is in BACKCOURT_CRASH, as JSON: {@link Order}.
 */
import { writeFileSync } from 'node:fs';
import { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import type { Order, Step } from './order.ts';

const order: Order = JSON.parse(process.env['BACKCOURT_CRASH'] ?? '{"kind":"list","to":""}');
const steps: Step[] = [];
let opened = false;
let firstMs = 0;

const die = () => process.kill(process.pid, 'SIGKILL');

/** What a statement does, and to which table: `DELETE FROM nba_raw.shots`. */
function labelOf(sql: string): string {
  const told =
    /^(SELECT|BEGIN|COMMIT|SET|ATTACH|USE)\b|^(CREATE|DELETE|INSERT|UPDATE|DROP)\b[A-Z ]*[\w.]*/.exec(
      sql.trim().replace(/\s+/g, ' '),
    );
  return told?.[0] ?? 'another statement';
}

function isHere(moment: 'before' | 'after', index: number): boolean {
  switch (order.kind) {
    case 'step':
      return order.moment === moment && order.index === index;
    case 'label':
    case 'hold':
      return order.moment === moment && order.label === steps[index]?.label;
    default:
      return false;
  }
}

function at(moment: 'before' | 'after', index: number): void {
  if (order.kind !== 'hold' && isHere(moment, index)) die();
}

let held = false;

async function hold(moment: 'before' | 'after', index: number): Promise<void> {
  if (held || order.kind !== 'hold' || !isHere(moment, index)) return;
  held = true;
  process.stdout.write('held\n');
  process.stdin.resume();
  await new Promise((resolve) => process.stdin.once('end', resolve));
}

function begin(label: string): number {
  if (firstMs === 0) {
    firstMs = performance.now();
    if (order.kind === 'time') setTimeout(die, order.afterMs);
  }
  const index = steps.length;
  steps.push({ index, label, startMs: performance.now() - firstMs });
  at('before', index);
  if (order.kind === 'during' && order.index === index) setTimeout(die, order.afterMs);
  return index;
}

const runStatement = DuckDBConnection.prototype.run;
DuckDBConnection.prototype.run = async function run(sql, ...rest) {
  // An ingest looks at its files in a memory of its own first; nothing can be torn there.
  opened ||= /^ATTACH (?!':memory:')/.test(sql);
  if (!opened) return runStatement.call(this, sql, ...rest);
  const index = begin(labelOf(sql));
  await hold('before', index);
  const result = await runStatement.call(this, sql, ...rest);
  at('after', index);
  await hold('after', index);
  return result;
};

const closeInstance = DuckDBInstance.prototype.closeSync;
DuckDBInstance.prototype.closeSync = function closeSync() {
  if (!opened) return closeInstance.call(this);
  const index = begin('close');
  closeInstance.call(this);
  at('after', index);
};

process.on('exit', () => {
  if (order.kind === 'list') {
    writeFileSync(order.to, JSON.stringify({ steps, totalMs: performance.now() - firstMs }));
  }
});
