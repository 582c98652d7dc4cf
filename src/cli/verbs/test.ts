import { checkFixtures } from '../../engine/check-fixtures.ts';
import { findTable } from '../../engine/choose-tables.ts';
import { UsageError } from '../../engine/usage-error.ts';
import { fixtureJson, fixtureLines } from '../../report/fixture-report.ts';
import { exitCodes } from '../../run/exit-codes.ts';
import { common } from '../options/common-inputs.ts';
import { offering, words } from '../options/input.ts';
import { printReport } from '../output/print-report.ts';
import { defineVerb } from '../verb.ts';

/** Computes the fixtures of a project. No warehouse is looked at. */
export const testVerb = defineVerb({
  inputs: {
    tables: offering('computed', words('names of tables; all that have fixtures, unless given')),
    json: common.json,
  },
  notes: 'A fixture is a few rows and what is to come of them: docs/own-tables.md',
  example: ['backcourt test', 'backcourt test steals_form'],
  async run(context, tables, { tables: names, json }) {
    const { project } = context;
    if (!project) {
      throw new UsageError(
        'there is no backcourt.config.ts here, and so no fixture; a project is named with --project <folder>',
      );
    }
    const { loadFixtures } = await import('../../project/load-fixtures.ts');
    const asked = names.map((name) => findTable(tables, name).name);
    const fixtures = (await loadFixtures(project)).filter(
      (loaded) =>
        asked.length === 0 || ('fixture' in loaded && asked.includes(loaded.fixture.table)),
    );
    if (fixtures.length === 0) {
      const which = asked.length === 0 ? project.tables : asked.join(', ');
      context.stderr(`error: there is no fixture of ${which}, which is <name>.fixture.ts\n`);
      return exitCodes.failed;
    }
    const checked = await checkFixtures(context, tables, fixtures);
    printReport(context, json, { lines: fixtureLines(checked), json: fixtureJson(checked) });
    if (checked.some(({ kind }) => kind === 'faulty')) return exitCodes.failed;
    return checked.some((one) => one.kind === 'checked' && one.result.differences.length > 0)
      ? exitCodes.difference
      : exitCodes.done;
  },
});
