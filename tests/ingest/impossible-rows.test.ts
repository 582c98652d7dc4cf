import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { gameLog, type LoggedGame, type SourceRow, withRow } from '../support/game-log.ts';
import { gamesInARow } from '../support/games-in-a-row.ts';
import { backcourt, type CommandResult } from '../support/run-command.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { queryFile, tornPartitions } from '../support/warehouse-file.ts';
import { writeParquet } from '../support/write-source.ts';

const folder = tempFolder('impossible');

/** A date of the load: its rows, and what is said of it by the number of its first row. */
interface Case {
  readonly rows: (sound: readonly SourceRow[], game: LoggedGame) => readonly SourceRow[];
  readonly rule?: (game: LoggedGame) => string;
}

/** A fault of the first row. */
const fault = (values: SourceRow, rule: string | ((game: LoggedGame) => string)): Case => ({
  rows: (sound) => withRow(sound, 0, values),
  rule: typeof rule === 'string' ? () => rule : rule,
});

/** A fault of every row. */
const throughout = (values: SourceRow, rule: (game: LoggedGame) => string): Case => ({
  rows: (sound) => sound.map((row) => ({ ...row, ...values })),
  rule,
});

/** Rows of which none has a game that can be read. */
const lost = (id: string, said: string, count = 1): Case => ({
  rows: (sound) => Array.from({ length: count }, () => ({ ...sound[0], GAME_ID: id })),
  rule: () => `GAME_ID "${id}" is no NBA game id${said}`,
});

const refused: Readonly<Record<string, Case>> = {
  'an unreadable date': fault({ GAME_DATE: 'yesterday' }, 'unreadable GAME_DATE "yesterday"'),
  'a date that does not exist': fault(
    { GAME_DATE: '2023-02-30' },
    'unreadable GAME_DATE "2023-02-30"',
  ),
  'an id beyond every integer': fault(
    { PLAYER_ID: '99999999999999999999' },
    'PLAYER_ID "99999999999999999999" is no player id',
  ),
  'more field goals than attempts': fault({ FGM: 10, PTS: 23 }, 'FGM 10 > FGA 9'),
  'more threes than attempts': fault({ FG3M: 4, PTS: 14 }, 'FG3M 4 > FG3A 3'),
  'more free throws than attempts': fault({ FTM: 4, PTS: 13 }, 'FTM 4 > FTA 3'),
  'more threes than field goals': fault({ FG3M: 3, FGM: 2, PTS: 9 }, 'FG3M 3 > FGM 2'),
  'more three-point attempts than attempts': fault({ FG3A: 10 }, 'FG3A 10 > FGA 9'),
  'points that do not add up': fault(
    { PTS: 12 },
    'PTS 12 is not 2·(FGM − FG3M) + 3·FG3M + FTM = 11',
  ),
  'a negative count': fault({ STL: -1 }, 'a count is negative'),
  'a missing count with time on court': fault(
    { DREB: null },
    'a count is missing for a player with time on court',
  ),
  'a count that is not whole': fault({ AST: 2.5 }, 'AST "2.5" is no whole number'),
  'a missing player id': fault({ PLAYER_ID: null }, 'PLAYER_ID is missing'),
  'a missing player name': fault({ PLAYER_NAME: null }, 'PLAYER_NAME is missing'),
  'an unknown team among two known ones': fault(
    { TEAM_ABBREVIATION: 'XXX', TEAM_ID: null },
    'unknown team "XXX"',
  ),
  'a third known team': fault(
    { TEAM_ABBREVIATION: 'PHX', TEAM_ID: 1610612756, MATCHUP: 'PHX @ HOU' },
    ({ id }) => `game ${id} has 3 teams`,
  ),
  'an id that is no player': fault({ PLAYER_ID: -5 }, 'PLAYER_ID "-5" is no player id'),
  'no matchup': fault({ MATCHUP: null }, 'MATCHUP is missing'),
  'a team of more than thirty players': {
    rows: (sound) => [
      ...Array.from({ length: 31 }, (_, index) => ({
        ...sound[0],
        PLAYER_ID: 900_000 + index,
        PLAYER_NAME: `Player ${index}`,
      })),
      ...sound.filter((row) => row['TEAM_ABBREVIATION'] === 'NYK'),
    ],
    rule: ({ id }) => `game ${id} has 31 players of BOS`,
  },
  'many rows without a readable game': lost('ABC', '', 40),
  'an id that a table tool has rounded': lost(
    '2.23E+07',
    ': a table tool has rounded it; load the file anew and keep the column as text',
  ),
  'an id with grouped digits': lost(
    '223,006,277',
    ': a table tool has grouped its digits; keep the column as text',
  ),
  'an id of ESPN': lost('401580627', ': it is one of ESPN, whose ids belong to no game of the NBA'),
  'headings among the rows': lost('GAME_ID', ': the headings stand among the rows'),
  'a game of the season before': throughout(
    { GAME_ID: '0022200062' },
    ({ date }) => `GAME_DATE ${date} is outside season 2022 of game 0022200062`,
  ),
  'a game id of a season long ago': throughout(
    { GAME_ID: '0021500062' },
    ({ date }) => `GAME_DATE ${date} is outside season 2015 of game 0021500062`,
  ),
};

const game = { away: 'BOS', home: 'NYK' } as const;
const names = Object.keys(refused);
/** Two dates for each case, a sound one before each, and a few more for cases of their own. */
const games = gamesInARow(2 * names.length + 8, game);
const dated = (at: number) => {
  const [one] = games.slice(at);
  if (!one) throw new Error('too few dates');
  return one;
};

