import { daysBetween } from './days.ts';
import { groupBy } from './group-by.ts';
import { oncePerInput } from './once-per-input.ts';
import type { ScheduleRow } from './raw-rows.ts';

const KNOWN_STARTS: Readonly<Record<string, string>> = {
  2021: '2021-10-19',
  2022: '2022-10-18',
  2023: '2023-10-24',
  2024: '2024-10-22',
};
const MID_FROM_DAY = 42;
const LATE_FROM_DAY = 130;

const startOfSeason = oncePerInput((schedule: readonly ScheduleRow[]) => {
  const starts = new Map<string, string>();
  for (const [season, games] of groupBy(schedule, (game) => String(game.season_year))) {
    const regular = games.filter((game) => game.game_type === 'regular_season');
    const dates = (regular.length > 0 ? regular : games).map((game) => game.game_date);
    const known = KNOWN_STARTS[season];
    const [first] = (known === undefined ? dates : [...dates, known]).sort();
    if (first !== undefined) starts.set(season, first);
  }
  return starts;
});

/** The part of the season a scheduled game belongs to. */
export function seasonPhase(schedule: readonly ScheduleRow[], game: ScheduleRow): string {
  if (game.game_type === 'playoffs' || game.game_type === 'play_in') return game.game_type;
  const start = startOfSeason(schedule).get(String(game.season_year));
  if (start === undefined) throw new Error(`no start of season ${game.season_year}`);
  const day = daysBetween(start, game.game_date);
  if (day >= LATE_FROM_DAY) return 'late';
  return day >= MID_FROM_DAY ? 'mid' : 'early';
}
