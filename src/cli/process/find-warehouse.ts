import { existsSync } from 'node:fs';
import { defaultWarehouse, earlierDefault, isNoPlace } from '../../engine/default-warehouse.ts';
import { UsageError } from '../../engine/usage-error.ts';
import type { CliContext } from '../cli-context.ts';

/**
 * The warehouse of a verb that is not told one: what `BACKCOURT_WAREHOUSE` names, else what the
 * project does, else the default file. Where that
 * is not there and the default of earlier versions is, that one is taken, and a line says so.
 * @throws UsageError when the variable names nothing that stays.
 */
export function findWarehouse({
  invocation,
  stderr,
  project,
}: Pick<CliContext, 'invocation' | 'stderr' | 'project'>): string {
  const { warehouse } = invocation;
  if (warehouse !== undefined) {
    if (!isNoPlace(warehouse)) return warehouse;
    throw new UsageError(`BACKCOURT_WAREHOUSE="${warehouse}": it must name a file`);
  }
  if (project?.warehouse !== undefined) return project.warehouse;
  if (existsSync(defaultWarehouse) || !existsSync(earlierDefault)) return defaultWarehouse;
  stderr(
    `note: there is no ${defaultWarehouse}; this works on ${earlierDefault}, the default of earlier versions\n`,
  );
  return earlierDefault;
}
