import type { GameDate } from '../calendar/game-date.ts';
import type { DropReason, IngestNotice, IngestReport } from '../ingest/files/ingest-report.ts';
import { undatedPartition } from '../window/window.ts';
import { chartlessText } from './words/chartless-text.ts';
import { alignColumns, formatCount, formatSeason, formatSeconds, plural } from './words/format.ts';
import { toJson } from './words/json.ts';
import { seasonStartText } from './words/season-start-text.ts';

const droppedReasons: Readonly<Record<string, string>> = {
  game_type: 'preseason, all-star or another kind that is not kept',
  foreign_team: 'a team that is none of the 30',
  one_sided_game: 'box rows of one team only',
  not_over: 'under way when the file was made',
};

const droppedRowReasons: Readonly<Record<DropReason, string>> = {
  no_distance: 'without SHOT_DISTANCE',
  after_tipoff: 'captured after tip-off',
  no_line: 'without a line, of markets that have none',
  same_line: 'the other side or a repetition of a line that is kept',
  repeated_row: 'identical to a row that is kept',
  rounded_row: 'a row that is kept, with whole minutes instead of its seconds',
  foreign_team: 'a team that is none of the 30',
  called_off: 'postponed or cancelled',
  undecided: 'its teams are not decided yet',
  no_birth_date: 'without a birth date',
  not_submitted: 'of a team that has not reported yet',
  other_file: 'of a game that another file has in a form that counts before',
};

const shownViolations = 3;
const shownNames = 5;

/** Whether files were loaded, or only looked at as if they were. */
export type IngestKind = 'loaded' | 'checked';

/**
 * What an ingest did or would do: per table, what was dropped by rule, what was refused and why.
 * @param told notices that an earlier load of the same command has told: they are not repeated.
 */
export function ingestLines(
  report: IngestReport,
  warehouse: string,
  ingestKind: IngestKind,
  told: readonly IngestNotice[] = [],
): readonly string[] {
  const { files, tables, dropped, droppedRows, refused, shrinkRefused } = report;
  const kind = report.dataKind === 'simulated' ? ', simulated data' : '';
  const counted = plural(files.length, 'file');
  const lines = [
    ingestKind === 'loaded'
      ? `ingested ${counted} into ${warehouse}${kind}`
      : `checked ${counted} for ${warehouse}${kind}; nothing is written, this is what an ingest would do`,
  ];
  lines.push(
    ...alignColumns(
      tables.map(({ table, rows, dates, changedDates }) => [
        `  ${table}`,
        plural(rows, 'row'),
        changedDates.includes(undatedPartition) ? '' : plural(dates, 'date'),
        whatChanged(changedDates, ingestKind),
      ]),
      new Set([1, 2]),
    ),
  );
  for (const { table, reason, gameIds, rows, unknownTeams } of dropped) {
    const unknown = reason === 'foreign_team' ? `: ${unknownTeams.join(', ')}` : '';
    const shown = gameIds.slice(0, 3).join(', ') + (gameIds.length > 3 ? ', …' : '');
    lines.push(
      `dropped from ${table}: ${plural(gameIds.length, 'game')}, ${plural(rows, 'row')}: ${droppedReasons[reason] ?? reason}${unknown} (${shown})`,
    );
  }
  for (const { table, reason, rows, names } of droppedRows) {
    const text = droppedRowReasons[reason];
    const separator = reason.startsWith('no_') ? ' ' : ': ';
    lines.push(`dropped from ${table}: ${plural(rows, 'row')}${separator}${text}${named(names)}`);
  }
  lines.push(...fileLines(report), ...movedLines(report));
  for (const { table, date, violations, more = 0 } of refused) {
    lines.push(`refused ${refusedWhat(table, date)}`);
    for (const { file, row, rule } of violations.slice(0, shownViolations)) {
      lines.push(`  ${file} row ${formatCount(row)}: ${rule}`);
    }
    const notShown = violations.length + more - shownViolations;
    if (notShown > 0) lines.push(`  and ${formatCount(notShown)} more`);
  }
  for (const { table, date, storedRows, newRows, unit = 'row' } of shrinkRefused) {
    const what = date === undatedPartition ? table : `${table} ${date}`;
    lines.push(
      `refused ${what}: ${plural(storedRows, unit)} would become ${formatCount(newRows)}; allow it with --allow-shrink`,
    );
  }
  const toldLines = new Set(told.map(noticeLine));
  lines.push(...report.notices.map(noticeLine).filter((line) => !toldLines.has(line)));
  lines.push(`${formatSeconds(report.seconds)}`);
  return lines;
}

