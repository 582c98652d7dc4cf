import type { IncompleteDate } from '../plan/incomplete-dates.ts';
import { plural } from './words/format.ts';

const shownDates = 10;

/** Dates of which only a part of the games has a result, and what to do about them. */
export function incompleteLines(dates: readonly IncompleteDate[]): readonly string[] {
  if (dates.length === 0) return [];
  const more = dates.length - shownDates;
  return [
    '',
    `${openGamesText(dates)}; rows of these dates, and of those that look back on them, are short of them:`,
    ...dates.slice(0, shownDates).map((one) => `  ${one.date}  ${gamesText(one)}`),
    ...(more > 0 ? [`  and ${plural(more, 'date')} more`] : []),
    '  load the logs of these dates again; a game that was called off goes with a schedule file that says so',
  ];
}

/** For example `2 games of the schedule without a result, on 1 date, and 1 date refused at ingest`. */
export function openGamesText(dates: readonly IncompleteDate[]): string {
  const open = dates.reduce((sum, { games, withResult }) => sum + games - withResult, 0);
  const refused = dates.filter((one) => one.refused !== undefined).length;
  return [
    ...(open > 0
      ? [
          `${plural(open, 'game')} of the schedule without a result, on ${plural(dates.length - refused, 'date')}`,
        ]
      : []),
    ...(refused > 0 ? [`${plural(refused, 'date')} refused at ingest`] : []),
  ].join(', and ');
}

/** A date with its text, as JSON has it. */
export function incompleteJson(one: IncompleteDate) {
  const { date, games, withResult } = one;
  return { date, games, with_result: withResult, text: gamesText(one) };
}

/** For example `11 of 12 games have a result`. */
export function gamesText({ games, withResult, refused }: Omit<IncompleteDate, 'date'>): string {
  if (refused !== undefined) return `refused at ingest: ${refused}`;
  return `${withResult} of ${plural(games, 'game')} ${withResult === 1 && games === 1 ? 'has' : 'have'} a result`;
}
