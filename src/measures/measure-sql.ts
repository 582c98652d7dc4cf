import type { TableRegistry } from '../table/table-registry.ts';
import type { CompiledMeasure } from './compiled-measure.ts';
import {
  aliasOf,
  baseName,
  checked,
  columnOf,
  counting,
  daysOf,
  gamesSource,
  shortDigest,
} from './counted-games.ts';
import { compileFold, compileTrend } from './fold-sql.ts';
import { andWhere, gamesWords, noGame, ofWhom, whereWords } from './measure-meaning.ts';
import type { OwnMeasure, Whose } from './measure-words.ts';
import { findSource, findValue, type SourceValue, whereSql } from './source-column.ts';

/** Measures that are made of games, or of what is known on the date; the others are made of these. */
export type FirstMeasure = Exclude<
  OwnMeasure,
  { readonly kind: 'rank' | 'difference' | 'teammates_total' | 'teammates_average' }
>;

/** Whose rows the table has, row by row. */
export const spineTables = {
  player: 'upcoming_player_game_context',
  team: 'upcoming_team_game_context',
} as const;

/** @throws an error that says what is wrong with the measure, without saying where. */
export function compileMeasure(
  tables: Pick<TableRegistry, 'get' | 'all'>,
  each: 'player' | 'team',
  measure: FirstMeasure,
): CompiledMeasure {
  const whose = measure.whose ?? 'own';
  switch (measure.kind) {
    case 'value':
      return compileValue(findValue(tables, measure.of), each, whose);
    case 'streak': {
      const source = gamesSource(findSource(tables, measure.of));
      const condition = whereSql(source, measure.where);
      if (!condition) throw new Error('a streak of what? "where" says it');
      const name = `streak_${shortDigest(measure.where)}`;
      return {
        type: { kind: 'INT64' },
        from: () => columnOf(source, whose, undefined, name),
        source: checked(source, each, whose),
        whose,
        history: { days: undefined, columns: [{ kind: 'streak', name, when: condition.text }] },
        reads: condition.columns,
        unit: 'games',
        meaning: `${ofWhom(source, whose)} latest games in a row with ${whereWords(measure.where)}`,
        nullWhen: noGame(source, whose),
      };
    }
    case 'last': {
      const read = findValue(tables, measure.of);
      const source = gamesSource(read.source);
      const name = `latest_${baseName(read.columns)}`;
      return {
        type: read.type,
        from: () => columnOf(source, whose, undefined, name),
        source: checked(source, each, whose),
        whose,
        history: { days: undefined, columns: [{ kind: 'latest', name, from: read.plain }] },
        reads: read.columns,
        unit: read.unit,
        meaning: `${measure.of} of ${ofWhom(source, whose)} latest game`,
        nullWhen: `${noGame(source, whose)}, or it has none`,
      };
    }
    case 'games': {
      const source = gamesSource(findSource(tables, measure.of));
      const counted = counting(source, [], measure.where, measure.over, undefined);
      const count = columnOf(source, whose, daysOf(measure.over), counted.games.name);
      const least = measure.minGames ?? 0;
      return {
        type: { kind: 'INT64' },
        from: () =>
          least > 1 ? `CASE WHEN ${count} >= ${least} THEN ${count} END` : `COALESCE(${count}, 0)`,
        source: checked(source, each, whose),
        whose,
        history: { days: daysOf(measure.over), columns: [counted.games] },
        reads: counted.reads,
        unit: 'games',
        meaning: `${ofWhom(source, whose)} games ${gamesWords(measure.over)}${andWhere(measure.where)}`,
        nullWhen: least > 1 ? `fewer than ${least} games` : undefined,
      };
    }
    case 'trend':
      return compileTrend(tables, each, measure);
    default:
      return compileFold(tables, each, measure);
  }
}

function compileValue(read: SourceValue, each: 'player' | 'team', whose: Whose): CompiledMeasure {
  const { source } = read;
  const { table } = source;
  if (source.kind === 'games')
    throw new Error(`${table.name} is known after the games; "last" takes the latest before them`);
  if (typeof read.plain !== 'string') throw new Error('a value is of one column');
  const alias =
    whose === 'own' && table.name === spineTables[each] ? 'spine' : aliasOf(table.name, whose);
  return {
    type: read.type,
    from: () => `${alias}.${read.plain}`,
    source: checked(source, each, whose),
    whose,
    history: undefined,
    reads: read.columns,
    unit: read.unit,
    meaning: `${table.name}.${read.columns.join()} of ${ofWhom(source, whose)} row of d`,
    nullWhen: `there is no row of ${table.name}${read.isNullable ? ', or it is NULL there' : ''}`,
  };
}
