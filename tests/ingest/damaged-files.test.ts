import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, expect, test } from 'vitest';
import { gameLog, shotChart } from '../support/game-log.ts';
import { backcourt, prepare } from '../support/run-command.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { cellOf, queryFile } from '../support/warehouse-file.ts';
import { writeCsv, writeParquet } from '../support/write-source.ts';

const folder = tempFolder('damaged');
const game = { id: '0022300062', date: '2023-10-25', away: 'BOS', home: 'NYK' };
/** More lines than an engine looks at before it reads. */
const lineCount = 30_000;
const late = 25_000;
const shots = shotChart({ ...game, id: '0022300070', date: '2023-10-26' });
let good = '';
let header = '';
let lines: readonly string[] = [];

beforeAll(() => {
  good = writeCsv(folder, 'good.csv', gameLog(game));
  const sample = writeCsv(folder, 'sample.csv', shots);
  const [first = '', ...rows] = readFileSync(sample, 'utf8').trimEnd().split('\n');
  header = first;
  lines = Array.from({ length: lineCount }, (_, index) => rows[index % rows.length] ?? '');
});

const textOf = (change: (line: string) => string = (line) => line) =>
  `${[header, ...lines.map((line, index) => (index === late ? change(line) : line))].join('\n')}\n`;
const cutAt = (bytes: Buffer, share: number) => bytes.subarray(0, Math.floor(bytes.length * share));
const flipped = (bytes: Buffer) => {
  const changed = Buffer.from(bytes);
  const middle = Math.floor(changed.length / 2);
  changed.writeUInt8(changed.readUInt8(middle) ^ 4, middle);
  return changed;
};
/** The same bytes, not compressed, which an engine reads without looking at the checksum. */
const storedAndFlipped = (text: string) => {
  const changed = gzipSync(text, { level: 0 });
  const at = changed.indexOf('2PT Field Goal', changed.length / 2);
  changed.write('3', at);
  return changed;
};

const damages: readonly (readonly [string, () => string | Buffer, RegExp])[] = [
  ['cut.csv', () => textOf().slice(0, -30), /line 30001: Expected Number of Columns: 10 Found: \d/],
  [
    'short-row.csv',
    () => textOf((line) => line.split(',').slice(0, 4).join(',')),
    /line 25002: Expected Number of Columns: 10 Found: 4/,
  ],
  [
    'title.csv',
    () => textOf((line) => `Export of Monday\n${line}`),
    /line 25002: Expected Number of Columns: 10 Found: 1/,
  ],
  [
    'long-line.csv',
    () => textOf((line) => `${line}${'x'.repeat(3_000_000)}`),
    /line 25002: Maximum line size/,
  ],
  [
    'cp1252.csv',
    () =>
      Buffer.from(
        textOf((line) => line.replace('Field', 'Fi\u00e9ld')),
        'latin1',
      ),
    /line 25002: .*not utf-8.*save it as UTF-8/,
  ],
  [
    'cut.csv.gz',
    () => cutAt(gzipSync(textOf()), 0.9),
    /compressed data is damaged: unexpected end/,
  ],
  ['flipped.csv.gz', () => flipped(gzipSync(textOf())), /compressed data is damaged/],
  ['stored.csv.gz', () => storedAndFlipped(textOf()), /damaged: incorrect data check/],
];

const written = (name: string, content: string | Buffer) => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};
let warehouses = 0;
const fresh = () => {
  warehouses += 1;
  return join(folder, `${warehouses}.duckdb`);
};

test.each(damages)(
  '%s alone is bad input, told with the reason, and leaves nothing',
  async (...of) => {
    const [name, content, reason] = of;
    const warehouse = fresh();
    const path = written(name, content());
    const { exitCode, stderr } = await backcourt([
      'ingest',
      'nba-stats',
      path,
      '--warehouse',
      warehouse,
    ]);

    expect(exitCode).toBe(2);
    expect(stderr).toContain(`cannot read "${name}": it cannot be read to its end`);
    expect(stderr).toMatch(reason);
    expect(existsSync(warehouse)).toBe(false);
  },
);

