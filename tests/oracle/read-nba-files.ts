import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { deriveGames } from './derive-games.ts';
import { teamAbbr, teamAbbrOfId } from './nba-teams.ts';
import {
  gameIdFacts,
  parsePlusMinus,
  parseSeconds,
  playerLookup,
  secondsOfMinutes,
} from './parse-source-values.ts';
import type { PlayerBoxRow, PlayerPropRow, RawRows, ShotRow } from './raw-rows.ts';
import { readParquetRows } from './read-parquet-rows.ts';

/** Spellings of the line source that differ from the league's. */
const LOOKUP_ALIASES: Readonly<Record<string, string>> = {
  derrickjones: 'derrickjonesjr',
  jimmybutler: 'jimmybutleriii',
  herbjones: 'herbertjones',
  nicolasclaxton: 'nicclaxton',
  carltoncarrington: 'bubcarrington',
  isaiahstewartii: 'isaiahstewart',
  bjbostonjr: 'brandonboston',
  moewagner: 'moritzwagner',
  ronholland: 'ronaldhollandii',
  brucebrownjr: 'brucebrown',
  jameshuff: 'jayhuff',
  paulreedjr: 'paulreed',
};

/**
 * Reads player logs, shot charts and player props of a folder with the columns of NBA.com's own
 * endpoints, and normalises them to raw rows. The schedule and the results come from the logs.
 */
export async function readNbaFiles(folder: string): Promise<RawRows> {
  const files = (await readdir(folder)).sort();
  const readAll = async <R>(
    prefix: string,
    read: (file: string) => Promise<readonly R[]>,
  ): Promise<readonly R[]> => {
    const rows: R[] = [];
    for (const file of files) {
      if (!file.startsWith(prefix)) continue;
      for (const row of await read(join(folder, file))) rows.push(row);
    }
    return rows;
  };
  const loggedBox = await readAll('playergamelogs_', readBox);
  const chartedShots = await readAll('shotchartdetail_', readShots);
  const props = await readAll('props_', readProps);
  const games = deriveGames(loggedBox, chartedShots);
  const rejected = new Set(games.oneSidedGames);
  return {
    player_box: loggedBox.filter((row) => !rejected.has(row.nba_game_id)),
    shots: chartedShots,
    schedule: games.schedule,
    game_results: games.game_results,
    player_props: props,
    game_lines: [],
    injuries: [],
    players: [],
    venue_distances: [],
  };
}

function readBox(file: string): Promise<readonly PlayerBoxRow[]> {
  const columns = [
    ...['GAME_ID', 'GAME_DATE', 'TEAM_ABBREVIATION', 'PLAYER_ID', 'PLAYER_NAME', 'MATCHUP', 'MIN'],
    ...['MIN_SEC', 'FGM', 'FGA', 'FG3M', 'FG3A', 'FTM', 'FTA', 'OREB', 'DREB', 'AST', 'TOV'],
    ...['STL', 'BLK', 'PF', 'PTS', 'PLUS_MINUS'],
  ];
  return readParquetRows(file, columns, (value) => {
    const facts = gameIdFacts(String(value('GAME_ID')));
    const team = teamAbbr(String(value('TEAM_ABBREVIATION')));
    // A game against a team that is none of the 30 keeps one side here and is rejected as one-sided.
    if (!facts || team === null) return null;
    const name = String(value('PLAYER_NAME'));
    const count = (column: string): number | null => wholeOrNull(value(column));
    const plusMinus = value('PLUS_MINUS');
    return {
      nba_game_id: facts.nba_game_id,
      game_date: String(value('GAME_DATE')).slice(0, 10),
      season_year: facts.season_year,
      game_type: facts.game_type,
      team_abbr: team,
      player_id: Number(value('PLAYER_ID')),
      player_name: name,
      player_lookup: playerLookup(name),
      marks_home: String(value('MATCHUP')).includes('vs.'),
      seconds_played: secondsOf(value('MIN_SEC'), value('MIN')),
      fgm: count('FGM'),
      fga: count('FGA'),
      fg3m: count('FG3M'),
      fg3a: count('FG3A'),
      ftm: count('FTM'),
      fta: count('FTA'),
      oreb: count('OREB'),
      dreb: count('DREB'),
      ast: count('AST'),
      tov: count('TOV'),
      stl: count('STL'),
      blk: count('BLK'),
      pf: count('PF'),
      pts: count('PTS'),
      plus_minus: plusMinus === null ? null : parsePlusMinus(String(plusMinus)),
      starter: null,
    };
  });
}

function secondsOf(minSec: unknown, minutes: unknown): number | null {
  if (minSec !== null) return parseSeconds(String(minSec));
  return minutes === null ? null : secondsOfMinutes(Number(minutes));
}

function wholeOrNull(value: unknown): number | null {
  if (value === null) return null;
  const count = Number(value);
  return Number.isSafeInteger(count) ? count : null;
}

function readShots(file: string): Promise<readonly ShotRow[]> {
  const columns = [
    ...['GAME_ID', 'GAME_EVENT_ID', 'GAME_DATE', 'PLAYER_ID', 'TEAM_ID', 'HTM'],
    ...['SHOT_TYPE', 'SHOT_DISTANCE', 'SHOT_MADE_FLAG'],
  ];
  return readParquetRows(file, columns, (value) => {
    const facts = gameIdFacts(String(value('GAME_ID')));
    const distance = value('SHOT_DISTANCE');
    if (!facts || distance === null) return null;
    const date = String(value('GAME_DATE'));
    return {
      nba_game_id: facts.nba_game_id,
      event_id: Number(value('GAME_EVENT_ID')),
      game_date: `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6, 8)}`,
      player_id: Number(value('PLAYER_ID')),
      team_abbr: teamAbbrOfId(Number(value('TEAM_ID'))),
      home_team_abbr: teamAbbr(String(value('HTM'))),
      shot_type: String(value('SHOT_TYPE')),
      distance_ft: Number(distance),
      made: Number(value('SHOT_MADE_FLAG')) === 1,
      is_assisted: null,
    };
  });
}

async function readProps(file: string): Promise<readonly PlayerPropRow[]> {
  const columns = ['odds_event_id', 'bookmaker', 'player', 'line', 'game_date_et'];
  const rows = await readParquetRows(
    file,
    [...columns, 'commence_time', 'market'],
    (value): PlayerPropRow | null => {
      if (value('market') !== 'player_points' || value('line') === null) return null;
      const written = playerLookup(String(value('player')));
      return {
        event_id: String(value('odds_event_id')),
        bookmaker: String(value('bookmaker')),
        player_lookup: LOOKUP_ALIASES[written] ?? written,
        line: Number(value('line')),
        game_date: isoText(value('game_date_et')).slice(0, 10),
        tipoff_at: isoText(value('commence_time')).slice(0, 19).replace('T', ' '),
        captured_at: null,
        market: 'points',
        over_price: null,
        under_price: null,
      };
    },
  );
  // Over and under are two rows of the file with one line.
  const distinct = new Map(
    rows.map((row) => [`${row.event_id} ${row.bookmaker} ${row.player_lookup} ${row.line}`, row]),
  );
  return [...distinct.values()];
}

function isoText(value: unknown): string {
  return value instanceof Date ? value.toISOString() : String(value);
}
