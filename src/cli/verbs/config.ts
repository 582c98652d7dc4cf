import { UsageError } from '../../engine/usage-error.ts';
import { withEngine } from '../../engine/with-engine.ts';
import { readWarehouseFacts, setOptionsStatement } from '../../ledger/warehouse-options.ts';
import { groupOtherOptions } from '../../plan/other-options.ts';
import { planAsRecorded } from '../../plan/plan-as-recorded.ts';
import { configJson, configLines } from '../../report/config-report.ts';
import { unknownName } from '../../table/nearest-name.ts';
import type { EffectiveOptions, TableOption } from '../../table/table-option.ts';
import type { TableRegistry } from '../../table/table-registry.ts';
import type { RunEngine } from '../../world/run-engine.ts';
import type { VerbContext } from '../cli-context.ts';
import { type WarehouseFlags, warehouseInputs } from '../options/common-inputs.ts';
import { optionalWord, words } from '../options/input.ts';
import { readTableOptions } from '../options/processor-options.ts';
import { printReport } from '../output/print-report.ts';
import { defineVerb } from '../verb.ts';
import { type WholeChange, withRunEntry } from '../work/with-run-entry.ts';

/** Makes the options of a warehouse of those that it has. */
type Change = (options: EffectiveOptions) => EffectiveOptions;

/** Shows or changes the options that belong to the warehouse. What stands there it leaves as it is. */
export const configVerb = defineVerb({
  inputs: {
    action: optionalWord('list, set or unset (default: list)'),
    options: words('name=value for set, name for unset'),
    ...warehouseInputs,
  },
  example: ['backcourt config set accept_closing_lines=true', 'backcourt config unset min_games'],
  async run(context, tables, flags) {
    const change = readChange(tables, flags.action ?? 'list', flags.options);
    const startedAt = context.clock.now();
    return withEngine(context, tables, flags, change ? 'write' : 'read', async (engine) => {
      const before = engine.world.options;
      const options = change ? change(before) : before;
      if (change)
        await keep(context, engine, options, {
          asked: { [`${flags.action}`]: flags.options },
          startedAt,
        });
      tell(context, engine, flags, before, options);
      return 0;
    });
  },
});

/** @returns nothing where the options are only shown. @throws UsageError */
function readChange(
  tables: TableRegistry,
  action: string,
  given: readonly string[],
): Change | undefined {
  const declared = declaredOptions(tables);
  switch (action) {
    case 'list':
      if (given.length === 0) return undefined;
      throw new UsageError(`config list takes no options: ${given.join(' ')}`);
    case 'set': {
      if (given.length === 0) throw new UsageError('config set: which option? give name=value');
      const set = readTableOptions(given, declared);
      return (options) => ({ ...options, ...set });
    }
    case 'unset': {
      if (given.length === 0) throw new UsageError('config unset: which option? give its name');
      const names = declared.map(({ name }) => name);
      const unknown = given.find((name) => !names.includes(name));
      if (unknown !== undefined) {
        throw new UsageError(unknownName('option', unknown, names));
      }
      return (options) =>
        Object.fromEntries(Object.entries(options).filter(([name]) => !given.includes(name)));
    }
    default:
      throw new UsageError(`config "${action}": it is list, which shows all of them, set or unset`);
  }
}

/** @throws UsageError before the first ingest, which makes the row that they stand in. */
async function keep(
  context: VerbContext,
  { warehouse, world }: RunEngine,
  options: EffectiveOptions,
  run: Pick<WholeChange, 'asked' | 'startedAt'>,
): Promise<void> {
  const { formatVersion } = await readWarehouseFacts(warehouse);
  if (formatVersion === undefined) {
    throw new UsageError(`"${warehouse.location}" holds no data yet; ingest files first`);
  }
  const statement = setOptionsStatement(warehouse.dialect, options);
  // What is so already changes nothing, and leaves no entry.
  if (statement === setOptionsStatement(warehouse.dialect, world.options)) return;
  const change = { ...run, verb: 'config', summary: { options } } as const;
  await warehouse.commit(withRunEntry(context, warehouse, change, [statement]));
}

function tell(
  context: VerbContext,
  { world }: RunEngine,
  { warehouse, json }: WarehouseFlags,
  before: EffectiveOptions,
  now: EffectiveOptions,
): void {
  const report = {
    warehouse,
    options: declaredOptions(world.tables).map((option) => ({
      option,
      own: now[option.name],
      before: before[option.name],
      tables: world.tables.computed
        .filter(({ options }) => options.some(({ name }) => name === option.name))
        .map(({ name }) => name),
    })),
    others: groupOtherOptions(planAsRecorded({ ...world, options: now }).units),
  };
  printReport(context, json, { lines: configLines(report, context), json: configJson(report) });
}

function declaredOptions({ computed }: TableRegistry): readonly TableOption[] {
  const all = computed.flatMap(({ options }) => options);
  return [...new Map(all.map((option) => [option.name, option])).values()];
}
