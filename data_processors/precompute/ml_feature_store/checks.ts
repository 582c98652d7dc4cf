import type { Severity } from '../../../src/sql/column.ts';
import type { SqlDialect } from '../../../src/sql/sql-dialect.ts';
import { fullSlateRows } from '../../../src/table/alarms.ts';
import type { TableCheck } from '../../../src/table/table-check.ts';
import { type ConstantWhen, type Feature, features } from './features.ts';
import { defaultWithoutCap } from './quality-score.ts';

/** A value that no source can give: a rate divided twice, an adjustment in place of its score. */
function outsideRange(severity: Severity): TableCheck {
  const limited = features.map((feature, index) => ({ ...feature, index }));
  return {
    kind: 'row',
    name: severity === 'error' ? 'impossible_feature' : 'implausible_feature',
    severity,
    violation: (sql) =>
      limited
        .filter(({ range }) => range.severity === severity)
        .map(({ index, range }) => {
          const value = sql.arrayElement('features', index);
          return `${value} < ${range.min} OR ${value} > ${range.max}`;
        })
        .join(' OR '),
  };
}

/** What must hold of a slate besides, for one value to be suspicious. */
const unless: Readonly<Record<Exclude<ConstantWhen, 'on_any_date'>, string>> = {
  never: '',
  in_defaults: '',
  early_in_the_season: ' AND 5 * COUNT(CASE WHEN early_season_flag THEN 1 END) < COUNT(*)',
  after_a_break: ' AND MIN(days_rest) < 3',
};

/**
 * One value for a whole slate is a value that was not measured. A default counts as one where no
 * reason is known why everybody should have it.
 */
function constantFeature({ name, mayBeConstant }: Feature, index: number): readonly TableCheck[] {
  if (mayBeConstant === 'on_any_date') return [];
  const measured = (sql: SqlDialect) => {
    const value = sql.arrayElement('features', index);
    if (mayBeConstant !== 'in_defaults') return value;
    return `CASE WHEN ${sql.arrayElement('feature_sources', index)} <> 'default' THEN ${value} END`;
  };
  return [
    {
      kind: 'date',
      name: `${name}_is_constant`,
      severity: 'warn',
      violation: (sql) => {
        const value = measured(sql);
        return `COUNT(${value}) >= ${fullSlateRows} AND MIN(${value}) = MAX(${value})${unless[mayBeConstant]}`;
      },
    },
  ];
}

/**
 * The rows of an earlier table are the players with at least so many games. Whoever lacks one has
 * fewer than all who have one; anything else is a hole in that table.
 */
function holesOf(table: 'player_daily_cache' | 'player_composite_factors'): TableCheck {
  return {
    kind: 'date',
    name: `${table}_lacks_a_player`,
    severity: 'error',
    violation: (sql) => {
      const isMissing = sql.arrayContains('data_quality_issues', sql.string(`${table}_missing`));
      return `MAX(CASE WHEN ${isMissing} THEN games_in_sample END)
        > MIN(CASE WHEN ${isMissing} THEN NULL ELSE games_in_sample END)`;
    },
  };
}

const position = (name: Feature['name']) => features.findIndex((feature) => feature.name === name);

/** TRUE with so many defaults, or more, that cap the score. */
function defaultsAtLeast(count: number, sql: SqlDialect): string {
  const other = sql.arrayContains('default_feature_indices', String(position(defaultWithoutCap)));
  return `ARRAY_LENGTH(default_feature_indices) >= CASE WHEN ${other} THEN ${count + 1} ELSE ${count} END`;
}

export const checks: readonly TableCheck[] = [
  {
    kind: 'row',
    name: 'not_25_features',
    severity: 'error',
    violation: `ARRAY_LENGTH(features) <> feature_count
      OR ARRAY_LENGTH(feature_names) <> feature_count
      OR ARRAY_LENGTH(feature_sources) <> feature_count`,
  },
  {
    kind: 'row',
    name: 'defaults_with_a_high_score',
    severity: 'error',
    violation: (sql) => `(${defaultsAtLeast(1, sql)} AND feature_quality_score > 69)
      OR (${defaultsAtLeast(5, sql)} AND feature_quality_score > 49)`,
  },
  outsideRange('error'),
  outsideRange('warn'),
  {
    kind: 'row',
    name: 'feature_contradicts_its_column',
    severity: 'error',
    violation: (sql) =>
      `(${sql.arrayElement('features', position('back_to_back'))} = 1) <> (days_rest = 1)
      OR (${sql.arrayElement('features', position('home_away'))} = 1) <> is_home`,
  },
  holesOf('player_daily_cache'),
  holesOf('player_composite_factors'),
  {
    // Playoff rows without shot charts lack four features; more than that is lost input.
    kind: 'date',
    name: 'many_rows_with_five_defaults',
    severity: 'warn',
    violation: (sql) =>
      `COUNT(*) >= ${fullSlateRows} AND 10 * COUNT(CASE WHEN ${defaultsAtLeast(5, sql)} THEN 1 END) > COUNT(*)`,
  },
  {
    kind: 'date',
    name: 'home_share_outside_30_to_65',
    severity: 'warn',
    violation: `COUNT(is_home) >= ${fullSlateRows} AND (
      100 * COUNT(CASE WHEN is_home THEN 1 END) < 30 * COUNT(is_home)
      OR 100 * COUNT(CASE WHEN is_home THEN 1 END) > 65 * COUNT(is_home))`,
  },
  ...features.flatMap(constantFeature),
];
