import { maskTexts } from '../stand-in/mask-texts.ts';
import type { ResolvedTree } from './googlesql-service.ts';

/** What a query has to do once each WITH is put in the place of every mention of it, as BigQuery does. */
export interface Complexity {
  readonly scans: number;
  readonly joins: number;
  readonly windows: number;
}

type Counted = { -readonly [name in keyof Complexity]: number };

/** Counts in the tree of a statement. */
export function complexityOf(tree: ResolvedTree): Complexity {
  const known = new Map<string, Complexity>();
  const total: Counted = { scans: 0, joins: 0, windows: 0 };

  function count(value: unknown, into: Counted): void {
    for (const [name, node] of childrenOf(value)) {
      switch (name) {
        case 'resolvedWithScanNode':
          for (const entry of listOf(node, 'withEntryList')) {
            const own: Counted = { scans: 0, joins: 0, windows: 0 };
            count(entry['withSubquery'], own);
            known.set(String(entry['withQueryName']), own);
          }
          count((node as ResolvedTree)['query'], into);
          break;
        case 'resolvedWithRefScanNode':
          add(into, known.get(String((node as ResolvedTree)['withQueryName'])));
          break;
        default:
          if (name === 'resolvedTableScanNode') into.scans += 1;
          if (name === 'resolvedJoinScanNode') into.joins += 1;
          if (name === 'resolvedAnalyticFunctionCallNode') into.windows += 1;
          count(node, into);
      }
    }
  }

  count(tree, total);
  return total;
}

function add(into: Counted, other: Complexity | undefined): void {
  if (!other) throw new Error('a mention of a WITH that is not there');
  into.scans += other.scans;
  into.joins += other.joins;
  into.windows += other.windows;
}

/**
 * What GoogleSQL allows in a statement and BigQuery refuses: a correlated subquery that reaches a table
 * (https://cloud.google.com/bigquery/docs/reference/standard-sql/subqueries#correlated_subquery_concepts), and
 * NULLS FIRST or LAST against the usual order in an aggregate or in a window by RANGE.
 */
export function refusedByBigQuery(tree: ResolvedTree): readonly string[] {
  const found: string[] = [];
  const reaching = new Set<string>();

  const reachesTable = (value: unknown): boolean =>
    childrenOf(value).some(([name, node]) =>
      name === 'resolvedWithRefScanNode'
        ? reaching.has(String((node as ResolvedTree)['withQueryName']))
        : name === 'resolvedTableScanNode' || reachesTable(node),
    );

  function look(value: unknown): void {
    for (const [name, node] of childrenOf(value)) {
      if (name === 'withEntryList') {
        for (const entry of node as readonly ResolvedTree[]) {
          if (reachesTable(entry)) reaching.add(String(entry['withQueryName']));
        }
      }
      if (name === 'resolvedSubqueryExprNode' && listOf(node, 'parameterList').length > 0) {
        if (reachesTable((node as ResolvedTree)['subquery'])) {
          found.push('a correlated subquery reaches a table');
        }
      }
      if (name === 'resolvedAggregateFunctionCallNode' && hasNullsClause(node)) {
        found.push('NULLS FIRST or LAST in an aggregate');
      }
      if (name === 'functionGroupList') {
        for (const group of node as readonly ResolvedTree[]) {
          const isRange = JSON.stringify(group['analyticFunctionList'] ?? []).includes(
            '"frameUnit":"RANGE"',
          );
          if (isRange && hasNullsClause(group['orderBy'])) {
            found.push('NULLS FIRST or LAST in a window by RANGE');
          }
        }
      }
      look(node);
    }
  }

  look(tree);
  return found;
}

/** Whether NULL is put where it does not stand by itself: first ascending, last descending. */
function hasNullsClause(node: unknown): boolean {
  return listOf(node, 'orderByItemList').some(({ isDescending, nullOrder }) =>
    isDescending === true ? nullOrder === 'NULLS_FIRST' : nullOrder === 'NULLS_LAST',
  );
}

function childrenOf(value: unknown): readonly (readonly [string, unknown])[] {
  if (Array.isArray(value)) return value.flatMap((item) => childrenOf(item));
  return typeof value === 'object' && value !== null ? Object.entries(value) : [];
}

function listOf(node: unknown, name: string): readonly ResolvedTree[] {
  return ((node as ResolvedTree | undefined)?.[name] ?? []) as readonly ResolvedTree[];
}

/** Bytes of a query in which every WITH stands in the place of each mention of it. */
export function inlinedBytes(sql: string): number {
  const mask = maskTexts(sql);
  const starts = [...mask.matchAll(/(?:\bWITH\s+|,\s*)(\w+) AS \(/g)].map(
    ({ 0: head, 1: name = '', index }) => ({
      name,
      from: index + head.length,
    }),
  );
  const bytes = new Map<string, number>();
  const sizeOf = (from: number, to: number): number => {
    const mentioned = [...mask.slice(from, to).matchAll(/\b(?:FROM|JOIN)\s+(\w+)/g)]
      .map(([, relation = '']) => bytes.get(relation) ?? 0)
      .reduce((sum, size) => sum + size, 0);
    return Buffer.byteLength(sql.slice(from, to)) + mentioned;
  };
  let last = 0;
  for (const { name, from } of starts) {
    if (from < last) continue;
    let depth = 1;
    let end = from;
    while (depth > 0 && end < mask.length) {
      if (mask[end] === '(') depth += 1;
      if (mask[end] === ')') depth -= 1;
      end += 1;
    }
    bytes.set(name, sizeOf(from, end));
    last = end;
  }
  return sizeOf(last, sql.length);
}
