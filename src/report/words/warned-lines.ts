import { plural } from './format.ts';

/** What a unit is warned of. */
export interface Warned {
  readonly table: string;
  readonly date: string;
  readonly text: string;
}

/** What warned in a run: a line for all dates of a table whose warnings differ in their numbers alone. */
export function warnedLines(warned: readonly Warned[]): readonly string[] {
  if (warned.length === 0) return [];
  const groups = Map.groupBy(warned, ({ table, text }) => `${table} ${text.replace(/\d+/g, '#')}`);
  const lines = [...groups.values()].flatMap((group) => {
    const dates = group.map(({ date }) => date).sort();
    const first = group.find(({ date }) => date === dates[0]);
    if (!first) return [];
    const { table, date, text } = first;
    return group.length === 1
      ? [`  ${table}  ${date}  ${text}`]
      : [
          `  ${table}  ${date} to ${dates.at(-1)}, ${plural(group.length, 'date')}  ${text} on the first, and the like`,
        ];
  });
  return ['', 'warned:', ...lines];
}
