import { quote } from '../../plan/quote.ts';
import { BadInput } from './bad-input.ts';
import { foreignFiles } from './foreign-files.ts';
import type { FileShape, SourceColumn, SourceContent } from './source-content.ts';

type Columns = ReadonlyMap<string, SourceColumn>;

interface Candidate {
  readonly content: SourceContent;
  readonly shape: FileShape;
  readonly missing: readonly string[];
  /** The place of the table among those of the file. */
  readonly place: number;
}

/** Of a file with many columns so many tell what it is. */
const shownColumns = 12;

/** The part of its columns that a file can lack and still be told what it is nearest to. */
const mostLacking = 0.5;

/**
 * Tells by its columns what a file holds; of several shapes that fit, the one that is declared first.
 * @param source what it is said to be of; `undefined`: of any.
 * @param tables the columns of each table in the file.
 * @throws BadInput when a column is missing; the message names it and what was found instead, and
 * the source that has such files if there is one. Without `source` also when it could be of several.
 */
export function recogniseFile(
  contents: readonly SourceContent[],
  source: string | undefined,
  path: string,
  tables: readonly Columns[],
): Candidate {
  const all = contents.flatMap((content) =>
    content.shapes.flatMap((shape) =>
      tables.map((columns, place) => ({
        content,
        shape,
        place,
        missing: missingColumns(shape, columns),
      })),
    ),
  );
  const isTold = ({ shape, place }: Candidate) => {
    const columns = tables[place] ?? new Map();
    const told = shape.telling === undefined || has(columns, shape.telling);
    return told && !shape.without?.some((name) => has(columns, name));
  };
  const told = all.filter(isTold);
  const [columns = new Map()] = tables;
  if (!told.some(({ missing }) => missing.length === 0)) refuseForeign(path, tables);
  if (source === undefined) return recogniseAny(told, path, columns);
  const own = told.filter(({ content }) => content.source === source);
  const fits = own.find(({ missing }) => missing.length === 0);
  if (fits) return fits;
  const other = told.find(
    ({ content, missing }) => content.source !== source && missing.length === 0,
  );
  if (other) {
    throw new BadInput(`"${path}" is ${other.shape.title}`, [loading(other.content.source, path)]);
  }
  const found = `${foundText(columns)}; ${pageText(source)}`;
  const [closest] = own.toSorted((a, b) => a.missing.length - b.missing.length);
  if (!closest) {
    const kinds = contents.flatMap(({ source: name, shapes: [shape] }) =>
      name === source && shape ? `${shape.title} (no ${shape.telling})` : [],
    );
    throw new BadInput(`"${path}" is neither ${kinds.join(' nor ')}; ${found}`);
  }
  throw new BadInput(
    `"${path}" lacks ${closest.missing.join(', ')}, which ${closest.shape.maker} has; ${found}`,
  );
}

/** @throws BadInput when it is known what a file is, and that it can be of no use. */
function refuseForeign(path: string, tables: readonly Columns[]): void {
  for (const { columns: names, without = [], is, because, page } of foreignFiles) {
    const isOne = tables.some(
      (columns) =>
        names.every((entry) => [entry].flat().some((name) => has(columns, name))) &&
        !without.some((name) => has(columns, name)),
    );
    if (isOne) throw new BadInput(`"${path}" is ${is}: ${because}; ${page}`);
  }
}

/** @throws BadInput when it has the columns of no source, or of several. */
function recogniseAny(candidates: readonly Candidate[], path: string, columns: Columns): Candidate {
  const fits = candidates.filter(({ missing }) => missing.length === 0);
  const sources = [...new Set(fits.map(({ content }) => content.source))];
  if (sources.length > 1) {
    throw new BadInput(
      `"${path}" could be ${fits.map(({ shape }) => shape.title).join(' or ')}`,
      sources.map((name) => loading(name, path)),
    );
  }
  const [fit] = fits;
  if (fit) return fit;
  const lacking = ({ missing, shape }: Candidate) => missing.length / shape.required.length;
  const [nearest] = candidates.toSorted((a, b) => lacking(a) - lacking(b));
  if (!nearest || lacking(nearest) > mostLacking) {
    throw new BadInput(
      `"${path}" has the columns of no source; ${foundText(columns)}; docs/inputs/README.md lists the sources`,
    );
  }
  const { content, shape, missing } = nearest;
  throw new BadInput(
    `"${path}" has the columns of no source; it is nearest to ${shape.title}, and lacks ${missing.join(', ')}; ${foundText(columns)}; ${pageText(content.source)}`,
  );
}

function loading(source: string, path: string): string {
  return `ingest ${source} ${quote(path)}`;
}

function foundText(columns: Columns): string {
  const names = [...columns.values()].map(({ name }) => name);
  const more = names.length - shownColumns;
  return `found ${names.slice(0, shownColumns).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

function pageText(source: string): string {
  return `docs/inputs/${source}.md lists the columns`;
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
