import type { Json } from '@duckdb/node-api';

/** A relation that a query reads and does not make itself. */
export interface AskedTable {
  /** As it is written, with its schema: `nba_analytics.player_game_summary`. */
  readonly path: string;
  /** Without schema; undefined where it has one. */
  readonly name: string | undefined;
  /** Characters of the query before it. */
  readonly position: number;
}

/** Something that a query does and may not. */
export interface Misdeed {
  readonly what: string;
  readonly position: number;
}

/** What a query asks for, by its tree. */
export interface Asked {
  readonly tables: readonly AskedTable[];
  readonly misdeeds: readonly Misdeed[];
  /** Every word in it, names and texts, in lower case. */
  readonly words: ReadonlySet<string>;
  /** Whether it may take columns that it does not name. */
  readonly takesAll: boolean;
  /** The columns that it yields, in lower case; one that has no name is ''. Undefined where that is not seen from its words alone. */
  readonly yields: readonly string[] | undefined;
}

/** What SQL knows without being told, and an engine answers from its clock or session. */
const ofSession = [
  ...['current_date', 'current_datetime', 'current_time', 'current_timestamp'],
  ...['localtime', 'localtimestamp'],
  ...['current_catalog', 'current_database', 'current_schema', 'current_role', 'current_user'],
  ...['session_user', 'user'],
];

/** Functions that make rows of their arguments alone. */
const rowMakers = ['generate_series', 'range', 'repeat', 'unnest'];

type Node = Readonly<Record<string, Json>>;

/**
 * What a query asks for, wherever in it: relations that are no WITH of its own, functions whose answer hangs on more than
 * their arguments, the clock, chance, files.
 * @param tree of DuckDB's parser. @param steady names of functions that may be called.
 */
export function askedByQuery(tree: Json, steady: ReadonlySet<string>): Asked {
  const tables: AskedTable[] = [];
  const misdeeds: Misdeed[] = [];
  const words = new Set<string>();
  const relations = new Set<string>();
  const wholes: string[] = [];
  let hasStar = false;

  const look = (node: Node, scope: ReadonlySet<string>): void => {
    const position = Number(node['query_location'] ?? 0);
    const misdeed = (what: string) => misdeeds.push({ what, position });
    const path = [node['catalog_name'] ?? node['catalog'], node['schema_name'] ?? node['schema']]
      .map((part) => (typeof part === 'string' ? part : ''))
      .filter((part) => part !== '');
    if (node['sample'] !== undefined && node['sample'] !== null) misdeed('takes a sample');
    switch (node['type']) {
      case 'BASE_TABLE': {
        const name = String(node['table_name']);
        relations.add(name.toLowerCase());
        if (node['at_clause']) misdeed('asks for another state of a table');
        if (path.length > 0 || !scope.has(name.toLowerCase()))
          tables.push({
            path: [...path, name].join('.'),
            name: path.length === 0 ? name : undefined,
            position,
          });
        break;
      }
      case 'SHOW_REF':
        misdeed('asks what tables there are, or what is in them');
        break;
      case 'TABLE_FUNCTION': {
        const name = String(asNode(node['function'])?.['function_name'] ?? '').toLowerCase();
        if (!rowMakers.includes(name)) misdeed(`asks ${name}, which is another every time`);
        break;
      }
      case 'STAR':
        hasStar = true;
        break;
      case 'JOIN':
        if (node['ref_type'] === 'NATURAL') hasStar = true;
        break;
      case 'COLUMN_REF': {
        const names = asTexts(node['column_names']);
        const [first = ''] = names;
        if (names.length === 1 && ofSession.includes(first.toLowerCase()))
          misdeed(
            `asks ${first}, which is another every time; a column of this name is <table>.${first}`,
          );
        wholes.push(names.at(-1)?.toLowerCase() ?? '');
        break;
      }
      case 'PARAMETER':
      case 'VALUE_PARAMETER':
      case 'POSITIONAL_REFERENCE':
        misdeed('has a parameter, which nobody fills');
        break;
    }
    // An expression has a class, a relation has none.
    if (typeof node['alias'] === 'string' && node['class'] === undefined)
      relations.add(node['alias'].toLowerCase());
    const called = node['function_name'];
    if (typeof called === 'string' && called !== '') {
      const name = called.toLowerCase();
      const isOwn = path.every((part) => part === 'main');
      const alone = asList(node['children']).length === 1;
      if (!isOwn)
        misdeed(
          `calls ${[...path, called].join('.')}, which is of somebody else${steady.has(name) ? `; of a column it is ${called}(${path.join('.')})` : ''}`,
        );
      else if (!(steady.has(name) || rowMakers.includes(name)) || (name === 'age' && alone))
        misdeed(`asks ${called}, which is another every time, or nothing that both engines have`);
      else if (name === '^' || (name === 'log' && alone))
        misdeed(`calls ${called}, which is another function for BigQuery; say pow, ln or log10`);
    }
  };

  const visit = (value: Json | undefined, scope: ReadonlySet<string>): void => {
    if (typeof value === 'string') {
      for (const word of value.toLowerCase().match(/\w+/g) ?? []) words.add(word);
      return;
    }
    if (Array.isArray(value)) {
      for (const one of value) visit(one, scope);
      return;
    }
    const node = asNode(value);
    if (!node) return;
    let inner = scope;
    for (const entry of asList(asNode(node['cte_map'])?.['map'])) {
      // A WITH sees those before it, and itself only where it is recursive.
      const made = asNode(entry);
      visit(made?.['value'], inner);
      inner = new Set([...inner, String(made?.['key']).toLowerCase()]);
    }
    look(node, inner);
    // A recursive WITH sees itself in its second part alone.
    const itself = node['type'] === 'RECURSIVE_CTE_NODE' ? [String(node['cte_name'])] : [];
    const again = new Set([...inner, ...itself.map((name) => name.toLowerCase())]);
    for (const [key, one] of Object.entries(node))
      if (key !== 'cte_map') visit(one, key === 'right' ? again : inner);
  };

  visit(tree, new Set());
  // A relation that is named like a column is a row of it, with all that it has.
  const takesAll = hasStar || wholes.some((name) => relations.has(name) && name !== '');
  return {
    tables,
    misdeeds,

    words,
    takesAll,
    yields: yieldedBy(asNode(tree)?.['node']),
  };
}

/** Of queries that are put together the first one names the columns. */
function yieldedBy(value: Json | undefined): readonly string[] | undefined {
  const node = asNode(value);
  if (node?.['type'] === 'SET_OPERATION_NODE')
    return yieldedBy(asList(node['children'])[0] ?? node['left']);
  if (node?.['type'] !== 'SELECT_NODE') return undefined;
  const selected = asList(node['select_list']).map(asNode);
  if (selected.some((one) => one === undefined || one['type'] === 'STAR')) return undefined;
  return selected.map((one) => {
    const alias = String(one?.['alias'] ?? '');
    const own = one?.['type'] === 'COLUMN_REF' ? asTexts(one['column_names']).at(-1) : undefined;
    return (alias === '' ? (own ?? '') : alias).toLowerCase();
  });
}

function asNode(value: Json | undefined): Node | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
}

function asList(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}

function asTexts(value: Json | undefined): readonly string[] {
  return asList(value).map(String);
}
