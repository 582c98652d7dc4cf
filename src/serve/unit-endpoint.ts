import { readExclusions } from '../ledger/read-exclusions.ts';
import { explainUnit } from '../plan/explain-unit.ts';
import { planAsRecorded } from '../plan/plan-as-recorded.ts';
import { columnsReadText, reachText } from '../report/columns-text.ts';
import { explainJson } from '../report/explain-report.ts';
import { windowText } from '../report/window-text.ts';
import type { TableInput } from '../table/table-definition.ts';
import type { Window } from '../window/window.ts';
import type { UnitAnswer } from './api-types.ts';
import { readDate, readTable } from './request-values.ts';
import type { ServeContext } from './serve-context.ts';

type Columns = { readonly columns: Exclude<TableInput['columns'], undefined> | null };
type Explained = Omit<UnitAnswer, 'inputs' | 'downstream' | 'mend'> & {
  readonly mend?: string;
  readonly downstream: readonly (Omit<UnitAnswer['downstream'][number], 'condition'> & Columns)[];
  readonly inputs: readonly (Omit<UnitAnswer['inputs'][number], 'windows' | 'columns_read'> &
    Columns & {
      readonly windows: readonly (Omit<UnitAnswer['inputs'][number]['windows'][number], 'text'> & {
        readonly window: Window;
      })[];
    })[];
};

/** One table and date: what `explain --json` says, with windows in words and a command that can be pasted. */
export function unitEndpoint(
  { read, tables, command }: ServeContext,
  name: string,
  day: string,
): Promise<UnitAnswer> {
  const table = readTable(tables, name);
  const date = readDate(day);
  return read(async ({ engine, plan }) => {
    const { warehouse, world } = engine;
    const { calendar } = world;
    const all = calendar.scheduled(date)
      ? plan()
      : planAsRecorded(world, [...calendar.dates, date].sort());
    const [text = '{}'] = explainJson({
      explanation: explainUnit(world, all, table, date),
      exclusions: await readExclusions(warehouse, table.name, date),
      entity: undefined,
    });
    const explained: Explained = JSON.parse(text);
    return {
      ...explained,
      downstream: explained.downstream.map((reach) => ({
        ...reach,
        condition: reachText({ ...reach, columns: reach.columns ?? undefined }),
      })),
      inputs: explained.inputs.map((input) => ({
        ...input,
        columns_read: columnsReadText(input.columns ?? undefined) ?? null,
        windows: input.windows.map(({ window, ...rest }) => ({
          text: windowText(window),
          ...rest,
        })),
      })),
      mend: explained.mend === undefined ? null : command(explained.mend),
    };
  });
}
