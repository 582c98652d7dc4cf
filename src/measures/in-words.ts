import type { At } from '../../data_processors/shared/windows/games-measures.ts';
import type { Measure } from '../sql/column.ts';
import type { TableDefinition } from '../table/table-definition.ts';
import { compileFold, type Fold } from './fold-sql.ts';
import type { Called } from './game-value.ts';
import { toMeasure } from './to-measure.ts';

/** How the relation of a built-in table differs from one that has every sum under its own name. */
interface Relation {
  /** What the count of the games of a window is called. */
  readonly at?: At;
  /** What the values are called of which there are sums. */
  readonly called?: Called;
  /** SQL condition without which the measures are NULL. */
  readonly when?: string;
  /** Why they are NULL; what follows from their words unless given. */
  readonly nullWhen?: string | 'never';
  /** Whether the columns of a game are there together or not at all. */
  readonly together?: boolean;
}

/**
 * Measures of a built-in table, written in the words of own ones, over a relation that has their sums. Its rows all have a
 * game, and what is counted is never below 0.
 * @param source the table of games that they are of.
 * @throws an error that says what is wrong, without saying where.
 */
export function inWords(
  source: TableDefinition,
  words: readonly Fold[],
  { at = asItIs, called = asItIs, when, nullWhen, together = false }: Relation = {},
): readonly Measure[] {
  const tables = { get: () => source, all: [source] };
  const each = source.key.includes('team_abbr') ? 'team' : 'player';
  const relation = { at: () => at, called, together, signed: false, hasGames: true };
  return words.map((word) => {
    const by = compileFold(tables, each, word, relation);
    if (typeof by.from !== 'object') throw new Error(`"${word.name}" is no quotient`);
    const why = nullWhen === 'never' ? undefined : (nullWhen ?? by.nullWhen);
    const from = { ...by.from, ...(when !== undefined && { when }), sums: by.history?.sums ?? [] };
    return { ...toMeasure(word, { ...by, nullWhen: why }), from };
  });
}

function asItIs(name: string): string {
  return name;
}
