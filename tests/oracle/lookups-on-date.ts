import { groupBy } from './group-by.ts';

/** A player and the lookup that he had in his latest game. */
export interface KnownLookup {
  readonly player: string;
  readonly lookup: string;
}

/** The lookup of each player of a date: of those who share a name all but the smallest id are marked with theirs. */
export function lookupsOnDate(players: readonly KnownLookup[]): ReadonlyMap<string, string> {
  const lookups = new Map<string, string>();
  const ofName = groupBy(players, ({ lookup }) => lookup.split('_')[0] ?? lookup);
  for (const [name, namesakes] of ofName) {
    const [first, ...others] = namesakes
      .map(({ player }) => player)
      .toSorted((a, b) => Number(a) - Number(b));
    if (first !== undefined) lookups.set(first, name);
    for (const player of others) lookups.set(player, `${name}_${player}`);
  }
  return lookups;
}
