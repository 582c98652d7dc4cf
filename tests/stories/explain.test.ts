import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { gameDatesOf } from '../support/equal-hashes.ts';
import { backcourt, prepare } from '../support/run-command.ts';
import { simulatedWarehouse } from '../support/simulated-warehouse.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { changeFile, queryFile } from '../support/warehouse-file.ts';

const folder = tempFolder('explain');
const zones = 'team_defense_zone_analysis';
let path: string;
let dates: readonly string[];
let copies = 0;

beforeAll(async () => {
  ({ path } = await simulatedWarehouse(folder, { gamesPerTeam: 14, postseason: false }));
  dates = await gameDatesOf(path);
  await prepare([
    'run',
    '--backfill',
    '--dates',
    dates.slice(0, 22).join(','),
    '--warehouse',
    path,
  ]);
});

function copy(): string {
  copies += 1;
  const target = join(folder, `copy-${copies}.duckdb`);
  copyFileSync(path, target);
  return target;
}

interface Explained {
  readonly state: string;
  readonly causes: readonly { readonly table: string; readonly date: string }[];
  readonly inputs: readonly { readonly table: string; readonly changed: boolean | undefined }[];
  readonly definition_changed: boolean;
  readonly exclusions: Readonly<Record<string, number>>;
  readonly entity: unknown;
  readonly downstream: readonly {
    readonly table: string;
    readonly dates: readonly string[];
    readonly direct: boolean;
  }[];
  readonly remedy: { readonly command: string } | null;
}

async function explain(warehouse: string, ...args: readonly string[]): Promise<Explained> {
  const { exitCode, stdout, stderr } = await backcourt([
    ...['explain', ...args, '--json', '--warehouse', warehouse],
  ]);
  expect(exitCode, stderr).toBe(0);
  return JSON.parse(stdout);
}

/** Changes an input partition as a corrected file would. */
const correct = (table: string, date: string) =>
  `UPDATE backcourt.partitions SET data_hash = 'corrected', recorded_at = recorded_at + INTERVAL 1 DAY
WHERE table_name = '${table}' AND partition_date = DATE '${date}'`;

describe('what explain says', () => {
  test('of a unit in order: no cause, nothing to mend, what a change would reach', async () => {
    const day = dates[10] ?? '';
    const unit = await explain(path, 'team_defense_game_summary', day);
    expect(unit).toMatchObject({ state: 'done', causes: [] });
    expect(unit.remedy).toBeNull();
    expect(unit.inputs.map(({ changed }) => changed)).toEqual([false]);
    const reach = unit.downstream.find(({ table }) => table === zones);
    expect(reach).toMatchObject({ direct: true, dates: dates.slice(11) });
  });

  test('of a stale unit: the chain to the file that was corrected', async () => {
    const warehouse = copy();
    const day = dates[9] ?? '';
    await changeFile(warehouse, correct('player_box', day));
    const unit = await explain(warehouse, zones, dates[15] ?? '');
    expect(unit.state).toBe('stale');
    expect(unit.causes.map(({ table, date }) => [table, date])).toEqual([
      ['team_defense_game_summary', day],
      ['team_offense_game_summary', day],
      ['player_box', day],
    ]);
    expect(unit.remedy?.command).toBe('backcourt run --stale');
    await prepare(['run', '--stale', '--warehouse', warehouse]);
    expect(await explain(warehouse, zones, dates[15] ?? '')).toMatchObject({ state: 'done' });
  });

  test('of a stale unit: which input changed, and which did not', async () => {
    const warehouse = copy();
    await changeFile(warehouse, correct('game_results', dates[9] ?? ''));
    const unit = await explain(warehouse, zones, dates[15] ?? '');
    const changed = unit.inputs.filter((input) => input.changed).map(({ table }) => table);
    expect([unit.state, changed]).toEqual(['stale', ['game_results']]);
    expect(unit.causes).toMatchObject([{ table: 'game_results', date: dates[9] }]);
    expect(unit.remedy?.command).toBe(
      `backcourt run --backfill --tables ${zones} --dates ${dates[15]}`,
    );
  });

  test('of a unit made by other code', async () => {
    const warehouse = copy();
    const day = dates[15] ?? '';
    await changeFile(
      warehouse,
      `UPDATE backcourt.partitions SET fingerprint = 'x', code_version = '0.0.0+00000000'
      WHERE table_name = '${zones}' AND partition_date = DATE '${day}'`,
    );
    const unit = await explain(warehouse, zones, day);
    expect(unit).toMatchObject({ state: 'stale', definition_changed: true });
  });

  test('of a blocked unit: the input that is absent, and what fills it', async () => {
    const warehouse = copy();
    const day = dates[25] ?? '';
    await changeFile(
      warehouse,
      `DELETE FROM backcourt.partitions WHERE table_name = 'player_box' AND partition_date = DATE '${day}'`,
    );
    const unit = await explain(warehouse, 'team_offense_game_summary', day);
    expect(unit).toMatchObject({
      state: 'blocked',
      causes: [{ table: 'player_box', date: day, state: 'missing' }],
      remedy: { verb: 'ingest', command: 'backcourt ingest simulated <files>' },
    });
  });

  test('of a unit that was never written: the command that writes it, with what it needs', async () => {
    const unit = await explain(path, 'team_defense_game_summary', dates[25] ?? '');
    expect(unit).toMatchObject({
      state: 'missing',
      remedy: {
        command: `backcourt run --backfill --tables team_offense_game_summary,team_defense_game_summary --dates ${dates[25]}`,
      },
    });
  });

  test('of a raw date that nobody has loaded: the command that loads it; of a day to come: a schedule', async () => {
    const warehouse = copy();
    await changeFile(
      warehouse,
      `DELETE FROM backcourt.partitions WHERE table_name = 'shots' AND partition_date = DATE '${dates[25]}'`,
    );
    const command = async (table: string, day: string) =>
      (await explain(warehouse, table, day)).remedy?.command;
    expect(await command('shots', dates[25] ?? '')).toBe('backcourt ingest simulated <files>');
    expect(await command('player_props', dates[25] ?? '')).toBe(
      'backcourt ingest player-props <files>',
    );
    for (const table of ['shots', zones]) {
      expect(await command(table, '2027-11-11')).toBe('backcourt ingest schedule <file>');
    }
    const status = await backcourt(['status', '--missing', '--warehouse', warehouse]);
    expect(status.lines).toContain(`shots  missing  ${dates[25]}  never loaded`);
    expect(status.stdout).toContain('\nhelp: npx backcourt ingest simulated <files> --warehouse ');
  });

  test('of entities: a row, an exclusion with its code, or neither', async () => {
    const early = await explain(path, zones, dates[8] ?? '', '--key', 'BOS');
    expect(early.exclusions).toEqual({ INSUFFICIENT_DATA: expect.any(Number) });
    expect(early.entity).toMatchObject({ key: 'BOS', fate: { kind: expect.any(String) } });
    const later = await explain(path, zones, dates[20] ?? '', '--key', 'BOS');
    expect(later.entity).toEqual({ key: 'BOS', fate: { kind: 'row' } });
    const nobody = await explain(path, zones, dates[20] ?? '', '--key', 'SEA');
    expect(nobody.entity).toEqual({ key: 'SEA', fate: { kind: 'unheard_of' } });
    const told = await backcourt([
      ...['explain', zones, dates[20] ?? '', '--key', 'SEA', '--warehouse', path],
    ]);
    expect(told.stdout).toContain('"SEA" is the key of no row and no candidate on any date');
    const bootstrap = await explain(path, zones, dates[0] ?? '', '--key', 'BOS');
    expect(bootstrap.entity).toEqual({ key: 'BOS', fate: { kind: 'unknown' } });
  });

  test('of days without games, bootstrap, days nobody loaded, and raw tables', async () => {
    expect(await explain(path, zones, '2023-08-01')).toMatchObject({ state: 'no_games' });
    expect(await explain(path, zones, dates[0] ?? '')).toMatchObject({ state: 'bootstrap' });
    expect(await explain(path, zones, '2019-11-11')).toMatchObject({ state: 'not_loaded' });
    const raw = await explain(path, 'player_box', dates[3] ?? '');
    expect(raw).toMatchObject({ state: 'done', inputs: [] });
    expect(raw.downstream.map(({ table }) => table)).toContain(zones);
  });

  test('wrong names and days are usage errors', async () => {
    const table = await backcourt([
      'explain',
      'team_defense_zone_analysi',
      '2023-11-01',
      '--warehouse',
      path,
    ]);
    expect([table.exitCode, table.stderr]).toEqual([2, expect.stringContaining('did you mean')]);
    const day = await backcourt(['explain', zones, '2023-02-30', '--warehouse', path]);
    expect([day.exitCode, day.stderr]).toEqual([2, expect.stringContaining('no such day')]);
  });
});

