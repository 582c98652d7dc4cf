import { featureValues } from '../../data_processors/precompute/ml_feature_store/feature-values.ts';
import { features } from '../../data_processors/precompute/ml_feature_store/features.ts';
import { duckdbDialect } from '../sql/duckdb-dialect.ts';

/** The page of the model features, `docs/features.md`, from their definitions alone. */
export function featurePage(): string {
  const values = featureValues(duckdbDialect);
  return `# The ${features.length} features

What a row of [ml_feature_store](tables/ml_feature_store.md) holds, in the order of the array \`features\`; all of it was
known before the date. Written from the definitions by \`npm run docs\`.

\`feature_sources\` says where a value came from: \`phase4\` (a precompute row of the date), \`phase3\` (analytics),
\`calculated\` (a rule over analytics); the first that has a value wins, and where none has, the \`default\` stands in. A value
outside of the range fails the date (error) or is recorded with it (warning).

| # | feature | meaning | unit | formula | from | to | outside | default | sources |
|---|---|---|---|---|---|---|---|---|---|
${features
  .map(({ name, meaning, unit, formula, range, fallback }, index) =>
    [
      ...['', index, `\`${name}\``, meaning, unit, formula, range.min, range.max],
      range.severity === 'error' ? 'error' : 'warning',
      fallback / 10_000,
      `${values[name].map(({ origin }) => origin).join(', ')} |`,
    ].join(' | '),
  )
  .map((line) => line.trim())
  .join('\n')}
`;
}
