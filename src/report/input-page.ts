import type { FileShape, InputColumn, SourceContent } from '../ingest/files/source-content.ts';

/** Pages of docs/inputs, by file name: what the files of each source hold, column by column. */
export function inputPages(contents: readonly SourceContent[]): ReadonlyMap<string, string> {
  const bySource = Map.groupBy(contents, ({ source }) => source);
  return new Map(
    [...bySource].map(([source, own]) => [`${source}.md`, page(source, own)] as const),
  );
}

/** The list of sources that `ingest --help` prints. */
export function sourcesHelp(contents: readonly SourceContent[]): string {
  const bySource = Map.groupBy(contents, ({ source }) => source);
  const lines = [...bySource].map(([source, own]): readonly [string, string] => [
    source,
    own.map(({ says }) => says).join('; '),
  ]);
  const all = [...lines, ['simulated', 'a made-up league; without files one is played'] as const];
  const width = Math.max(...all.map(([source]) => source.length));
  return all.map(([source, says]) => `  ${source.padEnd(width)}  ${says}`).join('\n');
}

function page(source: string, contents: readonly SourceContent[]): string {
  return `# ${source}

\`backcourt ingest ${source} <files…>\`

What all sources share, and what a file is for, is told in [Input files](README.md). This page is written from
the declarations by \`npm run docs\`.
${contents.map(section).join('')}`;
}

function section({ says, table, columns, shapes }: SourceContent): string {
  const [, ...others] = shapes;
  return `
## ${says[0]?.toUpperCase()}${says.slice(1)}

Fills [${table}](../tables/${table}.md).

| column | value | |
|---|---|---|
${columns.map(columnLine).join('\n')}

For example:

\`\`\`
${exampleFile(columns)}
\`\`\`
${others.map((shape) => otherShape(shape, columns)).join('')}`;
}

function columnLine({ name, type, required, rule = '' }: InputColumn): string {
  return `| \`${name}\` | ${type}${required ? ', required' : ''} | ${rule} |`;
}

/** The columns that have an example, as a CSV file of one row. */
export function exampleFile(columns: readonly InputColumn[]): string {
  const shown = columns.filter(({ example }) => example !== '');
  return [shown.map(({ name }) => name), shown.map(({ example }) => example)]
    .map((fields) => fields.join(','))
    .join('\n');
}

function otherShape(
  { title, required, names = {}, made = {}, gamesElsewhere, example }: FileShape,
  columns: readonly InputColumn[],
): string {
  const needed = required.map((entry) => [entry].flat().join(' or ')).join('`, `');
  const said = columns.flatMap(({ name }) => [
    ...(names[name] === undefined
      ? []
      : [`\`${name}\` is \`${[names[name]].flat().join('` or `')}\``]),
    ...(made[name] === undefined ? [] : [`\`${name}\` is made of ${made[name].of}`]),
  ]);
  const elsewhere = gamesElsewhere
    ? '\nA date and a home side that it does not say are those of the schedule, which is loaded before it or with it.\n'
    : '';
  return `
Recognised as well: **${title}**, by \`${needed}\`.
In it ${said.join('; ')}.
${elsewhere}${example ? `\n\`\`\`\n${exampleOf(example)}\n\`\`\`\n` : ''}`;
}

/** A row that a shape accepts, as a CSV file. */
export function exampleOf(example: Readonly<Record<string, string>>): string {
  return [Object.keys(example), Object.values(example)].map((row) => row.join(',')).join('\n');
}
