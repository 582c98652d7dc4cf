import { duckdbDialect as sql } from '../../../sql/duckdb-dialect.ts';
import { dayOf, easternMoment } from '../../files/dates.ts';
import type { FileShape, SourceFile } from '../../files/source-content.ts';

/** `Injury-Report_2035-10-23_05PM`, as the league names a report by its day and hour in the East. */
const inName = '(\\d{4}-\\d{2}-\\d{2})[_ T](\\d{1,2})[_:]?(\\d{2})?\\s*([AP]M)';

function momentInName(fileName: string): string {
  const part = (index: number) =>
    `regexp_extract(${sql.string(fileName)}, '${inName}', ${index}, 'i')`;
  const hour = `CAST(${part(2)} AS INTEGER) % 12 + CASE upper(${part(4)}) WHEN 'PM' THEN 12 ELSE 0 END`;
  return easternMoment(
    `concat(${part(1)}, ' ', lpad(CAST(${hour} AS VARCHAR), 2, '0'), ':', coalesce(nullif(${part(3)}, ''), '00'))`,
  );
}

/** The day is all that is known of it: only after its end is it certain that the report was out. */
function endOf(day: string): string {
  return easternMoment(`concat(CAST(${dayOf(day)} AS VARCHAR), ' 23:59')`);
}

/** Columns that say when a report came out; what was fetched says when it was received. */
const reportTimes = ['reported_at', 'Report Time', 'report_time', 'received_at'];

/** TRUE where nothing says when the report came out. */
export function isTimeAssumed({ shape, name, columns }: SourceFile): boolean {
  return (
    shape === officialReport &&
    !reportTimes.some((column) => columns.has(column.toUpperCase())) &&
    !new RegExp(inName, 'i').test(name)
  );
}

/** The league's own report, in the columns in which readers of its pages deliver it. */
export const officialReport: FileShape = {
  title: "the league's injury report",
  maker: "the league's injury report",
  required: ['Game Date', ['Player Name', 'PlayerName'], 'Current Status', 'Game Time'],
  names: {
    game_date: 'Game Date',
    player_name: ['Player Name', 'PlayerName'],
    team_abbr: 'Team',
    status: 'Current Status',
    reported_at: reportTimes,
  },
  filledDown: ['game_date', 'team_abbr', 'reported_at'],
  made: {
    reported_at: {
      of: 'the name of the file (`Injury-Report_2035-10-23_05PM.csv`), else the end of the day',
      sql: (theirs, { name }) =>
        new RegExp(inName, 'i').test(name) ? momentInName(name) : endOf(theirs('Game Date')),
    },
  },
  example: {
    'Game Date': '10/23/2035',
    'Game Time': '07:30(ET)',
    Matchup: 'NYK@BOS',
    Team: 'Boston Celtics',
    'Player Name': '"ExampleJr.,Pat"',
    'Current Status': 'Out',
    Reason: 'Injury/Illness',
  },
};
