import type { Measure } from '../sql/column.ts';
import type { TableDefinition } from '../table/table-definition.ts';
import type { Fold } from './fold-sql.ts';
import type { Called } from './game-value.ts';
import { compileMeasure } from './measure-sql.ts';
import type { MeasureOf, Whose } from './measure-words.ts';
import type { Source } from './source-column.ts';
import { toMeasure } from './to-measure.ts';

/** How the relation of a built-in table differs from one that has every sum under its own name. */
interface Relation {
  /** What a sum, or the count of the games of a window, is called. */
  readonly at?: (name: string, whose: Whose) => string;
  /** What the values are called of which there are sums. */
  readonly called?: Called;
  /** SQL condition without which the measures are NULL. */
  readonly when?: string;
  /** Whether they have a value in each of its rows. */
  readonly neverNull?: boolean;
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
  words: readonly (Fold | MeasureOf<'games'>)[],
  { at = asItIs, called = asItIs, when, neverNull = false, together = false }: Relation = {},
): readonly Measure[] {
  const tables = { get: () => source, all: [source] };
  const each = source.key.includes('team_abbr') ? 'team' : 'player';
  const relation = {
    at: (_: Source, whose: Whose) => (name: string) => at(name, whose),
    ...{ called, together, signed: false, hasGames: true },
  };
  return words.map((word) => {
    const by = compileMeasure(tables, each, word, relation);
    const made = toMeasure(word, by);
    const sums = by.history?.sums ?? [];
    return {
      ...made,
      nullWhen: neverNull ? undefined : made.nullWhen,
      ...(typeof by.from === 'object' && { from: { ...by.from, ...(when && { when }), sums } }),
    };
  });
}

function asItIs(name: string): string {
  return name;
}
