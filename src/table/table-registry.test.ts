import { describe, expect, it } from 'vitest';
import { date, int64, string } from '../sql/column.ts';
import { sameDay } from '../window/window.ts';
import { projectionId } from './projection.ts';
import {
  type ComputedTable,
  defineTable,
  type LoadedTable,
  type TableInput,
} from './table-definition.ts';
import { loadTables, makeTableRegistry } from './table-registry.ts';

const columns = [string('team', ''), date('day', ''), string('note', '', { nullWhen: 'none' })];
const stored = {
  dataset: 'nba_analytics',
  purpose: '',
  partition: 'day',
  key: ['team', 'day'],
  cluster: ['team'],
  columns,
} as const;

const loaded = (name: string, more: Partial<LoadedTable> = {}): LoadedTable => ({
  ...stored,
  kind: 'loaded',
  name,
  ...more,
});

const computed = (
  name: string,
  inputs: readonly string[],
  more: Partial<ComputedTable> = {},
): ComputedTable => ({
  ...stored,
  kind: 'computed',
  name,
  phase: 'analytics',
  inputs: inputs.map((table) => ({ table, windows: [sameDay], required: true })),
  options: [],
  bootstrap: false,
  lookback: undefined,
  excludes: false,
  checks: [],
  expectedRows: () => ({ min: 0, max: 1, why: '' }),
  rowsSql: () => '',
  ...more,
});

describe('defineTable', () => {
  it('gives back what it was given', () => {
    const table = computed('a', []);
    expect(defineTable(table)).toBe(table);
  });

  it.each([
    [
      'a doubled column',
      { columns: [...columns, string('team', 'again')] },
      '"team" is defined twice',
    ],
    [
      'a partition that is no column',
      { partition: 'game_date', key: ['team', 'game_date'] },
      '"game_date" is not defined',
    ],
    ['a key that is no column', { key: ['player', 'day'] }, '"player" is not defined'],
    [
      'a range that allows nothing',
      {
        columns: [...columns, int64('steals', '', { range: { min: 6, max: 0, severity: 'warn' } })],
      },
      'the range of "steals" ends before it begins',
    ],
    ['a cluster that is no column', { cluster: ['player'] }, '"player" is not defined'],
    ['a key that may be NULL', { key: ['note', 'day'] }, '"note" may not be NULL'],
    ['a key without the partition', { key: ['team'] }, 'the key must include the partition'],
  ])('refuses %s', (_, mistake, message) => {
    expect(() => defineTable(computed('a', [], mistake))).toThrow(`a: `);
    expect(() => defineTable(computed('a', [], mistake))).toThrow(message);
  });

  it('lets a loaded table be keyed by what its source calls unique', () => {
    expect(() => defineTable(loaded('a', { key: ['team'] }))).not.toThrow();
  });
});

