import { selectList } from '../../../src/table/measure.ts';
import type { SqlContext } from '../../../src/table/sql-context.ts';
import { candidateExclusion, candidatesCtes } from '../../shared/roster/upcoming-players-sql.ts';
import { componentCtes } from './components-sql.ts';
import { matchedCte } from './matchup-sql.ts';
import { measures } from './measures.ts';

/** One row per upcoming player with enough games. */
export function rowsSql(context: SqlContext): string {
  return `
WITH ${candidatesCtes(context)},
${matchedCte(context)},
${componentCtes(context)}
SELECT
  ${selectList(measures, context.sql)},
  ${candidateExclusion(context, '1000 * games_in_sample')}
FROM scored`;
}
