/** Which computed dates of a warehouse that was taken back may stand there, when what could be computed has been. */
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { gameDate } from '../../src/calendar/game-date.ts';
import { removeOutdated } from '../../src/history/remove-outdated.ts';
import { loadTables } from '../../src/table/table-registry.ts';
import { openDuckDb } from '../../src/warehouse/duckdb/duckdb-warehouse.ts';
import { makeRunEngine } from '../../src/world/run-engine.ts';
import { smallSeason } from '../support/small-season.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { changeFile } from '../support/warehouse-file.ts';

const folder = tempFolder('outdated-dates');
const season = smallSeason(folder);
const now = '2026-01-15T12:00:00.000Z';

async function removedFrom(path: string) {
  const warehouse = await openDuckDb({
    ...{ path, mode: 'write', waitSeconds: 0, threads: undefined },
    writer: { pid: 1, host: 'here', startedAt: now },
  });
  const clock = { now: () => now, today: () => gameDate('2026-01-15'), elapsedMs: () => 0 };
  try {
    const engine = await makeRunEngine(warehouse, await loadTables(), clock, '0.0.0');
    return await removeOutdated(engine, 'a-run', now);
  } finally {
    await warehouse.close();
  }
}

test('a date that has failed and has no rows goes alone: what was made without it may stay', async () => {
  const path = join(folder, 'failed.duckdb');
  copyFileSync(season().computed, path);
  const date = season().dates[3] ?? '';
  expect(await removedFrom(path)).toMatchObject({ removed: 0, removedWithRows: 0 });
  await changeFile(
    path,
    `UPDATE backcourt.partitions SET state = 'failed', row_count = 0, failure_kind = 'check_failed', failure_text = 'x'
WHERE table_name = 'player_game_summary' AND partition_date = DATE '${date}'`,
  );
  expect(await removedFrom(path)).toMatchObject({ removed: 1, removedWithRows: 0 });
});
