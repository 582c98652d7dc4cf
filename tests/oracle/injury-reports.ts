import { groupBy } from './group-by.ts';
import type { InjuryRow, ScheduleRow } from './raw-rows.ts';
import { cutOffOf } from './tip-off-cut-off.ts';

/** The latest status of each player, in lower case, among reports known before a game. */
export function latestStatuses(
  reports: readonly InjuryRow[],
  game: ScheduleRow,
): ReadonlyMap<string, string | null> {
  return ofLatest(reports, game, (report) => report.status?.toLowerCase() ?? null);
}

/** The team of each player by the latest report that names one, among reports known before a game. */
export function latestTeams(
  reports: readonly InjuryRow[],
  game: ScheduleRow,
): ReadonlyMap<string, string | null> {
  const naming = reports.filter((report) => report.team_abbr !== null);
  return ofLatest(naming, game, (report) => report.team_abbr);
}

function ofLatest(
  reports: readonly InjuryRow[],
  game: ScheduleRow,
  value: (report: InjuryRow) => string | null,
): ReadonlyMap<string, string | null> {
  const cutOff = cutOffOf(null, game);
  const known = reports.filter((report) => (report.reported_at ?? '~') <= cutOff);
  const values = new Map<string, string | null>();
  for (const [lookup, ofPlayer] of groupBy(known, (report) => report.player_lookup)) {
    const latest = ofPlayer.reduce((best, report) =>
      (report.reported_at ?? '') > (best.reported_at ?? '') ? report : best,
    );
    values.set(lookup, value(latest));
  }
  return values;
}
