import { expect, it } from 'vitest';
import { ledgerTables } from '../ledger/ledger-tables.ts';
import { storedColumns } from '../table/provenance.ts';
import { loadTables } from '../table/table-registry.ts';
import { describeJson, describeLines, tableListJson, tableListLines } from './table-text.ts';

const { all } = await loadTables();

it('lists every table once, in both forms', () => {
  const lines = tableListLines(all);
  for (const { name, purpose } of all) {
    const own = lines.filter((line) => line.startsWith(`  ${name} `));
    expect(own).toEqual([expect.stringContaining(purpose)]);
  }
  expect(tableListJson(all).map((line) => JSON.parse(line).name)).toEqual(
    all.map(({ name }) => name),
  );
});

it.each(all.map((table) => [table.name, table] as const))(
  'describes every column of %s',
  (_, table) => {
    const lines = describeLines(table);
    const objects = describeJson(table)
      .slice(1)
      .map((line) => JSON.parse(line));
    const columns = storedColumns(table);
    const namesOf = (type: string) =>
      objects.filter((object) => object.type === type).map(({ name }) => name);
    expect(namesOf('column')).toEqual(columns.map(({ name }) => name));
    const contract = table.kind === 'computed' ? table.contract : undefined;
    expect(namesOf('feature')).toEqual((contract?.features ?? []).map(({ name }) => name));
    for (const { name, meaning, unit, nullWhen } of columns) {
      const line = lines.find((text) => text.startsWith(`  ${name} `)) ?? '';
      for (const text of [
        meaning,
        unit ?? '',
        nullWhen === undefined ? '' : `NULL when ${nullWhen}`,
      ]) {
        expect(line).toContain(text);
      }
    }
  },
);

it('tells what a computed table reads and the options it knows', () => {
  const zones = all.find(({ name }) => name === 'team_defense_zone_analysis');
  if (zones?.kind !== 'computed') throw new Error('it is computed');
  const text = describeLines(zones).join('\n');
  for (const { table } of zones.inputs) expect(text).toContain(`\n  ${table}: `);
  expect(zones.options.length).toBeGreaterThan(0);
  for (const { name, meaning, fallback } of zones.options) {
    expect(text).toContain(`\n  ${name}: ${meaning}; ${fallback} unless given`);
  }
});

it('describes the tables of the ledger too, which a query finds beside the others', () => {
  for (const table of ledgerTables) {
    const lines = describeLines(table);
    expect(lines[0]).toBe(`backcourt.${table.name}: ${table.purpose}`);
    for (const { name, meaning } of table.columns) {
      expect(lines).toContainEqual(
        expect.stringMatching(new RegExp(`^  ${name} .*${meaning.slice(0, 5)}`)),
      );
    }
    const [head = '', ...columns] = describeJson(table);
    expect(JSON.parse(head)).toMatchObject({ name: table.name, kind: 'ledger' });
    expect(columns).toHaveLength(table.columns.length);
  }
});
