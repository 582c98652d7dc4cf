/** The file a verb works on unless it is told another one. */
export const defaultWarehouse = './backcourt.duckdb';
