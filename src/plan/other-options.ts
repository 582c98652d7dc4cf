import type { ComputedTable } from '../table/table-definition.ts';
import { bootstrapDays, optionText } from '../table/table-option.ts';
import type { UnitOptions } from '../table/unit-options.ts';
import type { OtherOption } from './other-option.ts';
import type { PlannedUnit } from './plan.ts';

/** Units of a table that stand, or are made again, with the same options other than today's. */
export interface OtherOptions {
  readonly table: string;
  readonly dates: number;
  readonly first: string;
  readonly last: string;
  readonly options: readonly OtherOption[];
}

/** The options that change rows in which two differ, by name. @param stands canonical JSON. */
export function differingOptions(
  { options }: Pick<ComputedTable, 'options'>,
  stands: string,
  today: UnitOptions,
): readonly OtherOption[] {
  if (stands === today.text) return [];
  const standing: Readonly<Record<string, number>> = JSON.parse(stands);
  return options
    .filter(({ changesRows }) => changesRows)
    .flatMap((option) => {
      const { name, fallback } = option;
      const [was, is] = [standing[name] ?? fallback, today.effective[name] ?? fallback];
      if (was === is) return [];
      return [{ name, stands: optionText(option, was), today: optionText(option, is) }];
    });
}

/** What rows in the first days of a season were made with; no record says how many days it was. */
export function fewerBootstrapDays(today: UnitOptions): OtherOption {
  const { name, fallback } = bootstrapDays;
  return { name, stands: 'fewer', today: String(today.effective[name] ?? fallback) };
}

/** Groups the units of a plan that keep other options than today's, by table and by what they differ in. */
export function groupOtherOptions(units: readonly PlannedUnit[]): readonly OtherOptions[] {
  const own = units.filter(({ otherOptions }) => otherOptions !== undefined);
  const groups = Map.groupBy(own, (unit) => `${unit.table} ${JSON.stringify(unit.otherOptions)}`);
  return [...groups.values()].flatMap((group) => {
    const [first, last] = [group[0], group.at(-1)];
    if (!first?.otherOptions || !last) return [];
    const { table, otherOptions: options } = first;
    return [{ table, dates: group.length, first: first.date, last: last.date, options }];
  });
}