/** Begins with what is wrong, so that of several each is told from the others at a glance. */
function noticeLine({ kind, table, count, of = 0, examples }: IngestNotice): string {
  const [first = '', second = ''] = examples;
  const rows = plural(count, 'row');
  switch (kind) {
    case 'odd_game':
      return `box scores that do not add up, of ${plural(count, 'game')}: ${shown(examples, '; ')}`;
    case 'shots_disagree':
      return `shots that are not those of the box score: they agree in ${formatCount(count)} of ${plural(of, 'game')}${first === '' ? '' : `; the files seem to have ${first}`}`;
    case 'no_box':
      return `shots without a box score, of ${plural(count, 'game')} on ${shown(examples)}; the shots are of no use until their log is loaded`;
    case 'no_result':
      return `no box score of ${plural(count, 'game')} of the schedule, on ${shown(examples)}; what counts them is short of them until their log is loaded`;
    case 'other_home':
      return `another home team than in the box score, in ${formatCount(count)} of ${plural(of, 'game')} of the schedule, which counts: ${shown(examples, '; ')}`;
    case 'other_score':
      return `another score than in the box score, which counts, in ${formatCount(count)} of ${plural(of, 'game')} of the schedule: ${shown(examples, '; ')}`;
    case 'other_home_of_shots':
      return `HTM of the shots is not the home team in ${formatCount(count)} of ${plural(of, 'game')}, by log or schedule, which counts: ${shown(examples)}`;
    case 'early_tipoffs':
      return `tip-offs before 11:00 Eastern, ${formatCount(count)} of ${formatCount(of)} of ${first}, each read with its mark, without one as UTC; are they Eastern times marked as UTC?`;
    case 'few_evenings':
      return `few tip-offs after 17:00 Eastern, only ${formatCount(count)} of ${formatCount(of)} of ${first}, each read with its mark, without one as UTC; are they Eastern times?`;
    case 'read_as_utc':
      return `the times of ${first} are read as UTC: by the clock of the East, as their column is called, games would be at night`;
    case 'read_day_first':
      return `the dates of ${first} are read with the day first: no second number is beyond 12`;
    case 'repeated_box':
      return `the same box score player by player, in ${plural(count, 'game')}: ${shown(examples, '; ')}; has an id or a date been shifted?`;
    case 'read_without_times':
      return `the tip-offs of ${first} are all at midnight, and taken for days without a time`;
    case 'read_as_numbers':
      return `the dates of ${first} are numbers, read as seconds or thousandths since 1970 by UTC, or as days of a spreadsheet`;
    case 'late_start':
      return `logs that begin late: ${seasonStartText({ seasonYear: count, first: second, began: first })}`;
    case 'guessed_start':
      return `first day not known: ${seasonStartText({ seasonYear: count, first, began: undefined })}`;
    case 'long_break':
      return `a hole in the logs: no game for ${plural(count, 'day')} after ${first}, until ${second}`;
    case 'fewer_games':
      return `teams with fewer games: season ${formatSeason(Number(first))}: ${formatCount(count)} games of some teams, ${formatCount(of)} of others; fewer have ${second}`;
    case 'no_play_in':
      return `no play-in: season ${formatSeason(count)} has playoffs and no play-in, which is a download of its own (docs/inputs/README.md); what looks back on its games is short of them`;
    case 'no_chart':
      return `no shot chart: ${chartlessText({ seasonYear: Number(first), count, of, first: second })}`;
    case 'no_capture_time':
      return `${rows} of ${table} without captured_at: used only with accept_closing_lines (config set accept_closing_lines=true)`;
    case 'one_sign':
      return `spreads of one sign: all ${formatCount(count)} of home_spread; negative is a home favourite`;
    case 'impossible_lines':
      return `lines that no game was offered at: home_spread or total of ${formatCount(count)} of ${plural(of, 'line')}; are they prices, or each in the column of the other?`;
    case 'alternate_lines':
      return `several lines of one bookmaker at once, in ${formatCount(count)} of ${plural(of, 'offer')} of player_props; are alternate lines among them?`;
    case 'seen_too_late':
      return `${rows} of ${table} from after the tip-off that the schedule has: of no use before the game`;
    case 'restored_names':
      return `${plural(count, 'name')} restored, from the letters of another encoding or from "Last, First": ${shown(examples)}`;
    case 'broken_names':
      return `letters are lost in ${plural(count, 'name')}, so that no other file will find them: ${shown(examples)}; save the file as UTF-8`;
    case 'no_game':
      return `${formatCount(count)} of ${plural(of, 'row')} of ${table} match no game of the schedule: ${shown(examples)}; are the dates Eastern?`;
    case 'beyond_schedule':
      return `${rows} of ${table} from ${first} to ${second} of days before or after all of the schedule: of no use until it has them`;
    case 'odd_prices':
      return `prices neither decimal nor American, and unknown, ${formatCount(count)} of ${formatCount(of)} of ${table}: ${shown(examples)}`;
    case 'other_tipoff':
      return `another tip-off than the schedule by more than 90 minutes, in ${formatCount(count)} of ${plural(of, 'line')} of ${table}; is one of the two by another clock?`;
    case 'unknown_player':
      return `${rows} of ${table} of players whom neither team has, by name: ${shown(examples)}`;
    case 'no_tipoff':
      return `${rows} of ${table} of the day of a game whose tip-off is not known: of no use until a schedule file has it`;
    case 'no_report_time':
      return `${rows} of ${table} do not say when they came out, so nothing was known of them before the game; name the file as the league does (Injury-Report_2035-10-23_05PM)`;
    default:
      return kind satisfies never;
  }
}