test('beside damaged files the good one is loaded, and each of them is told', async () => {
  const warehouse = fresh();
  const paths = damages.map(([name, content]) => written(name, content()));
  const { exitCode, lines: told } = await backcourt([
    ...['ingest', 'nba-stats', ...paths, good, '--warehouse', warehouse],
  ]);

  expect(exitCode).toBe(3);
  for (const [name, , reason] of damages) {
    const line = told.find((text) =>
      text.startsWith(`refused ${name}: it cannot be read to its end`),
    );
    expect(line).toMatch(reason);
  }
  expect(await cellOf(warehouse, 'SELECT COUNT(*) FROM nba_raw.player_box')).toBe('16');
  expect(
    await queryFile(warehouse, 'SELECT file_name, row_count FROM backcourt.raw_files'),
  ).toEqual([['good.csv', '16']]);
});

test('a Parquet file with a garbled page is told, and the others are loaded', async () => {
  const warehouse = fresh();
  const path = await writeParquet(
    folder,
    'garbled.parquet',
    Array.from({ length: 4000 }, (_, index) => ({
      ...shots[index % shots.length],
      GAME_EVENT_ID: index * 7919,
    })),
  );
  const bytes = readFileSync(path);
  const quarter = Math.floor(bytes.length / 4);
  bytes.fill(0xff, quarter, quarter + 200);
  writeFileSync(path, bytes);
  const { exitCode, stdout } = await backcourt([
    ...['ingest', 'nba-stats', good, path, '--warehouse', warehouse],
  ]);

  expect(stdout).toContain('refused garbled.parquet: it cannot be read to its end');
  expect(exitCode).toBe(3);
  expect(await cellOf(warehouse, 'SELECT COUNT(*) FROM nba_raw.player_box')).toBe('16');
});

test('a command whose only file is damaged is on record with its end', async () => {
  const warehouse = fresh();
  await prepare(['ingest', 'nba-stats', good, '--warehouse', warehouse]);
  const path = written('cut.csv', textOf().slice(0, -30));
  const { exitCode } = await backcourt(['ingest', 'nba-stats', path, '--warehouse', warehouse]);

  expect(exitCode).toBe(2);
  expect(
    await queryFile(warehouse, 'SELECT exit_code FROM backcourt.runs ORDER BY started_at'),
  ).toEqual([['0'], ['2']]);
  expect(await cellOf(warehouse, 'SELECT COUNT(*) FROM nba_raw.player_box')).toBe('16');
});

test.each<readonly [string, string, (text: string) => Buffer]>([
  ['UTF-16', 'utf16.csv', (text) => Buffer.from(`\uFEFF${text}`, 'utf16le')],
  ['UTF-16 without its mark', 'unmarked.csv', (text) => Buffer.from(text, 'utf16le')],
  ['tabs, by its name', 'tabs.tsv', (text) => Buffer.from(text.replaceAll(',', '\t'))],
])('a file of %s is read as if it were UTF-8 with commas', async (_, name, bytes) => {
  const warehouse = fresh();
  const path = written(name, bytes(textOf()));
  await prepare(['ingest', 'nba-stats', path, '--warehouse', warehouse]);

  expect(await cellOf(warehouse, 'SELECT COUNT(*) FROM nba_raw.shots')).toBe('144');
});

/** Every second line ends as on Windows. */
function mixedEndings(text: string): string {
  return text.replaceAll(/\n([^\n]*)\n/g, '\r\n$1\n');
}

test('a copy, a workbook and what is no table are refused by name, and the others are loaded', async () => {
  const warehouse = fresh();
  const others = [
    written('copy.csv', readFileSync(good)),
    written('sheet.csv', Buffer.from('PK\u0003\u0004')),
    written('page.csv', Buffer.from('<!DOCTYPE html><html>')),
    written('turned.csv', Buffer.from(`\uFEFF${textOf()}`, 'utf16le').swap16()),
    written('logs.xlsx', Buffer.from('')),
    written('old.csv', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1])),
    written('objects.csv', Buffer.from('[{"GAME_ID":1}]')),
    written('logs.zip', Buffer.from('PK')),
    written('nothing.csv', Buffer.from('')),
    written('half.parquet', Buffer.from('PAR1 and no more')),
    written('lines.csv', Buffer.from(mixedEndings(readFileSync(good, 'utf8')))),
  ];
  const { exitCode, stdout } = await backcourt([
    ...['ingest', 'nba-stats', good, ...others, '--warehouse', warehouse],
  ]);
  expect(exitCode).toBe(3);
  expect(stdout).toMatch(/refused copy\.csv: it has the same content as ".*good\.csv"/);
  expect(stdout).toContain('refused sheet.csv: it is a workbook');
  expect(stdout).toContain('refused page.csv: it is a page of the web');
  expect(stdout).toContain('refused turned.csv: it is UTF-16 of the other order');
  expect(stdout).toContain('refused old.csv: it is a workbook');
  expect(stdout).toContain('refused objects.csv: it is JSON; name it .json');
  expect(stdout).toContain('refused logs.zip: it is an archive; unpack it');
  expect(stdout).toContain('refused nothing.csv: it is empty');
  expect(stdout).toContain('refused half.parquet: ');
  expect(stdout).toContain(
    'refused lines.csv: it cannot be read to its end, its lines do not all end alike',
  );
  expect(stdout).toContain('refused logs.xlsx: it is a workbook; save its sheet as CSV');
  expect(await cellOf(warehouse, 'SELECT COUNT(*) FROM nba_raw.player_box')).toBe('16');
});

