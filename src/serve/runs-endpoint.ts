import type { RunsAnswer } from './api-types.ts';
import { readRuns } from './read-runs.ts';
import type { ServeContext } from './serve-context.ts';

/** The most that are listed; older ones are history that nobody scrolls to. */
const mostRuns = 500;

/** History of runs, what is failed now, and how fast each table was. */
export function runsEndpoint({ read, command }: ServeContext): Promise<RunsAnswer> {
  return read(async ({ engine }) => {
    const { warehouse, world } = engine;
    const { ledger, tables } = world;
    const records = tables.all.flatMap(({ name }) => [...ledger.of(name).values()]);
    return {
      runs: await readRuns(warehouse, mostRuns),
      made: [...Map.groupBy(records, ({ runId, table }) => `${runId} ${table}`).values()].flatMap(
        (own) => {
          const [first] = own;
          if (!first) return [];
          const rows = own.reduce((sum, record) => sum + record.rows, 0);
          return [{ run_id: first.runId, table: first.table, units: own.length, rows }];
        },
      ),
      failures: records
        .filter(({ state }) => state === 'failed')
        .map(({ table, date, failure, runId, attempts }) => ({
          table,
          date,
          kind: failure?.kind ?? '',
          text: failure?.text ?? '',
          run_id: runId,
          attempts,
        })),
      retry: command('retry'),
      speed: tables.computed.flatMap(({ name }) => {
        const done = [...ledger.of(name).values()].filter(({ state }) => state === 'done');
        if (done.length === 0) return [];
        return [
          {
            table: name,
            rows: done.reduce((sum, { rows }) => sum + rows, 0),
            seconds: done.reduce((sum, { seconds }) => sum + seconds, 0),
          },
        ];
      }),
    };
  });
}