describe('a log of many dates', () => {
  const warehouse = join(folder, 'logs.duckdb');
  const rows: SourceRow[] = [];
  const firstRow = new Map<string, number>();
  const soundDates: string[] = [];
  let result: CommandResult;
  let next = 0;

  /** Adds the rows of the next date. @returns its game. */
  function add(name: string, { rows: made }: Pick<Case, 'rows'>): LoggedGame {
    const one = dated(next);
    next += 1;
    firstRow.set(name, rows.length + 1);
    rows.push(...made(gameLog(one), one));
    return one;
  }
  const addSound = (name: string, values: SourceRow = {}) => {
    const one = add(name, { rows: (sound) => withRow(sound, 0, values) });
    soundDates.push(one.date);
    return one;
  };

  const gameOf = new Map(
    names.map((name) => {
      addSound(`before ${name}`);
      return [name, add(name, refused[name] as Case)] as const;
    }),
  );
  const idleDay = addSound('idle', {
    ...{ MIN_SEC: '0:00', MIN: 0, FGM: null, FGA: null, FG3M: null, FG3A: null, PTS: null },
  });
  const twice = add('twice', { rows: (sound) => [...sound, { ...sound[0], STL: 2 }] });
  addSound('after twice');
  const onTwoDates = add('on two dates', {
    rows: (sound, { date }) => withRow(sound, 0, { GAME_DATE: `${nextDay(date)}T00:00:00` }),
  });
  next += 1;
  addSound('after both');
  const five = add('five', {
    rows: (sound) => sound.map((row, index) => (index < 5 ? { ...row, PTS: 1 } : row)),
  });
  addSound('last');

  beforeAll(async () => {
    const path = await writeParquet(folder, 'logs.parquet', rows);
    result = await backcourt(['ingest', 'nba-stats', path, '--warehouse', warehouse]);
  });

  const refusal = (date: string) => `refused player_box ${date}: nothing of this date was written`;
  const said = (name: string, rule: string, later = 0) =>
    `  logs.parquet row ${(firstRow.get(name) ?? 0) + later}: ${rule}`;

  test.each(names)('%s refuses its date', (name) => {
    const one = gameOf.get(name);
    if (!one) throw new Error(name);
    expect(result.lines).toContain(refusal(one.date));
    expect(result.lines).toContain(said(name, refused[name]?.rule?.(one) ?? ''));
  });

  test('no other date is refused, and nothing is torn', async () => {
    expect(result.exitCode).toBe(3);
    const written = await queryFile(
      warehouse,
      'SELECT CAST(game_date AS VARCHAR), COUNT(*) FROM nba_raw.player_box GROUP BY ALL ORDER BY ALL',
    );
    expect(written).toEqual(soundDates.map((date) => [date, '16']));
    const scheduled = await queryFile(
      warehouse,
      'SELECT game_id FROM nba_raw.schedule ORDER BY game_date',
    );
    expect(scheduled.flat()).toEqual(
      soundDates.map((date) => `${date.replaceAll('-', '')}_BOS_NYK`),
    );
    expect(await tornPartitions(warehouse)).toEqual([]);
  });

  test('what a row without a readable game lacks besides is not said', () => {
    expect(result.stdout).not.toContain('null');
  });

  test('two rows of one player are duplicates, named with both of their places', () => {
    const rule = `duplicate of PLAYER_ID ${rows[(firstRow.get('twice') ?? 0) - 1]?.['PLAYER_ID']} in game ${twice.id}`;
    expect(result.lines).toContain(refusal(twice.date));
    expect(result.lines).toContain(said('twice', rule));
    expect(result.lines).toContain(said('twice', rule, 16));
  });

  test('a player without time on court may lack counts', async () => {
    expect(
      await queryFile(
        warehouse,
        'SELECT CAST(game_date AS VARCHAR), seconds_played, fgm, pts FROM nba_raw.player_box WHERE fgm IS NULL',
      ),
    ).toEqual([[idleDay.date, '0', null, null]]);
  });

  test('a game on two dates refuses both', () => {
    expect(result.lines).toContain(refusal(onTwoDates.date));
    expect(result.lines).toContain(refusal(nextDay(onTwoDates.date)));
  });

  test('of many broken rows of a date three are shown and the rest counted', () => {
    const from = result.lines.indexOf(refusal(five.date));
    const told = result.lines.slice(from + 1, from + 5);
    expect(told.slice(0, 3).every((line) => line.includes('PTS 1 is not'))).toBe(true);
    expect(told[3]).toBe('  and 2 more');
  });
});

test.each(['1950-01-01', '2050-01-01'])(
  'a date of %s is refused, far from the season of the game id: it would move the start of a season',
  async (date) => {
    const warehouse = join(folder, `${date}.duckdb`);
    const far = gameLog({ ...dated(1), date });
    const path = await writeParquet(folder, `${date}.parquet`, [...gameLog(dated(0)), ...far]);
    const { exitCode, stdout } = await backcourt([
      ...['ingest', 'nba-stats', path, '--warehouse', warehouse],
    ]);
    expect(exitCode).toBe(3);
    expect(stdout).toContain(`GAME_DATE ${date} is outside season 2023 of game`);
    const scheduled = 'SELECT CAST(game_date AS VARCHAR) FROM nba_raw.schedule';
    expect(await queryFile(warehouse, scheduled)).toEqual([[dated(0).date]]);
  },
);

function nextDay(date: string): string {
  return games[games.findIndex((one) => one.date === date) + 1]?.date ?? '';
}
