import { existsSync } from 'node:fs';
import type { AlteredDate } from '../../export/find-altered.ts';
import { readIngests } from '../../ledger/read-ingests.ts';
import { findRemedies } from '../../plan/find-remedies.ts';
import { alteredRefusalLines } from '../../report/export-report.ts';
import { commandText } from '../../report/words/command-text.ts';
import type { RunEngine } from '../../world/run-engine.ts';
import type { VerbContext } from '../cli-context.ts';

/** Why rows that are not what their records say are not handed on, with the commands that mend them. */
export async function alteredRefusal(
  context: VerbContext,
  { warehouse, world }: RunEngine,
  dates: readonly AlteredDate[],
): Promise<readonly string[]> {
  const ingests = await readIngests(warehouse);
  const commands = findRemedies({ ...world, ingests, isThere: existsSync }, dates).map((remedy) =>
    context.command(commandText(remedy)),
  );
  return alteredRefusalLines(dates, commands);
}
