import type { IngestReport } from '../ingest/ingest-report.ts';
import { alignColumns, formatCount, formatSeconds, plural } from './format.ts';

const droppedReasons: Readonly<Record<string, string>> = {
  game_type: 'preseason, all-star or another kind that is not kept',
  foreign_team: 'a team that is none of the 30',
  one_sided_game: 'box rows of one team only',
};

const shownViolations = 3;

/** What an ingest did: per table, what was dropped by rule, what was refused and why. */
export function ingestLines(report: IngestReport, warehouse: string): readonly string[] {
  const { files, tables, dropped, rowsWithoutDistance, refused, shrinkRefused } = report;
  const kind = report.dataKind === 'simulated' ? ', simulated data' : '';
  const lines = [`ingested ${plural(files.length, 'file')} into ${warehouse}${kind}`];
  lines.push(
    ...alignColumns(
      tables.map(({ table, rows, dates, changedDates }) => [
        `  ${table}`,
        plural(rows, 'row'),
        plural(dates, 'date'),
        changedDates.length === 0
          ? 'nothing changed'
          : `${plural(changedDates.length, 'date')} written${changedDates.length <= 3 ? `: ${changedDates.join(', ')}` : ''}`,
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
  if (rowsWithoutDistance > 0) {
    lines.push(`dropped from shots: ${plural(rowsWithoutDistance, 'row')} without SHOT_DISTANCE`);
  }
  for (const { table, date, violations } of refused) {
    lines.push(`refused ${table} ${date}: nothing of this date was written`);
    for (const { file, row, rule } of violations.slice(0, shownViolations)) {
      lines.push(`  ${file} row ${formatCount(row)}: ${rule}`);
    }
    const more = violations.length - shownViolations;
    if (more > 0) lines.push(`  and ${formatCount(more)} more`);
  }
  for (const { table, date, storedRows, newRows } of shrinkRefused) {
    lines.push(
      `refused ${table} ${date}: ${plural(storedRows, 'row')} would become ${formatCount(newRows)}; allow it with --allow-shrink`,
    );
  }
  lines.push(`${formatSeconds(report.seconds)}`);
  return lines;
}

/** The same as one JSON object. */
export function ingestJson(report: IngestReport): string {
  return JSON.stringify({
    type: 'ingest',
    run_id: report.runId,
    data_kind: report.dataKind,
    files: report.files,
    tables: report.tables.map(({ changedDates, ...table }) => ({
      ...table,
      changed_dates: changedDates,
    })),
    dropped: report.dropped.map(({ gameIds, unknownTeams, ...group }) => ({
      ...group,
      game_ids: gameIds,
      unknown_teams: unknownTeams,
    })),
    rows_without_distance: report.rowsWithoutDistance,
    refused: report.refused,
    shrink_refused: report.shrinkRefused.map(({ storedRows, newRows, ...unit }) => ({
      ...unit,
      stored_rows: storedRows,
      new_rows: newRows,
    })),
    seconds: report.seconds,
  });
}