test.each([
  ['nothing', () => Buffer.from(''), 'is empty'],
  ['blank lines', () => Buffer.from('\n\n'), 'is empty'],
])('a file of %s is told by its name', async (_, bytes, reason) => {
  const warehouse = fresh();
  const path = written('encoded.csv', bytes());
  const { exitCode, stderr } = await backcourt([
    'ingest',
    'nba-stats',
    path,
    '--warehouse',
    warehouse,
  ]);

  expect(exitCode).toBe(2);
  expect(stderr).toContain(`encoded.csv" ${reason}`);
  expect(existsSync(warehouse)).toBe(false);
});

test.each([
  ['a comma behind each row', (row: string) => `${row},`, 'its rows have 27 values and its first'],
  ['a number in front of each row', (row: string) => `1,${row}`, 'its rows have 27 values and its'],
])('a file with %s is told so', async (_, change, reason) => {
  const [names = '', ...rows] = readFileSync(good, 'utf8').trimEnd().split('\n');
  const path = written('wide.csv', Buffer.from([names, ...rows.map(change)].join('\n')));
  const { exitCode, stderr } = await backcourt(['ingest', path, '--warehouse', fresh()]);

  expect(exitCode).toBe(2);
  expect(stderr).toContain(reason);
});

test('a file without names of columns is told so', async () => {
  const [, ...rows] = readFileSync(good, 'utf8').trimEnd().split('\n');
  const path = written('nameless.csv', Buffer.from(rows.join('\n')));
  const { exitCode, stderr } = await backcourt(['ingest', path, '--warehouse', fresh()]);

  expect(exitCode).toBe(2);
  expect(stderr).toContain('its first line has values and no names of columns');
});

test('quotes that begin late are quotes', async () => {
  const warehouse = fresh();
  const rows = Array.from(
    { length: lineCount },
    (_, index) => `${index + 1},1999-01-01,${index >= late ? '"one, ""two""\nthree"' : 'one'}`,
  );
  const path = written('quoted.csv', `player_id,birth_date,note\n${rows.join('\n')}\n`);
  await prepare(['ingest', 'players', path, '--warehouse', warehouse]);

  expect(await cellOf(warehouse, 'SELECT COUNT(*) FROM nba_raw.players')).toBe(String(lineCount));
});

test.each([
  ['a title above the names', (text: string) => `Export of Monday\n\n${text}`],
  ['semicolons', (text: string) => text.replaceAll(',', ';')],
  ['tabs', (text: string) => text.replaceAll(',', '\t')],
  [
    'a mark of UTF-8 and lines of Windows',
    (text: string) => `\uFEFF${text.replaceAll('\n', '\r\n')}`,
  ],
  ['names and values in quotes', (text: string) => text.replaceAll(/[^,\n]+/g, '"$&"')],
  ['a name twice', (text: string) => text.replaceAll('\n', ',more\n').replace('more', 'PTS')],
])('a file with %s is read whole', async (_, change) => {
  const warehouse = fresh();
  const path = written('written.csv', change(readFileSync(good, 'utf8')));
  await prepare(['ingest', 'nba-stats', path, '--warehouse', warehouse]);

  expect(await cellOf(warehouse, 'SELECT SUM(pts) FROM nba_raw.player_box')).toBe('177');
});
