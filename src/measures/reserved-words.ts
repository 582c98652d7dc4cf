/**
 * Words that neither GoogleSQL nor DuckDB takes for the name of a column as they stand: the reserved keywords of both
 * documentations, what DuckDB refuses besides, and what BigQuery takes for its clock.
 */
const reserved = new Set(
  `all analyse analyze and anti any array as asc asof assert_rows_modified asymmetric at authorization between
binary both by case cast check collate collation column concurrently constraint contains create cross cube
current current_date current_datetime current_time current_timestamp default deferrable define desc describe distinct do else end enum escape except exclude exists extract
false fetch following for foreign freeze from full glob grant graph_table group grouping groups hash having if
ignore ilike in initially inner intersect interval into is isnull join lambda lateral leading left like limit
lookup map merge natural new no not notnull null nulls of offset on only or order outer over overlaps partition
pivot pivot_longer pivot_wider placing positional preceding primary proto qualify range recursive references
respect returning right rollup rows select semi set show similar some struct summarize symmetric table
tablesample then to trailing treat true unbounded union unique unnest unpack unpivot using variadic verbose when
where window with within`.split(/\s+/),
);

/** TRUE for a name that would have to be quoted. */
export function isReserved(name: string): boolean {
  return reserved.has(name);
}
