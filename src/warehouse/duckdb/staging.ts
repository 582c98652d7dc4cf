/**
 * Staged relations stand in a catalog in memory, and not among a connection's temporary ones: a second
 * connection can look at them while the first writes to the file.
 */
const stagingCatalog = 'backcourt_staging';

/** Makes the catalog, once for all connections. */
export const attachStaging = `ATTACH ':memory:' AS ${stagingCatalog}`;

/**
 * Lets a connection that uses the file find a staged relation by its name alone, whatever the file's catalog
 * is called: the statements of a plan are run by hand as well. What it creates goes into the file.
 */
export const findStaged = `SET search_path = 'main,${stagingCatalog}.main'`;

/** The statement that makes a staged relation of a SELECT, or replaces it. */
export function stageSql(name: string, select: string): string {
  return `CREATE OR REPLACE TABLE ${stagedRelation(name)} AS\n${select}`;
}

/** The statement that removes a staged relation, if there is one. */
export function dropStageSql(name: string): string {
  return `DROP TABLE IF EXISTS ${stagedRelation(name)}`;
}

function stagedRelation(name: string): string {
  return `${stagingCatalog}.main.${name}`;
}
