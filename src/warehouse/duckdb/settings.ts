/** Settings that could otherwise make one machine's result differ from another's. */
export const settings: readonly string[] = [
  "SET TimeZone = 'UTC'",
  "SET default_null_order = 'NULLS_LAST'",
  "SET default_order = 'ASC'",
];
