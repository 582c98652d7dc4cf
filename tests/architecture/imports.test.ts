import { globSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Lowest first: a file imports from its own room and from those before it, types included. */
const rooms = [
  ...['src/calendar', 'src/league', 'src/sql', 'src/window', 'src/table', 'src/games'],
  ...['src/measures', 'data_processors', 'src/project'],
  ...['src/warehouse', 'simulation', 'src/ledger', 'src/world', 'src/plan'],
  ...['src/run/work', 'src/run/stage', 'src/run/commit', 'src/run/price', 'src/run'],
  ...['src/verify', 'src/copy', 'src/export', 'src/history'],
  ...['src/ingest/files', 'src/ingest/names', 'src/ingest/raw', 'src/ingest/schedule'],
  ...['src/ingest/notices', 'src/ingest/sources', 'src/ingest', 'src/ingest/mirror'],
  'src/fetch',
  ...['src/report', 'src/engine', 'src/api', 'src/serve', 'src/cli'],
];
/** What is made up knows the league and no more of the product than it takes to write files. */
const simulationKnows = ['simulation', 'src/calendar', 'src/league', 'src/warehouse'];

const roomOf = (path: string) =>
  rooms.filter((room) => path.startsWith(`${room}/`)).sort((a, b) => b.length - a.length)[0];

test('every import points to the same room or to a lower one', () => {
  const files = globSync('{src,data_processors,simulation}/**/*.ts', { cwd: root });
  const upward = files
    .filter((file) => !file.endsWith('.test.ts'))
    .flatMap((file) => {
      const own = roomOf(file) ?? '';
      const text = readFileSync(join(root, file), 'utf8');
      return [...text.matchAll(/\b(?:from |import |import\()'(\.[^']+)'/g)].flatMap(
        ([, path = '']) => {
          const target = resolve(root, dirname(file), path).slice(root.length);
          const room = roomOf(target);
          if (room === undefined) return [`${file} → ${target}, which is in no room`];
          const isDown =
            own === 'simulation'
              ? simulationKnows.includes(room)
              : rooms.indexOf(room) <= rooms.indexOf(own);
          return isDown ? [] : [`${file} → ${target}`];
        },
      );
    });
  expect(files.length).toBeGreaterThan(200);
  expect(upward).toEqual([]);
});

test('no files import each other in a circle, types included', () => {
  const files = globSync('{src,data_processors,simulation}/**/*.ts', { cwd: root });
  const imported = new Map(
    files
      .filter((file) => !file.endsWith('.test.ts'))
      .map((file) => {
        const text = readFileSync(join(root, file), 'utf8');
        const paths = [...text.matchAll(/\b(?:from |import |import\()'(\.[^']+)'/g)];
        return [
          file,
          paths.map(([, path = '']) => resolve(root, dirname(file), path).slice(root.length)),
        ] as const;
      }),
  );
  const state = new Map<string, 'open' | 'done'>();
  const circles: string[] = [];
  const visit = (file: string, way: readonly string[]): void => {
    if (state.get(file) === 'done') return;
    if (state.get(file) === 'open') {
      circles.push([...way.slice(way.indexOf(file)), file].join(' → '));
      return;
    }
    state.set(file, 'open');
    for (const next of imported.get(file) ?? []) visit(next, [...way, file]);
    state.set(file, 'done');
  };
  for (const file of imported.keys()) visit(file, []);
  expect(circles).toEqual([]);
});

test('ARCHITECTURE.md names the same rooms in the same order', () => {
  const text = readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8');
  const map = text.slice(text.indexOf('## Code map'), text.indexOf('## Three journeys'));
  const named = [...map.matchAll(/^\|.*?\|/gm)].flatMap(([cell]) =>
    [...cell.matchAll(/`([^`<]+)\//g)].map(([, room]) => room),
  );
  const isInside = (room: string) => rooms.some((other) => room.startsWith(`${other}/`));
  expect(named.filter((room = '') => rooms.includes(room))).toEqual(
    rooms.filter((room) => !isInside(room)),
  );
});
