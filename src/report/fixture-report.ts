import type { RowChange } from '../verify/compare-rows.ts';
import { alignColumns, plural } from './words/format.ts';
import { toJson } from './words/json.ts';

/** What a fixture has come to; what is wrong with it where it could not be computed. */
export type FixtureOutcome =
  | {
      readonly kind: 'checked';
      readonly file: string;
      readonly name: string;
      readonly result: {
        readonly table: string;
        readonly rows: number;
        readonly differences: readonly RowChange[];
      };
    }
  | { readonly kind: 'faulty'; readonly file: string; readonly error: string };

/** A line for each fixture, then what was expected beside what came out. */
export function fixtureLines(fixtures: readonly FixtureOutcome[]): readonly string[] {
  const rows = fixtures.map((one) =>
    one.kind === 'faulty'
      ? ['wrong', one.file]
      : [
          one.result.differences.length === 0 ? 'as expected' : 'differs',
          one.result.table,
          `${one.name}, ${plural(one.result.rows, 'row')}`,
        ],
  );
  const differing = fixtures.flatMap((one) =>
    one.kind === 'checked' && one.result.differences.length > 0 ? [one] : [],
  );
  const count = (kind: 'as expected' | 'differs' | 'wrong') =>
    rows.filter(([first]) => first === kind).length;
  return [
    ...alignColumns(rows),
    ...fixtures.flatMap((one) => (one.kind === 'faulty' ? ['', one.error] : [])),
    ...differing.flatMap(({ file, name, result }) => [
      '',
      `${file}, ${name}:`,
      ...result.differences.flatMap(differenceLines),
    ]),
    '',
    `${plural(fixtures.length, 'fixture')}: ${count('as expected')} as expected, ${count('differs')} differ, ${count('wrong')} wrong`,
  ];
}

function differenceLines({ key, kind, columns }: RowChange): readonly string[] {
  switch (kind) {
    case 'removed':
      return [`  ${key}  expected, and no row came out`];
    case 'added':
      return [`  ${key}  came out, and no row was expected`];
    case 'changed':
      return columns.map(
        ({ column, was, is }) =>
          `  ${key}  ${column}: expected ${was ?? 'NULL'}, is ${is ?? 'NULL'}`,
      );
  }
}

/** A line for each fixture. */
export function fixtureJson(fixtures: readonly FixtureOutcome[]): readonly string[] {
  return fixtures.map((one) =>
    one.kind === 'faulty'
      ? toJson({ type: 'fixture', file: one.file, error: one.error })
      : toJson({
          type: 'fixture',
          file: one.file,
          name: one.name,
          table: one.result.table,
          rows: one.result.rows,
          differences: one.result.differences.map(({ key, kind, columns }) => ({
            key,
            kind: { removed: 'absent', added: 'unexpected', changed: 'differs' }[kind],
            columns: columns.map(({ column, was, is }) => ({ column, expected: was, actual: is })),
          })),
        }),
  );
}
