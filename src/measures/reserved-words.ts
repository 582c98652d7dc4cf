/**
 * Words that neither GoogleSQL nor DuckDB takes for the name of a column as they stand: the reserved keywords of both
 * documentations.
 */
const reserved = new Set(
  `all analyse analyze and any array as asc assert_rows_modified at between by case cast check collate column
constraint contains create cross cube current default deferrable define desc distinct do else end enum escape
except exclude exists extract false fetch following for foreign from full graph_table grant group grouping groups
hash having if ignore in initially inner intersect interval into is join lambda lateral leading left like limit
lookup map merge natural new no not null nulls of offset on only or order outer over partition pivot placing
pivot_longer pivot_wider preceding primary proto qualify range recursive references respect returning right
rollup rows select set show some struct summarize symmetric table tablesample then to trailing treat true
unbounded union unique unnest unpivot using variadic when where window with within`.split(/\s+/),
);

/** TRUE for a name that would have to be quoted. */
export function isReserved(name: string): boolean {
  return reserved.has(name);
}
