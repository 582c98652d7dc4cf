import { rawFilesTable, runsTable } from '../ledger/ledger-tables.ts';
import { arrivedName, insertArrived, type Route, stageRows } from './bring-rows.ts';

/** Brings over the runs with these ids that the target does not know, and the files that they read. */
export async function bringRuns(route: Route, runIds: readonly string[]): Promise<void> {
  const stored = await route.target.query('SELECT run_id FROM backcourt.runs');
  const there = new Set(stored.map((row) => String(row['run_id'])));
  const missing = runIds.filter((runId) => !there.has(runId));
  if (missing.length === 0) return;
  const sql = route.source.dialect;
  const own = `run_id IN (${missing.map((runId) => sql.string(runId)).join(', ')})`;
  const tables = [runsTable, rawFilesTable];
  for (const table of tables) await stageRows(route, table, own);
  await route.target.commit(tables.map((table) => insertArrived(table)));
  await route.target.dropStage(...tables.map(arrivedName));
}
