import type { Window } from '../../window/window.ts';

/** A window in words, for pages and messages. */
export function windowText(window: Window): string {
  switch (window.kind) {
    case 'sameDay':
      return 'same day';
    case 'undated':
      return 'the whole table, which has no dates';
    case 'lastGames':
      return `last ${window.games} games of each ${window.per} before the date`;
    case 'lastDays':
      return `last ${window.days} days before the date`;
    case 'seasonToDate':
      return 'season to date, the date itself not included';
  }
}
