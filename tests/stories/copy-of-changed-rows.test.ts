import { join } from 'node:path';
import { expect, test } from 'vitest';
import { copyOf } from '../support/copy-of.ts';
import { backcourt } from '../support/run-command.ts';
import { smallSeason } from '../support/small-season.ts';
import { tempFolder } from '../support/temp-folder.ts';
import {
  cellOf,
  changeFile,
  differingUnits,
  partitionHashes,
  tornPartitions,
} from '../support/warehouse-file.ts';

const folder = tempFolder('copy-changed');
const season = smallSeason(folder);
const store = 'ml_feature_store';
const copy = (from: string, to: string, ...flags: readonly string[]) =>
  backcourt(['copy', '--from', from, '--to', to, ...flags]);

test('rows that something else has changed in the target are replaced when that is asked for', async () => {
  const target = copyOf(season().computed);
  const [day = ''] = season().dates.slice(-1);
  const sum = `SELECT CAST(SUM(days_rest) AS INT) FROM nba_predictions.${store}`;
  await changeFile(
    target,
    `UPDATE nba_predictions.${store} SET days_rest = days_rest + 1 WHERE game_date = '${day}'`,
  );
  const asked = ['--tables', store, '--dates', day];
  const equal = await copy(season().computed, target, ...asked);
  expect([equal.exitCode, equal.stdout]).toEqual([
    0,
    expect.stringContaining('equal by their records'),
  ]);
  expect(await cellOf(target, sum)).not.toBe(await cellOf(season().computed, sum));
  const again = await copy(season().computed, target, '--rewrite', ...asked);
  expect([again.exitCode, again.stdout]).toEqual([0, expect.stringContaining('1 date copied')]);
  expect(await cellOf(target, sum)).toBe(await cellOf(season().computed, sum));

  const offense = 'team_offense_game_summary';
  await changeFile(target, `UPDATE nba_analytics.${offense} SET pace = pace + 9`);
  await copy(season().computed, target, '--rewrite', '--tables', offense);
  const stale = await backcourt(['plan', '--stale', '--warehouse', target]);
  expect(stale.stdout).toContain('may have been made of were damaged then');

  await changeFile(target, `DROP TABLE nba_predictions.${store}`);
  expect((await copy(season().computed, target, ...asked)).exitCode).toBe(8);
  const whole = await copy(season().computed, target, '--rewrite');
  expect([whole.exitCode, whole.stderr]).toEqual([0, expect.stringContaining('is gone')]);
  expect(differingUnits(await partitionHashes(target), season().hashes)).toEqual([]);
  expect(await tornPartitions(target)).toEqual([]);
});

test('a row that was changed behind the back of the ledger, whichever column', async () => {
  const source = copyOf(season().computed);
  const [day = ''] = season().dates.slice(-1);
  await changeFile(
    source,
    `UPDATE nba_predictions.${store} SET days_rest = days_rest + 1 WHERE game_date = '${day}' AND universal_player_id = (SELECT MIN(universal_player_id) FROM nba_predictions.${store} WHERE game_date = '${day}')`,
  );
  const target = join(folder, 'target.duckdb');
  const { exitCode, stdout } = await copy(source, target);
  expect(exitCode).toBe(7);
  expect(stdout).toContain(
    `not copied ${store} ${day}: in ${source}, rows whose values are not those of their data_hash: 1`,
  );
  expect(stdout).toContain('npx backcourt verify --hashes --sample 0');
  expect(differingUnits(await partitionHashes(target), season().hashes)).toEqual([
    `${store} ${day}`,
  ]);
});
