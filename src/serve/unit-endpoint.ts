import { readExclusions } from '../ledger/read-exclusions.ts';
import { explainUnit } from '../plan/explain-unit.ts';
import { planAsRecorded } from '../plan/plan-as-recorded.ts';
import { explanationJson } from '../report/explain-report.ts';
import { columnsReadText, reachText } from '../report/words/columns-text.ts';
import { commandText } from '../report/words/command-text.ts';
import { windowText } from '../report/words/window-text.ts';
import { readDate, readTable } from './request-values.ts';
import type { ServeContext } from './serve-context.ts';

/** One table and date: what `explain --json` says, with windows in words and a command that can be pasted. */
export function unitEndpoint(
  { read, tables, command }: ServeContext,
  name: string,
  day: string,
): Promise<object> {
  const table = readTable(tables, name);
  const date = readDate(day);
  return read(async ({ engine, plan }) => {
    const { warehouse, world } = engine;
    const { calendar } = world;
    const all = calendar.scheduled(date)
      ? plan()
      : planAsRecorded(world, [...calendar.dates, date].sort());
    const explanation = explainUnit(world, all, table, date);
    const exclusions = await readExclusions(warehouse, table.name, date);
    const explained = explanationJson({ explanation, exclusions, entity: undefined });
    const { remedy } = explanation;
    return {
      ...explained,
      downstream: explained.downstream.map((reach) => ({
        ...reach,
        condition: reachText({ ...reach, columns: reach.columns ?? undefined }),
      })),
      inputs: explained.inputs.map(({ windows, ...input }) => ({
        ...input,
        columnsRead: columnsReadText(input.columns ?? undefined) ?? null,
        windows: windows.map(({ window, ...rest }) => ({ text: windowText(window), ...rest })),
      })),
      remedy: remedy ? { ...remedy, command: command(commandText(remedy)) } : null,
    };
  });
}
