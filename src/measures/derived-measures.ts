import type { Column, ColumnType } from '../sql/column.ts';
import type { SqlDialect } from '../sql/sql-dialect.ts';
import type { OwnMeasure } from './measure-words.ts';
import { decimalSql, numberType } from './source-column.ts';

/** A measure that is made of other measures of the same table, over all rows of a date. */
export interface DerivedMeasure {
  readonly name: string;
  readonly type: ColumnType;
  readonly from: (sql: SqlDialect) => string;
  readonly meaning: string;
  readonly unit: string | undefined;
  readonly nullWhen: string | undefined;
}

type Derived = Extract<
  OwnMeasure,
  { readonly kind: 'rank' | 'difference' | 'teammates_total' | 'teammates_average' }
>;

const groups = {
  date: ['game_date'],
  team: ['game_date', 'team_abbr'],
  game: ['game_date', 'game_id'],
} as const;

/**
 * @param find the columns of the measures before it.
 * @throws an error that says what is wrong, without saying where.
 */
export function deriveMeasure(
  measure: Derived,
  each: 'player' | 'team',
  find: (name: string) => Column | undefined,
): DerivedMeasure {
  const number = (name: string) => {
    const column = find(name);
    const scale = column && scaleOf(column.type);
    if (!column) throw new Error(`there is no measure "${name}" before it`);
    if (scale === undefined) throw new Error(`"${name}" is no number`);
    return { ...column, scale };
  };
  const of = number(measure.of);
  switch (measure.kind) {
    case 'rank': {
      const order = measure.first === 'highest' ? 'DESC' : 'ASC';
      const among = groups[measure.among].join(', ');
      return {
        name: measure.name,
        type: { kind: 'INT64' },
        from: () =>
          `CASE WHEN ${of.name} IS NOT NULL THEN RANK() OVER (PARTITION BY ${among} ORDER BY ${of.name} ${order} NULLS LAST) END`,
        meaning: `place of ${of.name} among the ${each}s of the ${measure.among}, the ${measure.first} first`,
        unit: undefined,
        nullWhen: of.nullWhen === undefined ? undefined : `${of.name} is NULL`,
      };
    }
    case 'difference': {
      const minus = number(measure.minus);
      const nulls = [of, minus].filter(({ nullWhen }) => nullWhen !== undefined);
      return {
        name: measure.name,
        type: numberType(Math.max(of.scale, minus.scale)),
        from: () => `${of.name} - ${minus.name}`,
        meaning: `${of.name} − ${minus.name}`,
        unit: of.unit === minus.unit ? of.unit : undefined,
        nullWhen:
          nulls.length === 0 ? undefined : `${nulls.map(({ name }) => name).join(' or ')} is NULL`,
      };
    }
    case 'teammates_total':
    case 'teammates_average': {
      if (each === 'team') throw new Error('a team has no teammates');
      const window = `(PARTITION BY ${groups.team.join(', ')})`;
      const units = (sql: SqlDialect) => (of.scale === 0 ? of.name : sql.units(of.name, of.scale));
      const own = `CASE WHEN ${of.name} IS NULL THEN 0 ELSE 1 END`;
      const others = `COUNT(${of.name}) OVER ${window} - ${own}`;
      const sum = (sql: SqlDialect) =>
        `(${sql.sumOver(units(sql), window)} - COALESCE(${units(sql)}, 0))`;
      const base = {
        name: measure.name,
        unit: of.unit,
        nullWhen: `no other player of the team has ${of.name}`,
      };
      if (measure.kind === 'teammates_total') {
        return {
          ...base,
          type: numberType(of.scale),
          from: (sql) => `CASE WHEN ${others} > 0 THEN ${decimalSql(sum(sql), of.scale, sql)} END`,
          meaning: `Σ ${of.name} of the other players of the team on d`,
        };
      }
      const { decimals, digits } = measure;
      return {
        ...base,
        type: numberType(decimals, digits),
        from: (sql) => sql.signedRatio(sum(sql), `${10 ** of.scale} * (${others})`, decimals),
        meaning: `R(Σ ${of.name} / players, ${decimals}) of the other players of the team on d who have it`,
      };
    }
  }
}

function scaleOf(type: ColumnType): number | undefined {
  if (type.kind === 'INT64') return 0;
  return type.kind === 'NUMERIC' ? type.scale : undefined;
}
