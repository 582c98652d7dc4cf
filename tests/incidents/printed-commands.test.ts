import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { gameDatesOf } from '../support/equal-hashes.ts';
import { backcourt, prepare } from '../support/run-command.ts';
import { simulatedWarehouse } from '../support/simulated-warehouse.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { changeFile } from '../support/warehouse-file.ts';
import { wordsOf } from '../support/words-of.ts';

const folder = tempFolder('printed');
const path = join(folder, 'w.duckdb');
const disturbed = join(folder, 'disturbed.duckdb');
const offense = 'team_offense_game_summary';
const zones = 'team_defense_zone_analysis';
const store = 'ml_feature_store';
let files: readonly string[];
let dates: readonly string[];
let copies = 0;

/** One warehouse with units in every state, and rows that are not those of their records. */
beforeAll(async () => {
  ({ files } = await simulatedWarehouse(folder, { gamesPerTeam: 16, postseason: false }));
  await prepare(['ingest', 'simulated', ...files, '--warehouse', path]);
  dates = (await gameDatesOf(path)).slice(0, 14);
  const on = ['--dates', dates.join(','), '--warehouse', disturbed];
  copyFileSync(path, disturbed);
  await prepare(['run', '--backfill', '--option', 'bootstrap_days=5', ...on]);
  const day = (index: number) => `DATE '${dates[index]}'`;
  const record = (table: string, index: number) =>
    `backcourt.partitions WHERE table_name = '${table}' AND partition_date = ${day(index)}`;
  const update = (table: string, index: number, set: string) =>
    `UPDATE ${record(table, index).replace(' WHERE', ` SET ${set} WHERE`)}`;
  await changeFile(
    disturbed,
    [
      // Never written, failed, stale by an input and by an option, made of damaged rows.
      `DELETE FROM ${record(offense, 8)}`,
      `DELETE FROM nba_analytics.${offense} WHERE game_date = ${day(8)}`,
      update(zones, 9, "state = 'failed', failure_kind = 'bad_data', failure_text = 'x'"),
      update('player_game_summary', 10, "fingerprint = 'moved'"),
      update(zones, 10, 'fingerprint = NULL'),
      // An input is gone, with its record; a game date is known to nobody.
      `DELETE FROM ${record('player_box', 11)}`,
      `DELETE FROM nba_raw.player_box WHERE game_date = ${day(11)}`,
      // Other rows than recorded, doubled ones, exclusions that are gone, and rows of no day at all.
      `UPDATE nba_analytics.${offense} SET pace = pace + 1 WHERE game_date = ${day(3)}`,
      `DELETE FROM backcourt.exclusions WHERE partition_date = ${day(9)}`,
      `INSERT INTO nba_predictions.${store} SELECT * REPLACE (DATE '2031-01-01' AS game_date) FROM nba_predictions.${store} LIMIT 3`,
    ].join(';\n'),
  );
});

function fresh(): string {
  copies += 1;
  const target = join(folder, `copy-${copies}.duckdb`);
  copyFileSync(disturbed, target);
  return target;
}

/** Every command that a text offers, as arguments; `<files>` are those that the league has written. */
function commandsIn(text: string): readonly (readonly string[])[] {
  const lines = [...text.matchAll(/npx backcourt (.*)$/gm)].map(([, line]) => line ?? '');
  return [...new Set(lines)].map((line) =>
    wordsOf(line).flatMap((word) => (/^<files?>$/.test(word) ? files : [word])),
  );
}

async function statesOf(warehouse: string): Promise<ReadonlyMap<string, string>> {
  const { lines } = await prepare(['status', '--missing', '--json', '--warehouse', warehouse]);
  const units = lines.map((line) => JSON.parse(line)).filter(({ type }) => type === 'unit');
  return new Map(units.map(({ table, date, state }) => [`${table} ${date}`, state]));
}

const ofDates = () => ['--dates', dates.join(',')];
const looks: readonly (readonly [string, () => readonly string[]])[] = [
  ['status', () => ['status', '--missing']],
  ['status --failed', () => ['status', '--failed']],
  ['plan', () => ['plan', '--backfill', ...ofDates()]],
  ['plan --stale', () => ['plan', '--stale']],
  ['a dry run', () => ['run', '--backfill', '--dry-run', ...ofDates()]],
  ['run', () => ['run', '--backfill', ...ofDates()]],
  ['run --stale', () => ['run', '--stale']],
  ['retry', () => ['retry']],
  ['verify', () => ['verify', '--hashes', '--sample', '0']],
  ['diff', () => ['diff', offense, dates[11] ?? '']],
  ['export', () => ['export', zones, '--out', join(folder, 'rows.csv')]],
  ['doctor', () => ['doctor']],
];

test.each(looks)('what %s offers can be carried out, and each ends well', async (_, look) => {
  const warehouse = fresh();
  const seen = await backcourt([...look(), '--warehouse', warehouse]);
  for (const words of commandsIn(`${seen.stdout}\n${seen.stderr}`)) {
    const { exitCode, stdout, stderr } = await backcourt(words);
    expect([words, exitCode, stderr, exitCode === 0 ? '' : stdout]).toEqual([words, 0, '', '']);
  }
});

test('the one command that explain offers makes a unit what it is owed to be', async () => {
  const owed = await statesOf(disturbed);
  expect([...new Set(owed.values())].sort()).toEqual(['blocked', 'failed', 'missing', 'stale']);
  const ofKinds = new Map(
    [...owed].map(([unit, state]) => [`${state} ${unit.split(' ')[0]}`, unit] as const),
  );
  expect(ofKinds.size).toBeGreaterThan(8);
  for (const [kind, unit] of ofKinds) {
    const warehouse = fresh();
    const { stdout } = await prepare(['explain', ...unit.split(' '), '--warehouse', warehouse]);
    const [, offered = ''] = /^mend it with: (.*)$/m.exec(stdout) ?? [];
    const [words = []] = commandsIn(offered);
    const { exitCode } = await backcourt(words);
    // On its way is a date that waits for its box scores, which the command tells with 5.
    expect([kind, unit, words, [0, 5].includes(exitCode)]).toEqual([kind, unit, words, true]);
    expect([kind, unit, words, (await statesOf(warehouse)).get(unit)]).toEqual([
      ...[kind, unit, words],
      undefined,
    ]);
  }
});
