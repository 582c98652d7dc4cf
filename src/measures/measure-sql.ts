import { columnsSummed } from '../games/game-sums.ts';
import { gamesOf } from '../games/games-measures.ts';
import type { TableRegistry } from '../table/table-registry.ts';
import { aliasOf, type CompiledMeasure, ownRow, type Relation } from './compiled-measure.ts';
import { compileFold, daysOf, gamesSource } from './fold-sql.ts';
import { nameDigest, onlyCounted } from './game-value.ts';
import type { OfLatest } from './history.ts';
import { andWhere, gamesWords, noGame, ofWhom, whereWords } from './measure-meaning.ts';
import type { OwnMeasure, Whose } from './measure-words.ts';
import {
  entityColumn,
  findSource,
  findValue,
  type Source,
  type SourceValue,
  whereSql,
} from './source-column.ts';

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
  relation: Relation = ownRow,
): CompiledMeasure {
  const whose = measure.whose ?? 'own';
  switch (measure.kind) {
    case 'value':
      return compileValue(findValue(tables, measure.of), each, whose);
    case 'streak': {
      const source = gamesSource(findSource(tables, measure.of));
      const condition = whereSql(source, measure.where);
      if (!condition) throw new Error('a streak of what? "where" says it');
      const { text: from, columns: reads } = condition;
      const name = `streak_${nameDigest(measure.where)}`;
      return {
        ...ofLatest(source, { name, kind: 'streak', from, reads }),
        type: { kind: 'INT64' },
        unit: 'games',
        meaning: `${ofWhom(source, whose)} latest games in a row with ${whereWords(measure.where)}`,
        nullWhen: noGame(source, whose),
      };
    }
    case 'last': {
      const read = findValue(tables, measure.of);
      const source = gamesSource(read.source);
      const { plain: from, columns: reads } = read;
      const name = `latest_${typeof from === 'string' ? from : nameDigest(measure.of)}`;
      return {
        ...ofLatest(source, { name, kind: 'value', from, reads }),
        type: read.type,
        unit: read.unit,
        meaning: `${measure.of} of ${ofWhom(source, whose)} latest game`,
        nullWhen: `${noGame(source, whose)}, or it has none`,
      };
    }
    case 'games': {
      const { over, where, minGames: least = 0 } = measure;
      const source = gamesSource(findSource(tables, measure.of));
      entityColumn(source, each, whose);
      const value = onlyCounted(source, where, [])({ name: '', reads: [], from: '1' });
      const { games, sums } = gamesOf(value, over);
      const count = relation.at(source, whose, daysOf(over))(games);
      return {
        ...{ source, whose, type: { kind: 'INT64' } },
        from:
          least > 1 ? `CASE WHEN ${count} >= ${least} THEN ${count} END` : `COALESCE(${count}, 0)`,
        history: { days: daysOf(over), windows: [over], sums, latest: [] },
        reads: columnsSummed(sums),
        unit: 'games',
        meaning: `${ofWhom(source, whose)} games ${gamesWords(over)}${andWhere(where)}`,
        nullWhen: least > 1 ? `fewer than ${least} games` : undefined,
      };
    }
    default:
      return compileFold(tables, each, measure, relation);
  }

  function ofLatest(source: Source, latest: OfLatest) {
    entityColumn(source, each, whose);
    return {
      ...{ source, whose, reads: latest.reads },
      from: relation.at(source, whose, undefined)(latest.name),
      history: { days: undefined, windows: [], sums: [], latest: [latest] },
    };
  }
}

function compileValue(read: SourceValue, each: 'player' | 'team', whose: Whose): CompiledMeasure {
  const { source } = read;
  const { table } = source;
  if (source.kind === 'games')
    throw new Error(`${table.name} is known after the games; "last" takes the latest before them`);
  entityColumn(source, each, whose);
  if (typeof read.plain !== 'string') throw new Error('a value is of one column');
  const alias =
    whose === 'own' && table.name === spineTables[each] ? 'spine' : aliasOf(table.name, whose);
  return {
    type: read.type,
    ...{ from: `${alias}.${read.plain}`, source, whose },
    history: undefined,
    reads: read.columns,
    unit: read.unit,
    meaning: `${table.name}.${read.columns.join()} of ${ofWhom(source, whose)} row of d`,
    nullWhen: `there is no row of ${table.name}${read.isNullable ? ', or it is NULL there' : ''}`,
  };
}
