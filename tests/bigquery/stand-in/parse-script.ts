import { maskTexts } from './mask-texts.ts';

/** A part of a script. */
export type ScriptNode =
  | { readonly kind: 'statement'; readonly sql: string }
  /** The first branch whose condition holds; one without a condition is the ELSE. */
  | { readonly kind: 'if'; readonly branches: readonly Branch[] }
  | {
      readonly kind: 'block';
      readonly body: readonly ScriptNode[];
      readonly handler: readonly ScriptNode[] | undefined;
    };

export interface Branch {
  readonly condition: string | undefined;
  readonly body: readonly ScriptNode[];
}

/** Takes a script apart: statements, IF … END IF and BEGIN … END. @throws when it is not whole. */
export function parseScript(script: string): readonly ScriptNode[] {
  const mask = maskTexts(script);
  let at = 0;

  const wordAt = (): string => /^[A-Za-z]+/.exec(mask.slice(at, at + 20))?.[0].toUpperCase() ?? '';
  const skip = (blanks: RegExp) => {
    at += blanks.exec(mask.slice(at))?.[0].length ?? 0;
  };

  function take(word: string): void {
    skip(/^\s*/);
    if (wordAt() !== word) throw new Error(`${word} expected:\n${script.slice(at, at + 100)}`);
    at += word.length;
  }

  /** Up to a word that stands in no CASE. */
  function textUntil(word: string): string {
    const start = at;
    let depth = 0;
    for (const { 0: found, index } of mask.slice(start).matchAll(/[A-Za-z_]\w*/g)) {
      const upper = found.toUpperCase();
      if (upper === word && depth === 0) {
        at = start + index;
        return script.slice(start, at).trim();
      }
      if (upper === 'CASE') depth += 1;
      if (upper === 'END') depth -= 1;
    }
    throw new Error(`${word} expected:\n${script.slice(start, start + 100)}`);
  }

  function list(ends: readonly string[]): readonly ScriptNode[] {
    const nodes: ScriptNode[] = [];
    for (;;) {
      skip(/^[\s;]*/);
      if (at >= mask.length) {
        if (ends.length > 0)
          throw new Error(`${ends.join(' or ')} expected at the end of a script`);
        return nodes;
      }
      if (ends.includes(wordAt())) return nodes;
      nodes.push(node());
    }
  }

  function node(): ScriptNode {
    if (wordAt() === 'IF') return condition();
    if (wordAt() === 'BEGIN' && !/^BEGIN(\s+TRANSACTION)?\s*(;|$)/i.test(mask.slice(at))) {
      return block();
    }
    const end = mask.indexOf(';', at);
    const sql = script.slice(at, end < 0 ? undefined : end).trim();
    at = end < 0 ? mask.length : end;
    return { kind: 'statement', sql };
  }

  function condition(): ScriptNode {
    const branches: Branch[] = [];
    take('IF');
    for (;;) {
      const text = textUntil('THEN');
      take('THEN');
      branches.push({ condition: text, body: list(['ELSEIF', 'ELSE', 'END']) });
      if (wordAt() !== 'ELSEIF') break;
      take('ELSEIF');
    }
    if (wordAt() === 'ELSE') {
      take('ELSE');
      branches.push({ condition: undefined, body: list(['END']) });
    }
    take('END');
    take('IF');
    return { kind: 'if', branches };
  }

  function block(): ScriptNode {
    take('BEGIN');
    const body = list(['EXCEPTION', 'END']);
    let handler: readonly ScriptNode[] | undefined;
    if (wordAt() === 'EXCEPTION') {
      for (const word of ['EXCEPTION', 'WHEN', 'ERROR', 'THEN']) take(word);
      handler = list(['END']);
    }
    take('END');
    return { kind: 'block', body, handler };
  }

  return list([]);
}