describe('makeTableRegistry', () => {
  const names = (tables: readonly ComputedTable[]) => tables.map(({ name }) => name);

  it('orders by dependency, whatever the order of the folders', () => {
    const tables = [
      computed('a_last', ['m_second', 'z_first'], { phase: 'precompute' }),
      computed('m_second', ['z_first']),
      computed('z_first', ['box']),
      loaded('box'),
    ];
    for (const order of [tables, tables.toReversed()]) {
      expect(names(makeTableRegistry(order).computed)).toEqual(['z_first', 'm_second', 'a_last']);
    }
  });

  it('does not run what ingest computes, but knows it', () => {
    const registry = makeTableRegistry([
      loaded('box'),
      computed('schedule', ['box'], { phase: 'raw' }),
      computed('games', ['schedule']),
    ]);
    expect(names(registry.computed)).toEqual(['games']);
    expect(registry.get('schedule')?.name).toBe('schedule');
    expect(registry.get('nothing')).toBeUndefined();
    expect(registry.all).toHaveLength(3);
  });

  it('refuses an input that is not a table', () => {
    expect(() => makeTableRegistry([computed('a', ['nothing'])])).toThrow(
      'a: input "nothing" is not a table',
    );
  });

  it('finds what others read of a table, each list of columns once', () => {
    const reading = (columns: TableInput['columns']): Partial<ComputedTable> => ({
      inputs: [{ table: 'games', windows: [], required: true, ...(columns && { columns }) }],
    });
    const registry = makeTableRegistry([
      loaded('box'),
      computed('games', ['box']),
      computed('all_of_it', [], reading(undefined)),
      computed('its_keys', [], reading('keys')),
      computed('its_notes', [], reading(['note', 'day'])),
      computed('its_notes_too', [], reading(['day', 'note'])),
      computed('its_teams', [], reading(['team'])),
    ]);
    const found = registry.get('games')?.projections ?? [];
    expect(new Map(found.map(({ id, columns }) => [id, columns]))).toEqual(
      new Map([
        [projectionId(['day', 'note']), ['day', 'note']],
        [projectionId(['team']), ['team']],
      ]),
    );
    expect(found.map(({ id }) => id)).toEqual(found.map(({ id }) => id).toSorted());
    expect(registry.get('box')?.projections).toEqual([]);
    expect(registry.all.filter(({ isReadByKeys }) => isReadByKeys).map(({ name }) => name)).toEqual(
      ['games'],
    );
    expect(projectionId(['team'])).not.toBe(projectionId(['day', 'note']));
  });

  it('refuses columns that are not there, and some columns of a raw table', () => {
    const reader = (table: string, columns: TableInput['columns']) =>
      computed('a', [], {
        inputs: [{ table, windows: [], required: true, ...(columns && { columns }) }],
      });
    const others = [loaded('box', { dataset: 'nba_raw' }), computed('games', ['box'])];
    expect(() => makeTableRegistry([...others, reader('games', ['team', 'player'])])).toThrow(
      'data_processors/analytics/a: games has no column "player"',
    );
    for (const columns of ['keys', ['team']] as const) {
      expect(() => makeTableRegistry([...others, reader('box', columns)])).toThrow(
        'a: some columns of the raw table box have no hash',
      );
    }
  });

  it('refuses a cycle and shows it', () => {
    const circle = [computed('a', ['b']), computed('b', ['c']), computed('c', ['a'])];
    expect(() => makeTableRegistry(circle)).toThrow('a → b → c → a is a cycle');
    expect(() => makeTableRegistry([computed('a', ['a'])])).toThrow('a → a is a cycle');
  });

  it('refuses two tables of one name', () => {
    expect(() => makeTableRegistry([loaded('a'), computed('a', [])])).toThrow('share a name');
  });

  it('refuses a table with a mistake of its own', () => {
    expect(() => makeTableRegistry([computed('a', [], { key: ['team'] })])).toThrow(
      'the key must include the partition',
    );
  });

  it('refuses a lookback at a table that does not exist: its dates would never be complete', () => {
    const lookback = { days: 10, tables: ['nothing'] };
    expect(() => makeTableRegistry([computed('a', [], { lookback })])).toThrow('nothing');
  });
});

describe('the tables of the project', () => {
  it('are found, and computed in the order phase 3, phase 4', async () => {
    const { all, computed: order } = await loadTables();
    const place = (name: string) => names.indexOf(name);
    const names = order.map(({ name }) => name);
    expect(place('team_offense_game_summary')).toBeGreaterThanOrEqual(0);
    for (const [earlier, later] of [
      ['team_offense_game_summary', 'team_defense_game_summary'],
      ['team_offense_game_summary', 'player_game_summary'],
      ['team_defense_game_summary', 'team_defense_zone_analysis'],
      ['player_game_summary', 'player_shot_zone_analysis'],
    ] as const) {
      expect(place(earlier)).toBeLessThan(place(later));
    }
    expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
    for (const table of order) {
      const lookback = table.lookback?.tables ?? [];
      expect(lookback.filter((name) => !names.includes(name))).toEqual([]);
    }
  });
});
