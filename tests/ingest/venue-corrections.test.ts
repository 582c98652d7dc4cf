import { join } from 'node:path';
import { expect, test } from 'vitest';
import { venueCorrections } from '../../data_processors/raw/schedule/venue-corrections.ts';
import { otherVenues } from '../../src/league/other-venues.ts';
import { gameLog, type LoggedGame } from '../support/game-log.ts';
import { prepare } from '../support/run-command.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { queryFile } from '../support/warehouse-file.ts';
import { writeParquet } from '../support/write-source.ts';

const folder = tempFolder('venue-corrections');

test('a game that the logs put into an arena stands where it was played', async () => {
  const { disneyWorld, tampa, lasVegas, paris, austin } = otherVenues;
  const games: readonly (readonly [LoggedGame, string, string | null])[] = [
    [{ id: '0021900900', date: '2020-03-10', away: 'NYK', home: 'WAS' }, 'WAS', null],
    [{ id: '0021901231', date: '2020-08-01', away: 'MIA', home: 'DEN' }, disneyWorld.venue, 'true'],
    [{ id: '0041900406', date: '2020-10-11', away: 'LAL', home: 'MIA' }, disneyWorld.venue, 'true'],
    [{ id: '0022000005', date: '2020-12-31', away: 'NYK', home: 'TOR' }, tampa.venue, null],
    [{ id: '0022000040', date: '2020-12-26', away: 'TOR', home: 'SAS' }, 'SAS', null],
    [{ id: '0022100005', date: '2021-10-20', away: 'WAS', home: 'TOR' }, 'TOR', null],
    [{ id: '0022300480', date: '2024-01-11', away: 'CLE', home: 'BKN' }, paris.venue, 'true'],
    [{ id: '0022300481', date: '2024-01-11', away: 'NYK', home: 'PHX' }, 'PHX', null],
    [{ id: '0022301229', date: '2023-12-09', away: 'IND', home: 'LAL' }, lasVegas.venue, 'true'],
    [{ id: '0022300980', date: '2024-03-15', away: 'DEN', home: 'SAS' }, austin.venue, null],
  ];
  const logs = await writeParquet(
    folder,
    'logs.parquet',
    games.flatMap(([game]) => gameLog(game)),
  );
  const warehouse = join(folder, 'w.duckdb');
  await prepare(['ingest', 'nba-stats', logs, '--warehouse', warehouse]);

  const stands = await queryFile(
    warehouse,
    'SELECT nba_game_id, venue, CAST(neutral_site AS VARCHAR) FROM nba_raw.schedule',
  );
  expect(stands.toSorted()).toEqual(
    games.map(([{ id }, venue, neutral]) => [id, venue, neutral]).toSorted(),
  );
});

test('no game has two corrections, and each says its teams in order and its reason', () => {
  const seen = new Set<string>();
  for (const { from, to, games, reason } of venueCorrections) {
    expect(from <= to && reason !== '').toBe(true);
    if (games.of !== 'two_teams') continue;
    expect(games.teams).toEqual(games.teams.toSorted());
    for (const team of games.teams) {
      expect(seen).not.toContain(`${from} ${team}`);
      seen.add(`${from} ${team}`);
    }
  }
});
