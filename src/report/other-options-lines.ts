import type { OtherOption } from '../plan/other-option.ts';
import type { OtherOptions } from '../plan/other-options.ts';
import type { FollowUps } from './follow-ups.ts';
import { commandText } from './words/command-text.ts';
import { plural } from './words/format.ts';
import { otherOptionsText } from './words/reason-text.ts';

/**
 * What stands with other options than today's and keeps them, table by table; and the commands that bring it
 * to today's, or make its options those of the warehouse.
 */
export function otherOptionsLines(
  groups: readonly OtherOptions[],
  { command }: Pick<FollowUps, 'command'>,
): readonly string[] {
  if (groups.length === 0) return [];
  const lines = ['', "made with other options than today's, which it keeps:"];
  for (const { table, dates, first, last, options } of groups) {
    const range = first === last ? first : `${first} to ${last}, ${plural(dates, 'date')}`;
    lines.push(`  ${table}  ${range}  ${otherOptionsText(options)}`);
  }
  const restate = commandText({ verb: 'run_stale', restateOptions: true });
  lines.push(`  make it with today's: ${command(restate)}`);
  const kept = keptFor(groups.flatMap(({ options }) => options));
  if (kept.length > 0) {
    lines.push(`  or keep these from now on: ${command(`config set ${kept.join(' ')}`)}`);
  }
  return lines;
}

/** The options that everything stands with; none where one stands with several values, or no record tells it. */
function keptFor(options: readonly OtherOption[]): readonly string[] {
  const byName = Map.groupBy(options, ({ name }) => name);
  const settings = [...byName].map(([name, own]) => ({
    name,
    values: [...new Set(own.map(({ stands }) => stands))],
  }));
  const isClear = settings.every(({ values }) => values.length === 1 && values[0] !== 'fewer');
  return isClear ? settings.map(({ name, values }) => `${name}=${values[0]}`) : [];
}
