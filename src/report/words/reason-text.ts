import type { GameDate } from '../../calendar/game-date.ts';
import type { OtherOption } from '../../plan/other-option.ts';
import type { OpenDate, Reason } from '../../plan/reason.ts';
import { formatSeason } from './format.ts';

/** A reason in words, to stand behind a state. */
export function reasonText(reason: Reason): string {
  switch (reason.kind) {
    case 'later_than_today':
      return `scheduled, but later than today, ${reason.today}`;
    case 'refused_at_ingest':
      return `refused at ingest: ${reason.because}`;
    case 'before_loaded_season':
      return `season ${formatSeason(reason.season)} is loaded from ${reason.first}`;
    case 'between_logs_and_schedule':
      return `the schedule file begins on ${reason.first}, the player logs end before`;
    case 'no_games_scheduled':
      return 'no games scheduled';
    case 'season_not_loaded':
      return `season ${formatSeason(reason.season)} is not loaded for this date`;
    case 'off_season':
      return 'off-season';
    case 'between_seasons':
      return `between seasons: ${formatSeason(reason.season)} is over`;
    case 'after_last_loaded':
      return `the last loaded game date before it is ${reason.last}`;
    case 'before_first_loaded':
      return `the first loaded game date is ${reason.first}`;
    case 'nothing_loaded':
      return 'no games are loaded';
    case 'would_shrink':
      return `${reason.storedRows} rows would be replaced by ${reason.newRows}; allow it with --allow-shrink`;
    case 'recorded':
      return reason.note;
    case 'loaded':
      return 'loaded';
    case 'never_loaded':
      return 'never loaded';
    case 'never_written':
      return 'never written';
    case 'last_attempt_failed':
      return `last attempt failed: ${reason.failure?.text ?? 'unknown'}`;
    case 'inputs_unchanged':
      return 'inputs unchanged';
    case 'inputs_came_out_equal':
      return 'inputs came out equal';
    case 'to_be_rewritten':
      return 'is to be rewritten';
    case 'options_changed':
      return `options were ${reason.was}, now ${reason.now}`;
    case 'other_options': {
      const { options, note } = reason;
      return `${note ?? 'inputs unchanged'}; it keeps the options it was made with: ${otherOptionsText(options)}`;
    }
    case 'inputs_changed':
      return `${reason.tables.join(', ')} ${reason.tables.length === 1 ? 'has' : 'have'} changed`;
    case 'inputs_were_damaged':
      return 'rows that it may have been made of were damaged then, and have been mended since';
    case 'hashed_otherwise':
      return 'an older version has hashed its rows, in a way that is no longer proven';
    case 'definition_changed':
      return 'the definition of the table has changed';
    case 'input_or_definition_changed':
      return 'an input or the definition of the table has changed';
    case 'changed_by_run':
      return `changed by run ${reason.runId} at ${reason.at}`;
    case 'recomputed_first':
      return `${reason.table} ${reason.date} is recomputed first`;
    case 'bootstrap_period':
      return reason.guessedStart === undefined
        ? 'bootstrap period'
        : `bootstrap period, counted from ${reason.guessedStart}: a guess, for it is the first day that is loaded`;
    case 'built_in_bootstrap_period':
      return 'bootstrap period, but it was built with fewer bootstrap_days';
    case 'games_not_final':
      return `${reason.open} of ${reason.games} games not final yet`;
    case 'no_schedule_file':
      return `no schedule file for season ${formatSeason(reason.season)}: a missing player log would look like a day without games; history is for --backfill, today's games need one`;
    case 'schedule_files_too_short': {
      const { season, first, last, from, to } = reason;
      return `the schedule files of season ${formatSeason(season)} list ${first} to ${last}; daily mode needs ${from === to ? to : `${from} to ${to}`}; history is for --backfill`;
    }
    case 'dates_not_listed':
      return `no schedule file lists ${named(reason.dates)}; history is for --backfill`;
    case 'results_missing':
      return `no result for ${named(reason.dates, openText)}`;
    case 'schedule_file_needed':
      return `${reasonText(reason.because)}; daily mode needs a schedule file that reaches it`;
    case 'input_missing':
      return `${reason.table} has no partition for ${reason.date}`;
    case 'input_failed':
      return `${reason.table} failed for ${reason.date}: ${reason.failure?.text ?? 'unknown'}`;
    case 'recent_input_missing':
      return `${reason.table} has no rows for ${named(reason.dates)}`;
    case 'season_input_missing':
      return `${reason.table} has no rows for this season before ${reason.before}`;
    case 'lookback_incomplete':
      return `only ${reason.available}/${reason.lookback} Phase 3 days available`;
    case 'nothing_came_out':
      return reason.failure.text;
    case 'to_be_removed':
      return `${reasonText(reason.because)}; what stands there is removed`;
    case 'removal_refused':
      return `${reasonText(reason.because)}; ${reasonText(reason.shrink)}`;
  }
}

/** Each option as it stands, and as it would be today: no arrow, for nothing moves. */
export function otherOptionsText(options: readonly OtherOption[]): string {
  return options.map(({ name, stands, today }) => `${name} ${stands}, today's ${today}`).join('; ');
}

function openText({ date, open, games, refused }: OpenDate): string {
  const more = refused === undefined ? '' : `, refused at ingest: ${refused}`;
  return `${date} (${open} of ${games} games${more})`;
}

const mostNamed = 5;

function named(dates: readonly GameDate[]): string;
function named<T>(dates: readonly T[], text: (date: T) => string): string;
function named<T>(dates: readonly T[], text: (date: T) => string = String): string {
  const more = dates.length - mostNamed;
  const shown = dates.slice(0, mostNamed).map(text).join(', ');
  return more > 0 ? `${shown} and ${more} more` : shown;
}
