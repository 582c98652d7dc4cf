import type { Games, Where, Whose } from './measure-words.ts';
import type { Source } from './source-column.ts';

/** Whose games or row: the first word of a phrase. */
export function ofWhom({ entity }: Source, whose: Whose): string {
  if (whose === 'opponent') return "the opponent's";
  return entity === 'team_abbr' ? "the team's" : 'his';
}

/** When there is nothing to measure. */
export function noGame({ entity }: Source, whose: Whose): string {
  const who = whose === 'opponent' ? 'the opponent' : entity === 'team_abbr' ? 'the team' : 'he';
  return `${who} has no such game before`;
}

/** Which games, after the word games. */
export function gamesWords(over: Games): string {
  switch (over.kind) {
    case 'lastGames':
      return `among the last ${over.games} before d`;
    case 'lastDays':
      return `in [d − ${over.days}, d)`;
    case 'seasonToDate':
      return 'of the season before d';
  }
}

/** A condition as the end of a phrase; nothing where there is none. */
export function andWhere(where: Where | undefined): string {
  return where === undefined ? '' : ` with ${whereWords(where)}`;
}

/** A condition in words. */
export function whereWords(where: Where): string {
  return Object.entries(where)
    .map(([name, want]) => {
      if (typeof want !== 'object') return `${name} = ${String(want)}`;
      const least = want.atLeast === undefined ? [] : [`${name} ≥ ${want.atLeast}`];
      return [...least, ...(want.atMost === undefined ? [] : [`${name} ≤ ${want.atMost}`])].join(
        ' and ',
      );
    })
    .join(' and ');
}

/** A sum or difference within a formula. */
export function inFormula(of: string): string {
  return /[+-]/.test(of) ? `(${of})` : of;
}
