import { fileURLToPath } from 'node:url';
import {
  API,
  type Checker,
  NodeBuilderFlags,
  type Project,
  SignatureKind,
  SymbolFlags,
  type Type,
} from 'typescript/unstable/sync';

type Symbol = ReturnType<Checker['getExportsOfModule']>[number];

const root = fileURLToPath(new URL('..', import.meta.url));

/** What the package exports, a page each. */
const entries = [
  {
    page: 'tables.md',
    specifier: 'backcourt',
    file: 'src/api/index.ts',
    says: 'What own tables are written in. It loads no engine.',
  },
  {
    page: 'warehouse.md',
    specifier: 'backcourt/warehouse',
    file: 'src/api/warehouse.ts',
    says: 'The verbs of the command as functions: results as data, nothing printed.',
  },
] as const;

/** The pages of a reference, and what has no word of documentation. */
export interface ApiPages {
  readonly pages: ReadonlyMap<string, string>;
  /** `specifier: name` of exports without a docstring. */
  readonly undocumented: readonly string[];
}

/** Makes the reference of all that the package exports from its types and docstrings. */
export function apiPages(): ApiPages {
  const api = new API({ cwd: root });
  try {
    const [project] = api
      .updateSnapshot({ openProjects: [`${root}tsconfig.build.json`] })
      .getProjects();
    if (!project) throw new Error('there is no tsconfig.build.json');
    const read = entries.map((entry) => ({ ...entry, exported: exportsOf(project, entry.file) }));
    return {
      pages: new Map([
        ['README.md', indexPage(read)] as const,
        ...read.map(
          ({ page, specifier, says, exported }) =>
            [page, entryPage(project, specifier, says, exported)] as const,
        ),
      ]),
      undocumented: read.flatMap(({ specifier, exported }) =>
        exported
          .filter(({ symbol }) => symbol.getDocumentationComment(project.checker) === '')
          .map(({ name }) => `${specifier}: ${name}`),
      ),
    };
  } finally {
    api.close();
  }
}

type Kind = 'function' | 'constant' | 'class' | 'type';

interface Exported {
  readonly name: string;
  readonly symbol: Symbol;
  readonly type: Type;
  readonly kind: Kind;
}

