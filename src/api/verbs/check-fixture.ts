import { checkFixtureIn, type FixtureResult } from '../../engine/check-fixture.ts';
import { withMemory } from '../../engine/open-warehouse.ts';
import type { Fixture } from '../../project/fixture.ts';
import { readFixture } from '../../project/load-fixtures.ts';
import { outside, tablesOf } from './open-warehouse.ts';

/** Where the tables of a fixture are. */
export interface FixtureSettings {
  /** The folder with `backcourt.config.ts`; the one in which the process works unless given. */
  readonly project?: string;
}

/**
 * Computes a fixture in memory and compares: what `backcourt test` does, for a test runner. As expected means that there
 * are no `differences`.
 * @throws BadDefinition for a project or a fixture that is wrong; UsageError for a table that there is not, or is wrong.
 */
export async function checkFixture(
  fixture: Fixture,
  settings: FixtureSettings = {},
): Promise<FixtureResult> {
  const { tables } = await tablesOf(settings.project ?? '.');
  const at = { name: 'fixture', definedIn: `a fixture of ${fixture.table}` };
  const read = readFixture(fixture, at);
  return withMemory(outside({}), (memory) => checkFixtureIn(memory, tables, read, at));
}
