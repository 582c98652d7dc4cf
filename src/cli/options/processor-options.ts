import { UsageError } from '../../engine/usage-error.ts';
import { unknownName } from '../../table/nearest-name.ts';
import type { ComputedTable } from '../../table/table-definition.ts';
import type { TableOption } from '../../table/table-option.ts';

/** What `--option name=value` can say. */
export interface ProcessorOptions {
  /** One day, which means the same as `--dates` with it. */
  readonly analysisDate: string | undefined;
  readonly backfillMode: boolean | undefined;
  readonly skipDownstreamTrigger: boolean | undefined;
  /** Options of the tables, by name. */
  readonly tableOptions: Readonly<Record<string, number>>;
}

/**
 * Reads the processor options of the tables that are to run.
 * @throws UsageError for an option that none of them knows, a repeated one, or a value out of range.
 */
export function readProcessorOptions(
  given: readonly string[],
  tables: readonly ComputedTable[],
): ProcessorOptions {
  const declared = tables.flatMap(({ options }) => options);
  const texts = readTexts('--option', given, [
    ...['analysis_date', 'backfill_mode', 'skip_downstream_trigger'],
    ...new Set(declared.map(({ name }) => name)),
  ]);
  return {
    analysisDate: texts.get('analysis_date'),
    backfillMode: readFlag('backfill_mode', texts.get('backfill_mode')),
    skipDownstreamTrigger: readFlag(
      'skip_downstream_trigger',
      texts.get('skip_downstream_trigger'),
    ),
    tableOptions: numbersOf(texts, declared),
  };
}

/** Options of tables alone, by name. @throws UsageError as {@link readProcessorOptions}. */
export function readTableOptions(
  given: readonly string[],
  declared: readonly TableOption[],
): ProcessorOptions['tableOptions'] {
  const names = declared.map(({ name }) => name);
  return numbersOf(readTexts('option', given, names), declared);
}

function readTexts(
  flag: string,
  given: readonly string[],
  known: readonly string[],
): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  for (const text of given) {
    const [, name = '', value = ''] = /^([^=]+)=(.*)$/.exec(text) ?? [];
    if (name === '') throw new UsageError(`${flag} "${text}" is not name=value`);
    if (!known.includes(name)) {
      throw new UsageError(unknownName('option', name, known));
    }
    if (texts.has(name)) throw new UsageError(`option "${name}" is given twice`);
    texts.set(name, value);
  }
  return texts;
}

function numbersOf(
  texts: ReadonlyMap<string, string>,
  declared: readonly TableOption[],
): Readonly<Record<string, number>> {
  return Object.fromEntries(
    declared.flatMap((option) => {
      const text = texts.get(option.name);
      return text === undefined ? [] : [[option.name, readNumber(option, text)]];
    }),
  );
}

function readNumber({ name, min, max }: TableOption, text: string): number {
  if (min === 0 && max === 1) return readFlag(name, text) === true ? 1 : 0;
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= min && value <= max) return value;
  throw new UsageError(`option ${name}="${text}" is not a whole number from ${min} to ${max}`);
}

function readFlag(name: string, text: string | undefined): boolean | undefined {
  if (text === undefined) return undefined;
  if (text === 'true' || text === 'false') return text === 'true';
  throw new UsageError(`option ${name}="${text}" is neither true nor false`);
}
