import { beforeAll, describe, expect, test } from 'vitest';
import { between, gameDatesOf, groupsInOrder, hashesAfter } from '../support/equal-hashes.ts';
import { simulatedWarehouse } from '../support/simulated-warehouse.ts';
import { tempFolder, tempFolderOfTest } from '../support/temp-folder.ts';
import { differingUnits } from '../support/warehouse-file.ts';

const folder = tempFolder('exact');
const [summaries = '', , zones = ''] = groupsInOrder;

describe('a short made-up season', () => {
  let path: string;
  let dates: readonly string[];
  let all: readonly string[];
  let seasonAtOnce: ReadonlyMap<string, string>;

  beforeAll(async () => {
    ({ path } = await simulatedWarehouse(folder, { gamesPerTeam: 8, postseason: false }));
    dates = await gameDatesOf(path);
    all = between(dates[0], dates.at(-1));
    seasonAtOnce = await hashesAfter(folder, path, all);
  });
  const later = () => between(dates[10], dates.at(-1));
  const earlier = () => between(dates[0], dates[9]);

  test('has rows in every table', () => {
    const filled = [...seasonAtOnce].filter(([, content]) => content.startsWith('done '));
    const names = new Set(filled.map(([unit]) => unit.split(' ')[0]));
    const computed = groupsInOrder.flatMap((group) => group.split(','));
    expect(computed.filter((name) => !names.has(name))).toEqual([]);
  });

  test.each([
    ['day by day', ['--batch-days', '1']],
    ['week by week', ['--batch-days', '7']],
    ['with one thread', ['--threads', '1']],
    ['with four threads', ['--threads', '4', '--batch-days', '10']],
  ])('%s gives the same hashes as one query', async (_, flags) => {
    const hashes = await hashesAfter(folder, path, [...all, ...flags]);
    expect(differingUnits(seasonAtOnce, hashes)).toEqual([]);
  });

  test('table by table, the later half of the dates first', async () => {
    const hashes = await hashesAfter(
      folder,
      path,
      ...groupsInOrder.flatMap((tables) => [
        ['--tables', tables, ...later()],
        ['--tables', tables, ...earlier()],
      ]),
    );
    expect(differingUnits(seasonAtOnce, hashes)).toEqual([]);
  });

  test('what was computed on a part of its inputs is made right when the rest comes', async () => {
    const part = ['--tables', summaries, ...between(dates[3], dates.at(-1))];
    const early = ['--tables', zones, '--dates', dates.at(-1) ?? ''];
    const unhealed = await hashesAfter(folder, path, part, early);
    const healed = await hashesAfter(folder, path, part, early, all);
    const unit = `team_defense_zone_analysis ${dates.at(-1)}`;
    expect(unhealed.get(unit)).not.toBe(seasonAtOnce.get(unit));
    expect(differingUnits(seasonAtOnce, healed)).toEqual([]);
  });

  test('another league has other hashes', async () => {
    const { path: stranger } = await simulatedWarehouse(tempFolderOfTest('other-league'), {
      seed: 2,
      gamesPerTeam: 2,
    });
    const run = ['--tables', 'team_offense_game_summary', '--dates', dates[0] ?? ''];
    const hashes = await hashesAfter(folder, stranger, run);
    const unit = `team_offense_game_summary ${dates[0]}`;
    expect(hashes.get(unit)).toMatch(/^done /);
    expect(hashes.get(unit)).not.toBe(seasonAtOnce.get(unit));
  });
});
