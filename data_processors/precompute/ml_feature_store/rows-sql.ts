import { selectList } from '../../../src/table/measure.ts';
import type { SqlContext } from '../../../src/table/sql-context.ts';
import { candidateExclusion } from '../../shared/roster/upcoming-players-sql.ts';
import { gatheredCtes } from './gathered-sql.ts';
import { measures } from './measures.ts';
import { defaultWithoutCap, qualityHundredths } from './quality-score.ts';
import { isDefault, sourcedFeatures, weightOf } from './sourced-features.ts';

/** One row per upcoming player with enough games. */
export function rowsSql(context: SqlContext): string {
  const { sql } = context;
  const sourced = sourcedFeatures(sql);
  const capped = sourced.filter(({ name }) => name !== defaultWithoutCap);
  const sources = sourced.flatMap((feature) => feature.sources);
  return `
WITH ${gatheredCtes(context)},
valued AS (
  SELECT
    *,
    ${sources.map(({ column, given }) => `${given.value} AS ${column}`).join(',\n    ')}
  FROM gathered
),
weighed AS (
  SELECT
    *,
    ${sourced.map(weightOf).join('\n    + ')} AS weights,
    ${capped.map((feature) => `CASE WHEN ${isDefault(feature)} THEN 1 ELSE 0 END`).join('\n    + ')} AS defaults
  FROM valued
),
scored AS (
  SELECT
    *,
    ${qualityHundredths('weights', 'defaults')} AS score_hundredths
  FROM weighed
)
SELECT
  ${selectList(measures, sql)},
  ${candidateExclusion(context, 'score_hundredths')}
FROM scored`;
}
