import { BadInput } from './bad-input.ts';
import type { FileShape, SourceContent } from './source-content.ts';
import type { SourceColumn } from './source-file.ts';

type Columns = ReadonlyMap<string, SourceColumn>;

interface Candidate {
  readonly content: SourceContent;
  readonly shape: FileShape;
  readonly missing: readonly string[];
}

/**
 * Tells by its columns what a file of a source holds.
 * @throws BadInput when a column is missing; the message names it and what was found instead, and
 * the source that has such files if there is one.
 */
export function recogniseFile(
  contents: readonly SourceContent[],
  source: string,
  path: string,
  columns: Columns,
): Candidate {
  const all = contents.flatMap((content) =>
    content.shapes.map((shape) => ({ content, shape, missing: missingColumns(shape, columns) })),
  );
  const own = all.filter(({ content }) => content.source === source);
  const told = own.filter(
    ({ shape }) => shape.telling === undefined || has(columns, shape.telling),
  );
  const fits = told.find(({ missing }) => missing.length === 0);
  if (fits) return fits;
  const other = all.find(
    ({ content, missing }) => content.source !== source && missing.length === 0,
  );
  if (other) {
    throw new BadInput(
      `"${path}" is ${other.shape.title}; load it with "backcourt ingest ${other.content.source}"`,
    );
  }
  const found = `found ${[...columns.values()].map(({ name }) => name).join(', ')}; docs/inputs/${source}.md lists the columns`;
  const [closest] = told.toSorted((a, b) => a.missing.length - b.missing.length);
  if (!closest) {
    const kinds = own.map(({ shape }) => `${shape.title} (no ${shape.telling})`);
    throw new BadInput(`"${path}" is neither ${kinds.join(' nor ')}; ${found}`);
  }
  throw new BadInput(
    `"${path}" lacks ${closest.missing.join(', ')}, which ${closest.shape.maker} has; ${found}`,
  );
}

function missingColumns(shape: FileShape, columns: Columns): readonly string[] {
  return shape.required.flatMap((entry) => {
    const names = typeof entry === 'string' ? [entry] : entry;
    return names.some((name) => has(columns, name)) ? [] : names.join(' or ');
  });
}

function has(columns: Columns, name: string): boolean {
  return columns.has(name.toUpperCase());
}