function shown(examples: readonly string[], separator = ', '): string {
  return (
    examples.slice(0, shownNames).join(separator) +
    (examples.length > shownNames ? `${separator}…` : '')
  );
}

function fileLines({ damaged, unused }: IngestReport): readonly string[] {
  return [
    ...damaged.map(({ name, reason }) => `refused ${name}: ${reason}; nothing of it was used`),
    ...unused.map(({ name, rows }) =>
      rows === 0
        ? `nothing of ${name} was used: it has no rows`
        : `nothing of ${name} was used: ${plural(rows, 'row')}, all dropped`,
    ),
  ];
}

function refusedWhat(table: string, date: GameDate | undefined): string {
  if (date === undatedPartition) return `${table}: nothing of it was written`;
  if (date === undefined)
    return `${table}: rows whose game or date cannot be told were not written`;
  return `${table} ${date}: nothing of this date was written`;
}

function whatChanged(dates: readonly GameDate[], ingestKind: IngestKind): string {
  const written = ingestKind === 'loaded' ? 'written' : 'would be written';
  if (dates.length === 0) return 'nothing changed';
  if (dates.includes(undatedPartition)) return written;
  return `${plural(dates.length, 'date')} ${written}${dates.length <= 3 ? `: ${dates.join(', ')}` : ''}`;
}

function named(names: readonly string[]): string {
  if (names.length === 0) return '';
  return ` (${names.slice(0, shownNames).join(', ')}${names.length > shownNames ? ', …' : ''})`;
}

function movedLines({ moved, vanishedDates, mended }: IngestReport): readonly string[] {
  return [
    ...moved.map(({ nbaGameId, from, to, because }) =>
      to === undefined
        ? `removed game ${nbaGameId} from ${from}, called off by the ${because}`
        : `moved game ${nbaGameId} from ${from} to ${to}, by the ${because}`,
    ),
    ...vanishedDates.map(
      (date) => `${date} has no game any more; what was computed for it is removed`,
    ),
    ...mended.map(
      ({ table, dates }) =>
        `other rows stood in ${table} than recorded, on ${plural(dates.length, 'date')}; what may have been made of them is stale: backcourt run --stale`,
    ),
  ];
}

/** What an ingest did as one JSON object. */
export function ingestJson(
  { damaged, unused, moved, ...report }: IngestReport,
  ingestKind: IngestKind,
): string {
  return toJson({
    type: 'ingest',
    isWritten: ingestKind === 'loaded',
    ...report,
    // What is only looked at is no run.
    runId: ingestKind === 'loaded' ? report.runId : null,
    damagedFiles: damaged,
    unusedFiles: unused,
    refused: report.refused.map((rows) => ({ ...rows, date: rows.date ?? null })),
    moved: moved.map((game) => ({ ...game, to: game.to ?? null })),
    rowsWithoutDistance: report.droppedRows
      .filter(({ reason }) => reason === 'no_distance')
      .reduce((sum, { rows }) => sum + rows, 0),
  });
}
