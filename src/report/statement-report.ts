import type { PlannedStatement } from '../run/batch-statements.ts';
import { toJson } from './words/json.ts';

/** Statements as a script that a person reads: a comment says what each is for. */
export function statementLines(statements: readonly PlannedStatement[]): readonly string[] {
  if (statements.length === 0) return ['-- nothing would be sent'];
  let heading = '';
  return statements.flatMap(({ table, purpose, sql }) => {
    const next = `-- ${table === undefined ? '' : `${table}: `}${purpose}`;
    const lines = next === heading ? [] : ['', next];
    heading = next;
    return [...lines, `${sql};`];
  });
}

/** One JSON object per statement. */
export function statementJson(statements: readonly PlannedStatement[]): readonly string[] {
  return statements.map((statement) => toJson({ type: 'statement', ...statement }));
}
