import { join } from 'node:path';
import { expect, test } from 'vitest';
import { addDays, gameDate } from '../../src/calendar/game-date.ts';
import { gameLog, type SourceRow, shotChart, withRow } from '../support/game-log.ts';
import { backcourt } from '../support/run-command.ts';
import { scheduledGame } from '../support/scheduled-game.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { queryFile, tornPartitions } from '../support/warehouse-file.ts';
import { writeCsv } from '../support/write-source.ts';

const folder = tempFolder('nasty');

/** What no cell should ever hold, and each of which has stopped some reader. */
const nasty = [
  '99999999999999999999:00',
  '1e400',
  '-1e300',
  '9223372036854775807',
  '-9223372036854775808',
  '9'.repeat(40),
  '0000-00-00T99:99',
  '9999-12-31T23:59:59Z',
  'infinity',
  'a\0b',
  '\u001b[31m;\'"\\',
];

/** A sound row of each source on a date; the first of them gets the cell. */
const sources: Readonly<
  Record<
    string,
    { readonly table: string; rows(date: string, index: number): readonly SourceRow[] }
  >
> = {
  'player logs': {
    table: 'player_box',
    rows: (date, index) => gameLog({ id: gameId(index), date, away: 'BOS', home: 'NYK' }),
  },
  'shot charts': {
    table: 'shots',
    rows: (date, index) =>
      shotChart({ id: gameId(index), date, away: 'BOS', home: 'NYK' }).slice(60, 84),
  },
  schedule: {
    table: 'schedule_entries',
    rows: (date, index) => [
      scheduledGame({ id: gameId(index), date, away: 'BOS', home: 'NYK' }, { status: 'scheduled' }),
    ],
  },
  'game-lines': {
    table: 'game_lines',
    rows: (date, index) => [
      {
        ...{ event_id: `e${index}`, game_date: date, home_team_abbr: 'NYK', away_team_abbr: 'BOS' },
        ...{ tipoff_at: null, captured_at: null, home_spread: -1.5, total: 220 },
      },
    ],
  },
  'player-props': {
    table: 'player_props',
    rows: (date, index) => [
      {
        ...{ event_id: `e${index}`, bookmaker: 'b', player_name: 'Some Player', game_date: date },
        ...{ tipoff_at: null, captured_at: null, market: 'points', line: 20.5 },
      },
    ],
  },
  injuries: {
    table: 'injuries',
    rows: (date) => [
      {
        ...{ game_date: date, player_name: 'Some Player', reported_at: `${date}T12:00:00Z` },
        ...{ team_abbr: 'NYK', status: 'out' },
      },
    ],
  },
};

function gameId(index: number): string {
  return `00223${String(index).padStart(5, '0')}`;
}

test.each(Object.keys(sources))(
  '%s: no cell stops the load, and each date is written or refused with its row',
  async (name) => {
    const source = sources[name];
    if (!source) throw new Error(`no source "${name}"`);
    const columns = Object.keys(source.rows('2023-11-01', 0)[0] ?? {});
    const cells = columns.flatMap((column) => nasty.map((value) => [column, value] as const));
    // Every date of a season has one such cell, as far as the season goes; then files of their own.
    const perFile = 300;
    for (let first = 0; first < cells.length; first += perFile) {
      const dates = new Map<string, string>();
      const rows = cells.slice(first, first + perFile).flatMap(([column, value], index) => {
        const date = addDays(gameDate('2023-08-01'), index);
        dates.set(date, `${column} ${JSON.stringify(value)}`);
        return withRow(source.rows(date, index), 0, { [column]: value });
      });
      const sound = source.rows('2024-06-30', 9_000);
      const path = writeCsv(folder, `${name}-${first}.csv`, [...rows, ...sound]);
      const warehouse = join(folder, `${name}-${first}.duckdb`);
      const kind = name in { 'player logs': 0, 'shot charts': 0 } ? 'nba-stats' : name;
      const { exitCode, stdout, stderr } = await backcourt([
        ...['ingest', kind, path, '--warehouse', warehouse, '--json'],
      ]);

      expect(stderr).not.toContain('unexpected');
      expect(exitCode).toBe(3);
      const written = await queryFile(
        warehouse,
        `SELECT DISTINCT CAST(game_date AS VARCHAR) FROM nba_raw.${source.table}`,
      );
      const writtenDates = written.flat().map(String);
      const report = JSON.parse(stdout) as {
        readonly refused: readonly {
          readonly date: string | null;
          readonly violations: readonly object[];
        }[];
        readonly dropped: readonly { readonly rows: number }[];
        readonly dropped_rows: readonly { readonly rows: number }[];
      };
      const refused = report.refused.map(({ date }) => date);
      expect(writtenDates).toContain('2024-06-30');
      expect(writtenDates.filter((date) => refused.includes(date))).toEqual([]);
      expect(report.refused.every(({ violations }) => violations.length > 0)).toBe(true);
      const told = new Set([...writtenDates, ...refused]);
      const silent = [...dates].filter(([date]) => !told.has(date)).map(([, cell]) => cell);
      const dropped = [...report.dropped, ...report.dropped_rows];
      // What has no date of its own, or is of another market, is told all the same.
      if (silent.length > 0) expect(refused.includes(null) || dropped.length > 0).toBe(true);
      expect(silent.filter((cell) => !/date|market|GAME_ID|status/i.test(cell))).toEqual([]);
      expect(await tornPartitions(warehouse)).toEqual([]);
    }
  },
);

test('birth dates: no cell stops the load', async () => {
  const columns = ['player_id', 'birth_date'];
  const rows = columns.flatMap((column, place) =>
    nasty.map((value, index) => ({
      player_id: 1 + place * nasty.length + index,
      birth_date: '1999-01-01',
      [column]: value,
    })),
  );
  const { exitCode, stdout, stderr } = await backcourt([
    ...['ingest', 'players', writeCsv(folder, 'players.csv', rows)],
    ...['--warehouse', join(folder, 'players.duckdb'), '--json'],
  ]);

  expect(stderr).not.toContain('unexpected');
  expect(exitCode).toBe(3);
  const { refused } = JSON.parse(stdout);
  expect(refused[0].violations.length + refused[0].more).toBe(rows.length);
});
