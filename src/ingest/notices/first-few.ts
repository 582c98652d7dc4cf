/** One more than is shown, so that it can be said that there are more. */
const fewNames = 6;

/** SQL aggregate: the first few of the different texts of the rows for which a condition holds; a list for {@link namesOf}. */
export function firstFew(text: string, condition: string): string {
  return `list_slice(list_sort(list(DISTINCT ${text}) FILTER (${condition})), 1, ${fewNames})`;
}

/** The texts of such a list. */
export function namesOf(list: unknown): readonly string[] {
  return Array.isArray(list) ? list.map(String) : [];
}
