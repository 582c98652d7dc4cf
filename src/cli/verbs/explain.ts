import { type EntityFate, readEntityFate, readExclusions } from '../../ledger/read-exclusions.ts';
import { explainUnit } from '../../plan/explain-unit.ts';
import { planAsRecorded } from '../../plan/plan-as-recorded.ts';
import { explainJson, explainLines } from '../../report/explain-report.ts';
import { findAnyTable } from '../options/choose-tables.ts';
import { warehouseInputs } from '../options/common-inputs.ts';
import { readDay } from '../options/date-range.ts';
import { value, word } from '../options/input.ts';
import { once } from '../options/option-values.ts';
import { printReport } from '../output/print-report.ts';
import { withEngine } from '../process/with-engine.ts';
import { defineVerb } from '../verb.ts';

/** Tells the state of one table and date, its first cause, and all that belongs to it. */
export const explainVerb = defineVerb({
  inputs: {
    table: word('any table'),
    date: word('YYYY-MM-DD'),
    ...warehouseInputs,
    key: value(
      '<key>',
      'also tell what became of one team or player: the key without the date',
      once,
    ),
  },
  example: ['backcourt explain team_defense_zone_analysis 2024-01-26 --key BOS'],
  async run(context, tables, flags) {
    const table = findAnyTable(tables, flags.table);
    const date = readDay('<date>', flags.date);
    return withEngine(context, tables, flags, 'read', async (engine) => {
      const { warehouse, world } = engine;
      const dates = [...new Set([...world.calendar.dates, date])].sort();
      const plan = planAsRecorded(world, dates);
      const fate: EntityFate | undefined =
        flags.key === undefined
          ? undefined
          : await readEntityFate(warehouse, table, date, flags.key);
      const report = {
        explanation: explainUnit(world, plan, table, date),
        exclusions: await readExclusions(warehouse, table.name, date),
        entity:
          flags.key === undefined || fate === undefined ? undefined : { key: flags.key, fate },
      };
      printReport(context, flags.json, {
        lines: explainLines(report, context),
        json: explainJson(report),
      });
      return 0;
    });
  },
});
