import { builtInDatasets } from '../../table/table-definition.ts';
import type { BigQueryLocation } from './connect.ts';

const qualified = /^(\w+?)\.(\w+(?:\.\w+)*)$/;
// A text, or a name with whatever stands behind its points.
const token = /'(?:[^'\\]|\\.)*'|[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*/g;

/** The dataset as it is called in the project. */
export function datasetId({ prefix }: BigQueryLocation, dataset: string): string {
  return prefix === '' ? dataset : `${prefix}_${dataset}`;
}

/**
 * Writes tables with their project and prefix, and staged relations as the tables they stand in.
 * Texts are left as they are, and so is every other name.
 * @param staged relation → table in the staging dataset.
 * @param datasets besides those of Backcourt.
 */
export function qualifyNames(
  location: BigQueryLocation,
  sql: string,
  staged: ReadonlyMap<string, string>,
  datasets: readonly string[] = [],
): string {
  const known: readonly string[] = [...builtInDatasets, ...datasets];
  return sql.replace(token, (name) => {
    const [, dataset, table] = qualified.exec(name) ?? [];
    if (dataset !== undefined && known.includes(dataset))
      return `\`${location.projectId}.${datasetId(location, dataset)}.${table}\``;
    const place = staged.get(name);
    return place === undefined ? name : `\`${place}\``;
  });
}
