import { provenanceColumns } from '../table/provenance.ts';
import { builtInDatasets } from '../table/table-definition.ts';

/** Columns that no table has by chance. */
const ofOwnTables = [
  'game_date',
  'data_quality_issues',
  ...provenanceColumns.map(({ name }) => name),
];

/** Datasets of a file in which an own table of this name stands: it has the columns that all of them have. */
export function datasetsOf(
  there: ReadonlyMap<string, ReadonlySet<string>>,
  table: string,
): readonly string[] {
  return [...there].flatMap(([qualified, columns]) => {
    const [dataset = '', name] = qualified.split('.');
    const isOwn = name === table && ![...builtInDatasets, 'main'].includes(dataset);
    return isOwn && ofOwnTables.every((column) => columns.has(column)) ? [dataset] : [];
  });
}
