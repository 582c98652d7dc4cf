import { createHash } from 'node:crypto';
import type { GoogleSqlService } from './googlesql-service.ts';

/** Gives the same answer to the same question about the same rows, for tests that ask the same many times. */
export function rememberAnswers(service: GoogleSqlService): GoogleSqlService {
  const answers = new Map<string, Promise<unknown>>();

  function once<T>(question: readonly unknown[], ask: () => Promise<T>): Promise<T> {
    const key = createHash('sha1').update(JSON.stringify(question)).digest('hex');
    const known = answers.get(key);
    if (known) return known as Promise<T>;
    const answer = ask();
    answers.set(key, answer);
    return answer;
  }

  return {
    ...service,
    analyze: (sql, catalog) => once([sql, catalog], () => service.analyze(sql, catalog)),
    evaluate: (sql, catalog, content) =>
      /\bCURRENT_\w+\(|\bGENERATE_UUID\(|\bRAND\(/.test(sql)
        ? service.evaluate(sql, catalog, content)
        : once([sql, catalog, content], () => service.evaluate(sql, catalog, content)),
  };
}
