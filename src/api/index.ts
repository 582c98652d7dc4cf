/**
 * What a project writes its own tables in. The file of a table exports one, `table`; `backcourt.config.ts` exports
 * `project`. See docs/own-tables.md.
 */
export {
  average,
  type ColumnName,
  deviation,
  difference,
  type Games,
  games,
  highest,
  last,
  lastDays,
  lastGames,
  lowest,
  type OwnMeasure,
  per36,
  rank,
  rate,
  seasonToDate,
  streak,
  teammatesAverage,
  teammatesTotal,
  total,
  trend,
  value,
  type Wanted,
  type Where,
  type Whose,
} from '../measures/measure-words.ts';
export { type OwnTable, playerTable, teamTable } from '../measures/own-table.ts';
export { type Fixture, fixture } from '../project/fixture.ts';
export { defineProject, type ProjectSettings } from '../project/project-settings.ts';
export type { AllowedRange } from '../sql/column.ts';
export type { MadeUpCell, MadeUpRow } from '../table/made-up-context.ts';
