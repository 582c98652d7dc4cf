/**
 * The name with the fewest edits to `given`, else the one of which it is nearly a part, as `team_offence` is of
 * `team_offense_game_summary`; `undefined` when none is close, or several have the part.
 */
export function nearestName(given: string, names: readonly string[]): string | undefined {
  const [best] = ranked(given, names);
  if (best && best.distance <= Math.max(3, given.length / 2)) return best.name;
  const [part, next] = names
    .map((name) => ({ name, distance: ranked(given, partsOf(name))[0]?.distance ?? 0 }))
    .sort((a, b) => a.distance - b.distance);
  const isAlone = part && part.distance < (next?.distance ?? Number.POSITIVE_INFINITY);
  return isAlone && part.distance <= given.length / 4 ? part.name : undefined;
}

/** The runs of words that a name is made of, from its dataset or not. */
function partsOf(name: string): readonly string[] {
  const words = name.split(/[._-]/);
  return words.flatMap((_, from) =>
    words.slice(from).map((_word, length) => words.slice(from, from + length + 1).join('_')),
  );
}

/** `; did you mean "…"?` to end a sentence with; empty where no name is near. */
export function didYouMean(given: string, names: readonly string[]): string {
  const near = nearestName(given, names);
  return near === undefined ? '' : `; did you mean "${near}"?`;
}

/** Says that there is no such thing: with the nearest name, or else with all that are known. */
export function unknownName(thing: string, given: string, known: readonly string[]): string {
  const rest = didYouMean(given, known) || ` (known: ${known.join(', ')})`;
  return `unknown ${thing} "${given}"${rest}`;
}

function ranked(given: string, names: readonly string[]) {
  return names
    .map((name) => ({ name, distance: editDistance(given.toLowerCase(), name.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance);
}

/** How many letters have to be added, left out or replaced to make one of the other. */
export function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const current = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const substitution = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      current.push(Math.min((previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1, substitution));
    }
    previous = current;
  }
  return previous[b.length] ?? 0;
}