function exportsOf({ program, checker }: Project, file: string): readonly Exported[] {
  const source = program.getSourceFile(`${root}${file}`);
  const module = source && checker.getSymbolAtLocation(source);
  if (!module) throw new Error(`${file} exports nothing`);
  return checker
    .getExportsOfModule(module)
    .map((given) => {
      const isAlias = (given.flags & SymbolFlags.Alias) !== 0;
      const symbol = isAlias ? checker.getAliasedSymbol(given) : given;
      const { flags } = symbol;
      const isType = (flags & SymbolFlags.Value) === 0 || (flags & SymbolFlags.Class) !== 0;
      const type = isType
        ? checker.getDeclaredTypeOfSymbol(symbol)
        : checker.getTypeOfSymbol(symbol);
      if (!type) throw new Error(`${given.name} has no type`);
      const isCalled = checker.getSignaturesOfType(type, SignatureKind.Call).length > 0;
      const kind: Kind =
        (flags & SymbolFlags.Class) !== 0
          ? 'class'
          : isType
            ? 'type'
            : isCalled
              ? 'function'
              : 'constant';
      return { name: given.name, symbol, type, kind };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

const groups: readonly { readonly kind: Kind; readonly title: string }[] = [
  { kind: 'function', title: 'Functions' },
  { kind: 'constant', title: 'Constants' },
  { kind: 'class', title: 'Errors' },
  { kind: 'type', title: 'Types' },
];

const generated = 'Made from the types and docstrings of `src/api/` by `npm run docs`.';

function indexPage(
  read: readonly {
    readonly page: string;
    readonly specifier: string;
    readonly says: string;
    readonly exported: readonly Exported[];
  }[],
): string {
  const parts = read.map(({ page, specifier, says, exported }) => {
    const names = groups.flatMap(({ kind }) =>
      exported.filter((one) => one.kind === kind).map(({ name }) => name),
    );
    const links = names.map((name, index) => {
      const anchor = name.toLowerCase();
      const before = names.slice(0, index).filter((other) => other.toLowerCase() === anchor);
      // A heading that is there already has a number in its address.
      return `[\`${name}\`](${page}#${anchor}${before.length === 0 ? '' : `-${before.length}`})`;
    });
    return `## [\`${specifier}\`](${page})\n\n${says}\n\n${links.join(',\n')}\n`;
  });
  return `# The public API

${generated} How it is used: [tables of one's own](../own-tables.md).

What is on these pages is public, and follows [semantic versioning](https://semver.org): from 1.0 on a program that works with a version works with every
later one of the same major version; until then a minor version may change what the [changelog](../../CHANGELOG.md) lists under "Changed". A new optional
setting, a new field of a result and a new value of a union of strings are no breaking changes. What is not exported is private, whatever path it can be
reached by, and so are the texts of sentences.

${parts.join('\n')}`;
}

function entryPage(
  project: Project,
  specifier: string,
  says: string,
  exported: readonly Exported[],
): string {
  const sections = groups.flatMap(({ kind, title }) => {
    const own = exported.filter((one) => one.kind === kind);
    return own.length === 0
      ? []
      : [`## ${title}\n\n${own.map((one) => section(project, one, exported)).join('\n')}`];
  });
  return `# \`${specifier}\`\n\n${says} ${generated}\n\n${sections.join('\n')}`;
}

function section(project: Project, one: Exported, exported: readonly Exported[]): string {
  const { checker } = project;
  const tags = one.symbol.getJsDocTags(checker);
  const told = (name: string) =>
    tags.filter((tag) => tag.name === name).map((tag) => flat(String(tag.text)));
  const parts = [
    `### ${one.name}`,
    flat(one.symbol.getDocumentationComment(checker)),
    ...body(project, one, exported),
    ...told('param').map((text) => text.replace(/^(\w+)\s+-?\s*/, '`$1`: ')),
    ...told('returns').map((text) => `Returns ${text}`),
    ...told('throws').map((text) => `Throws ${text}`),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function body(project: Project, one: Exported, exported: readonly Exported[]): readonly string[] {
  const { checker } = project;
  switch (one.kind) {
    case 'function':
      return signature(checker, one, exported);
    case 'constant':
      return [code(`${one.name}: ${textOf(checker, one.type)}`)];
    case 'class':
      return [properties(checker, one.type, exported, ownFields)];
    case 'type':
      return one.type.isObjectType() && (one.symbol.flags & SymbolFlags.Interface) !== 0
        ? [properties(checker, one.type, exported)]
        : written(project, one, exported);
  }
}

/** What errors have besides what all of them have. */
const ownFields = (name: string) => !['name', 'stack', 'cause', 'prototype'].includes(name);

function signature(
  checker: Checker,
  { name, type }: Exported,
  exported: readonly Exported[],
): readonly string[] {
  const [called] = checker.getSignaturesOfType(type, SignatureKind.Call);
  if (!called) return [];
  const parameters = called.getParameters().map((parameter) => {
    const given = checker.getTypeOfSymbol(parameter);
    if (!given) throw new Error(`a parameter of ${name} has no type`);
    const text = textOf(checker, given).replace(/ \| undefined$/, '');
    const isOpen = text.includes('{') || text.includes('&') || isPrivate(text, exported);
    const isBag = isOpen && (given.isObjectType() || given.isIntersectionType());
    return { label: parameter.name, text: isBag ? '{ … }' : text, bag: isBag ? given : undefined };
  });
  const returned = checker.getReturnTypeOfSignature(called);
  const result = returned ? resultText(checker, returned, exported) : 'void';
  const list = parameters.map(({ label, text }) => `${label}: ${text}`).join(', ');
  return [
    code(`${name}(${list}): ${result}`),
    ...parameters.flatMap(({ label, bag }) =>
      bag ? [`\`${label}\`:`, properties(checker, bag, exported)] : [],
    ),
  ];
}

/** A result whose type has no public name is told by the public one that it is an instance of. */
function resultText(checker: Checker, returned: Type, exported: readonly Exported[]): string {
  const text = textOf(checker, returned);
  if (!isPrivate(text, exported)) return text;
  const wider = exported.find(
    ({ kind, type }) => kind === 'type' && checker.isTypeAssignableTo(returned, type),
  );
  return wider?.name ?? text;
}

const known = new Set(['Promise', 'Readonly', 'Record', 'AbortSignal', 'Error']);

function isPrivate(text: string, exported: readonly Exported[]): boolean {
  const names = text.match(/\b[A-Z]\w*/g) ?? [];
  return names.some((name) => !known.has(name) && !exported.some((one) => one.name === name));
}

/** A row for each property, those that have to be given first. */
function properties(
  checker: Checker,
  type: Type,
  exported: readonly Exported[],
  isShown: (name: string) => boolean = () => true,
): string {
  const all = checker.getPropertiesOfType(type).filter(({ name }) => isShown(name));
  const isOptional = ({ flags }: Symbol) => (flags & SymbolFlags.Optional) !== 0;
  const rows = [
    ...all.filter((one) => !isOptional(one)),
    ...all.filter((one) => isOptional(one)),
  ].map((one) => {
    const own = checker.getTypeOfSymbol(one);
    const text = own ? textOf(checker, own) : 'unknown';
    const shown = isOptional(one) ? text.replace(/ \| undefined$/, '') : text;
    // A template of a text is told by the name that it has.
    const alias = exported.find(({ type: other }) => own && other.id === own.id);
    const cell = `\`${alias?.name ?? shown}\``.replaceAll('|', '\\|');
    const about = flat(one.getDocumentationComment(checker)).replaceAll('|', '\\|');
    return `| \`${one.name}${isOptional(one) ? '?' : ''}\` | ${cell} | ${about} |`;
  });
  return ['| field | type | |', '|---|---|---|', ...rows].join('\n');
}

/** Nothing of an alias that is made of what has no public name: its docstring says what it is. */
function written(
  project: Project,
  one: Exported,
  exported: readonly Exported[],
): readonly string[] {
  const text = declared(project, one);
  return isPrivate(text, exported) ? [] : [code(text)];
}

/** The declaration of an alias as it is written, without its docstring. */
function declared(project: Project, { symbol, type, name }: Exported): string {
  const [handle] = symbol.declarations;
  const node = handle?.resolve(project);
  const written = node ? project.emitter.printNode(node) : '';
  const plain = written.replace(/\/\*\*[\s\S]*?\*\/\s*/g, '').replace(/^export (declare )?/, '');
  return plain === '' || /\btypeof\b|\bkeyof\b/.test(plain)
    ? `type ${name} = ${textOf(project.checker, type, NodeBuilderFlags.InTypeAlias)};`
    : plain;
}

function textOf(checker: Checker, type: Type, more: number = 0): string {
  return checker.typeToString(type, undefined, NodeBuilderFlags.NoTruncation | more);
}

function code(text: string): string {
  return `\`\`\`ts\n${text.trim()}\n\`\`\``;
}

/** Lines of a docstring are wrapped where the source was. */
function flat(text: string): string {
  return text.replaceAll(/\s*\n\s*/g, ' ').trim();
}
