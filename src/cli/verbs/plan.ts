import { writeFile } from 'node:fs/promises';
import { withEngine } from '../../engine/with-engine.ts';
import { quote } from '../../plan/quote.ts';
import { makeSavedPlan } from '../../plan/saved-plan.ts';
import { savedPlanText } from '../../report/saved-plan-json.ts';
import { plannedTables } from '../../run/planned-tables.ts';
import { unitInputs } from '../options/common-inputs.ts';
import { flag, value } from '../options/input.ts';
import { once } from '../options/option-values.ts';
import { keptAnswer } from '../output/kept-answer.ts';
import { checkOutputFile, writeWhole } from '../process/output-file.ts';
import { defineVerb } from '../verb.ts';
import { freshJob } from '../work/fresh-job.ts';
import { tellPlan, tellStatements } from '../work/tell-plan.ts';

/** Tells what a run would do, why, and what it would take. Writes no warehouse. */
export const planVerb = defineVerb({
  inputs: {
    ...unitInputs,
    save: value('<file>', 'keep the plan in a file for run --plan', once),
    overwrite: flag('replace the file of --save, whatever it is; an earlier plan always'),
    sql: flag('print every statement that the run would send'),
  },
  example: ['backcourt plan --backfill --save tonight.json', 'backcourt run --plan tonight.json'],
  async run(context, tables, flags) {
    const { save, overwrite } = flags;
    const job = freshJob(context, tables, flags, false);
    if (save !== undefined) {
      const { readPlanFile } = await import('../work/read-plan-file.ts');
      const mayReplace = () => overwrite || isReadable(() => readPlanFile(save));
      checkOutputFile({ flag: '--save', path: save, mayReplace });
    }
    const isLooked = save === undefined && !flags.sql;
    const kept = keptAnswer(context, tables, isLooked ? { verb: 'plan', flags } : undefined);
    const open = { ...flags, known: kept.known };
    return withEngine(context, tables, open, 'read', async (engine) => {
      const order = await job.order(engine);
      if (typeof order === 'number') return order;
      if (save !== undefined) {
        const { plan, settings } = order;
        const saved = makeSavedPlan(plan, settings, plannedTables(engine.world, plan));
        await writePlan(save, savedPlanText(saved, plan.units));
      }
      if (flags.sql) return tellStatements(context, engine, flags, order);
      const savedTo = save === undefined ? undefined : quote(save);
      return kept.keep(await tellPlan(kept.context, engine, flags, order, { savedTo }));
    });
  },
});

/** An earlier plan is what a newer one is saved over; anything else is asked for. */
function isReadable(read: () => unknown): boolean {
  try {
    read();
    return true;
  } catch {
    return false;
  }
}

/** @throws WarehouseError `surroundings` when the file cannot be written. */
function writePlan(path: string, text: string): Promise<void> {
  return writeWhole(path, (partial) => writeFile(partial, text, { flush: true }));
}
