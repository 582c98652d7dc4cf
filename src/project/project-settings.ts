/** What `backcourt.config.ts` says. Paths are seen from its folder. */
export interface ProjectSettings {
  readonly backcourt: 'project';
  /** The warehouse of every verb that is not told another: a file, or `bigquery://…`. */
  readonly warehouse?: string;
  /** The folder of the own tables: `tables` unless given. */
  readonly tables?: string;
  /** Where their rows stand: `my_tables` unless given. */
  readonly dataset?: string;
}

/** Says what a project is. */
export function defineProject(settings: Omit<ProjectSettings, 'backcourt'>): ProjectSettings {
  return { ...settings, backcourt: 'project' };
}
