import { UsageError } from '../../engine/usage-error.ts';
import type { Project } from '../../project/load-project.ts';
import { projectFile } from '../../project/project-file.ts';
import { BadDefinition } from '../../table/bad-definition.ts';
import type { CliContext } from '../cli-context.ts';

/**
 * The project in force: the folder that `--project` or `BACKCOURT_PROJECT` names, else the one in which the command was
 * called, where it is one. No folder above it: what is in it is carried out.
 * @throws UsageError when there is none where one is named, or it cannot be read.
 */
export async function findProject({
  invocation,
}: Pick<CliContext, 'invocation'>): Promise<Project | undefined> {
  const named = invocation.project;
  if (named === undefined && projectFile('.') === undefined) return undefined;
  const { readProject } = await import('../../project/load-project.ts');
  try {
    return await readProject(named ?? '.');
  } catch (error) {
    if (error instanceof BadDefinition) throw new UsageError(error.message);
    throw error;
  }
}