test('--key finds a player by his name among the rows of the date, and lists several', async () => {
  const table = 'player_game_summary';
  const date = dates[10] ?? '';
  const [[key, name]] = (await queryFile(
    path,
    `SELECT universal_player_id, player_full_name FROM nba_analytics.${table}
WHERE game_date = DATE '${date}' ORDER BY universal_player_id LIMIT 1`,
  )) as [[string, string]];
  const ask = (words: string, ...flags: readonly string[]) =>
    backcourt(['explain', table, date, '--key', words, ...flags, '--warehouse', path]);

  const byName = await ask(name.toUpperCase());
  expect(byName.exitCode).toBe(0);
  expect(byName.stdout).toMatch(new RegExp(`\n"${key}.*", ${name}, has a row\n`));
  expect(JSON.parse((await ask(name, '--json')).stdout).entity).toMatchObject({
    name,
    fate: { kind: 'row' },
  });

  const several = await ask('a');
  expect([several.exitCode, several.stdout]).toEqual([2, '']);
  expect(several.stderr).toMatch(
    /--key "a" is the name in \d+ rows of .*: \S+ .*, .* and \d+ more; give the key of one/,
  );
  expect((await ask('Nobody at All')).stdout).toContain(
    '"Nobody at All" is the key of no row and no candidate on any date',
  );
});

test('--key says so where a team or the team of a player does not play on the date', async () => {
  const rows = await queryFile(
    path,
    `SELECT CAST(one.game_date AS VARCHAR), one.universal_player_id, one.player_full_name, one.team_abbr
FROM nba_analytics.player_game_summary AS one
WHERE one.game_date = DATE '${dates[9]}'
  AND one.team_abbr NOT IN (SELECT team_abbr FROM nba_analytics.player_game_summary WHERE game_date = DATE '${dates[10]}')
ORDER BY one.universal_player_id
LIMIT 1`,
  );
  const [latest, key, name, team] = (rows[0] ?? []).map(String);
  const ask = async (words: string | undefined) =>
    (
      await backcourt([
        ...['explain', 'player_game_summary', dates[10] ?? '', '--key', words ?? ''],
        ...['--warehouse', path],
      ])
    ).stdout;
  const why = `has no row: ${team}, the team of the latest one (${latest}), does not play on this date`;
  expect(await ask(key)).toContain(`"${key}" ${why}`);
  expect(await ask(name)).toContain(`"${key}", ${name}, ${why}`);
});
