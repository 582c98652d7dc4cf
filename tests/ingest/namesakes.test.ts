import { join } from 'node:path';
import { expect, test } from 'vitest';
import { gameLog, playerId, withEach } from '../support/game-log.ts';
import { prepare } from '../support/run-command.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { queryFile } from '../support/warehouse-file.ts';
import { writeParquet } from '../support/write-source.ts';

const folder = tempFolder('namesakes');
const games = [
  { id: '0022300061', date: '2023-10-24', away: 'LAL', home: 'DEN' },
  { id: '0022300062', date: '2023-10-24', away: 'BOS', home: 'NYK' },
  { id: '0022300063', date: '2023-10-25', away: 'MIA', home: 'BOS' },
];
const names: Readonly<Record<number, string>> = {
  [playerId('LAL', 1)]: 'Jalen Williams',
  [playerId('BOS', 1)]: 'Jalen  Williams',
  [playerId('DEN', 1)]: 'Nikola Jokić',
  [playerId('NYK', 1)]: "D'Angelo Russell",
  [playerId('MIA', 1)]: 'Gary Trent Jr.',
  [playerId('MIA', 2)]: 'Karl-Anthony Towns',
};

test('names become keys; of two alike on a date the larger id is marked', async () => {
  const warehouse = join(folder, 'names.duckdb');
  const rows = withEach(games.flatMap(gameLog), ({ PLAYER_ID, PLAYER_NAME }) => ({
    PLAYER_NAME: names[Number(PLAYER_ID)] ?? PLAYER_NAME ?? null,
  }));
  const file = await writeParquet(folder, 'names.parquet', rows);
  await prepare(['ingest', 'nba-stats', file, '--warehouse', warehouse]);

  const [one, other] = [playerId('BOS', 1), playerId('LAL', 1)].sort((a, b) => a - b);
  const lookups = await queryFile(
    warehouse,
    `SELECT CAST(game_date AS VARCHAR), CAST(player_id AS INT), player_lookup
FROM nba_raw.player_box WHERE player_name NOT LIKE '% Player %' ORDER BY ALL`,
  );
  expect(lookups).toEqual(
    [
      ['2023-10-24', one, 'jalenwilliams'],
      ['2023-10-24', other, `jalenwilliams_${other}`],
      ['2023-10-24', playerId('DEN', 1), 'nikolajokic'],
      ['2023-10-24', playerId('NYK', 1), 'dangelorussell'],
      ['2023-10-25', playerId('BOS', 1), 'jalenwilliams'],
      ['2023-10-25', playerId('MIA', 1), 'garytrentjr'],
      ['2023-10-25', playerId('MIA', 2), 'karlanthonytowns'],
    ].toSorted(byDateThenId),
  );
});

type Named = readonly (string | number | undefined)[];

function byDateThenId([dateA, idA]: Named, [dateB, idB]: Named): number {
  return String(dateA).localeCompare(String(dateB)) || Number(idA) - Number(idB);
}
