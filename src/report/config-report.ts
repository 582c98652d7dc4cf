import type { OtherOptions } from '../plan/other-options.ts';
import { optionText, type TableOption } from '../table/table-option.ts';
import type { FollowUps } from './follow-ups.ts';
import { otherOptionsLines } from './other-options-lines.ts';
import { alignColumns } from './words/format.ts';
import { toJson } from './words/json.ts';

/** An option as it is for a warehouse. */
export interface ConfiguredOption {
  readonly option: TableOption;
  /** Kept in the warehouse; `undefined` where the default holds. */
  readonly own: number | undefined;
  /** What it was before this command. */
  readonly before: number | undefined;
  /** Tables that declare it. */
  readonly tables: readonly string[];
}

export interface ConfigReport {
  readonly warehouse: string;
  readonly options: readonly ConfiguredOption[];
  /** What stands with other options than these. */
  readonly others: readonly OtherOptions[];
}

/** What `config` shows: the options, what has changed of them, and what stands with others. */
export function configLines(
  { warehouse, options, others }: ConfigReport,
  { command }: Pick<FollowUps, 'command'>,
): readonly string[] {
  const rows = options.map(({ option, own }) => [
    ...[option.name, optionText(option, own ?? option.fallback)],
    ...[own === undefined ? 'default' : 'warehouse', option.meaning],
  ]);
  const changed = options.filter(({ own, before }) => own !== before);
  return [
    `options of ${warehouse}`,
    '',
    ...alignColumns([['option', 'value', 'from', 'meaning'], ...rows], new Set()),
    ...(changed.length === 0 ? [] : ['', ...changed.map(changeLine)]),
    ...otherOptionsLines(others, { command }),
  ];
}

function changeLine({ option, own, before }: ConfiguredOption): string {
  const text = (value: number | undefined) =>
    value === undefined
      ? `${optionText(option, option.fallback)} (default)`
      : optionText(option, value);
  return `${option.name}: ${text(before)} → ${text(own)}`;
}

/** One object per option, then one per table and difference. */
export function configJson({ options, others }: ConfigReport): readonly string[] {
  return [
    ...options.map(({ option, own, before, tables }) => ({
      type: 'option',
      name: option.name,
      value: optionText(option, own ?? option.fallback),
      from: own === undefined ? 'default' : 'warehouse',
      changed: own !== before,
      default: optionText(option, option.fallback),
      meaning: option.meaning,
      tables,
    })),
    ...others.map((group) => ({ type: 'other_options', ...group })),
  ].map(toJson);
}
