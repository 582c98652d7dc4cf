import type { Row } from './canonical-row.ts';
import { cell, flag, NULL_TEXT, text, whole, wholeOrNull } from './canonical-row.ts';
import type { Excluded, RowOptions, RowsOfDate } from './common-columns.ts';
import { commonColumns, zoneIssues, zonesCovered } from './common-columns.ts';
import { decimalText, quotientText, rounded } from './exact.ts';
import type { Games } from './final-games.ts';
import { seasonOfDate } from './final-games.ts';
import { longBreakSince } from './long-break.ts';
import { lookupsOnDate } from './lookups-on-date.ts';
import { oncePerInput } from './once-per-input.ts';
import { gamesBefore, gamesOfSeason } from './player-games.ts';
import { lastMissingDate, playerRowsOfTeamGames } from './team-completeness.ts';

const WINDOW = 10;
const LONG_WINDOW = 20;
const LONG_WINDOW_FROM = 15;
const MEDIUM_FROM = 7;

interface ZoneWindow {
  readonly games: number;
  readonly gamesWithZones: number;
  readonly covered: boolean;
  readonly makes: { readonly paint: number; readonly mid_range: number; readonly three_pt: number };
  readonly attempts: {
    readonly paint: number;
    readonly mid_range: number;
    readonly three_pt: number;
  };
  readonly shots: number;
}

/** The zone figures of one game; read once, as up to twenty windows of several dates hold it. */
const zonesOfGame = oncePerInput((row: Row) =>
  flag(row, 'has_shot_zones')
    ? {
        paintMakes: whole(row, 'paint_makes'),
        paintAttempts: whole(row, 'paint_attempts'),
        midRangeMakes: whole(row, 'mid_range_makes'),
        midRangeAttempts: whole(row, 'mid_range_attempts'),
        threeMakes: whole(row, 'zone_three_pt_makes'),
        threeAttempts: whole(row, 'zone_three_pt_attempts'),
      }
    : null,
);

/**
 * `player_shot_zone_analysis` of one game date, ordered by player id as text.
 * @param playerRows `player_game_summary` of any dates; only those before the date count.
 */
export function oraclePlayerShotZoneAnalysis(
  playerRows: readonly Row[],
  games: Games,
  analysisDate: string,
  options: RowOptions,
): RowsOfDate {
  const season = seasonOfDate(games, analysisDate);
  const lookups = lookupsOnDate(
    [...gamesOfSeason(playerRows, season)].flatMap(([player, seasonGames]) => {
      const [latest] = gamesBefore(seasonGames, analysisDate);
      return latest ? [{ player, lookup: cell(latest.row, 'player_lookup') }] : [];
    }),
  );
  const rows: Row[] = [];
  const excluded: Excluded[] = [];
  for (const [player, seasonGames] of gamesOfSeason(playerRows, season)) {
    const before = gamesBefore(seasonGames, analysisDate).map(({ row }) => row);
    const latest = before[0];
    if (!latest) continue;
    if (before.length < options.minGames) {
      excluded.push({ key: player, reason: 'INSUFFICIENT_DATA' });
      continue;
    }
    const team = cell(latest, 'team_abbr');
    const oldest = oldestOf(before.slice(0, WINDOW));
    const { expectedGames, actualGames } = playerRowsOfTeamGames(
      playerRows,
      games,
      team,
      season,
      analysisDate,
      WINDOW,
    );
    const row = playerRow(
      { ...latest, player_lookup: text(lookups.get(player) ?? null) },
      before,
      analysisDate,
      expectedGames,
      actualGames,
      longBreakSince(games, season, oldest, analysisDate),
      (lastMissingDate(playerRows, games, team, season, analysisDate) ?? '') > oldest,
    );
    if (Number(cell(row, 'quality_score')) < options.qualityThreshold) {
      excluded.push({ key: player, reason: 'BELOW_QUALITY_THRESHOLD' });
    } else rows.push(row);
  }
  return { rows, excluded };
}

function playerRow(
  latest: Row,
  before: readonly Row[],
  analysisDate: string,
  expectedGames: number,
  actualGames: number,
  overBreak: boolean,
  lacksGames: boolean,
): Row {
  const lastTen = before.slice(0, WINDOW);
  const ten = zoneWindow(lastTen);
  const twenty = zoneWindow(before.slice(0, LONG_WINDOW));
  const paintRate = rateUnits(ten, 'paint');
  const midRangeRate = rateUnits(ten, 'mid_range');
  const threeRate = rateUnits(ten, 'three_pt');
  return {
    universal_player_id: cell(latest, 'universal_player_id'),
    player_lookup: cell(latest, 'player_lookup'),
    player_full_name: cell(latest, 'player_full_name'),
    analysis_date: text(analysisDate),
    season_year: cell(latest, 'season_year'),
    team_abbr: cell(latest, 'team_abbr'),
    games_in_sample_10: text(ten.games),
    games_in_sample_20: text(twenty.games),
    games_with_shot_zones: text(ten.gamesWithZones),
    games_with_shot_zones_20: text(twenty.gamesWithZones),
    paint_rate_last_10: unitsText(paintRate),
    mid_range_rate_last_10: unitsText(midRangeRate),
    three_pt_rate_last_10: unitsText(threeRate),
    total_shots_last_10: text(ten.covered ? ten.shots : null),
    paint_pct_last_10: shotPercentText(ten, 'paint'),
    mid_range_pct_last_10: shotPercentText(ten, 'mid_range'),
    three_pt_pct_last_10: shotPercentText(ten, 'three_pt'),
    paint_attempts_per_game: perGameText(ten, 'paint'),
    mid_range_attempts_per_game: perGameText(ten, 'mid_range'),
    three_pt_attempts_per_game: perGameText(ten, 'three_pt'),
    ...longWindowColumns(twenty),
    ...assistColumns(lastTen),
    primary_scoring_zone: text(primaryScoringZone(paintRate, midRangeRate, threeRate)),
    sample_quality_10: sampleQuality(ten.games, [10, 7, 5]),
    sample_quality_20: sampleQuality(twenty.games, [20, 14, 10]),
    ...commonColumns({
      window: WINDOW,
      gamesInSample: ten.games,
      gamesThisSeason: before.length,
      expectedGames,
      actualGames,
      mediumFrom: MEDIUM_FROM,
      overBreak,
      lacksGames,
      issues: zoneIssues(ten.games, ten.gamesWithZones, ten.attempts),
    }),
  };
}

/** The date of the last of some games, the newest first. */
function oldestOf(games: readonly Row[]): string {
  const oldest = games.at(-1);
  if (!oldest) throw new Error('a window without games');
  return cell(oldest, 'game_date');
}

function zoneWindow(games: readonly Row[]): ZoneWindow {
  const makes = { paint: 0, mid_range: 0, three_pt: 0 };
  const attempts = { paint: 0, mid_range: 0, three_pt: 0 };
  let gamesWithZones = 0;
  for (const game of games) {
    const zones = zonesOfGame(game);
    if (zones === null) continue;
    gamesWithZones += 1;
    makes.paint += zones.paintMakes;
    makes.mid_range += zones.midRangeMakes;
    makes.three_pt += zones.threeMakes;
    attempts.paint += zones.paintAttempts;
    attempts.mid_range += zones.midRangeAttempts;
    attempts.three_pt += zones.threeAttempts;
  }
  return {
    games: games.length,
    gamesWithZones,
    covered: zonesCovered(games.length, gamesWithZones),
    makes,
    attempts,
    shots: attempts.paint + attempts.mid_range + attempts.three_pt,
  };
}

/** Share of the player's shots in hundredths of a percent. */
function rateUnits(window: ZoneWindow, zone: keyof ZoneWindow['attempts']): bigint | null {
  if (!window.covered || window.shots === 0) return null;
  return rounded(100 * window.attempts[zone], window.shots, 2);
}

function unitsText(units: bigint | null): string {
  return units === null ? NULL_TEXT : decimalText(units, 2);
}

function shotPercentText(window: ZoneWindow, zone: keyof ZoneWindow['attempts']): string {
  if (!window.covered || window.attempts[zone] === 0) return NULL_TEXT;
  return quotientText(window.makes[zone], window.attempts[zone], 3);
}

function perGameText(window: ZoneWindow, zone: keyof ZoneWindow['attempts']): string {
  return window.covered ? quotientText(window.attempts[zone], window.gamesWithZones, 1) : NULL_TEXT;
}

function longWindowColumns(twenty: ZoneWindow): Row {
  const enough = twenty.games >= LONG_WINDOW_FROM;
  return {
    paint_rate_last_20: enough ? unitsText(rateUnits(twenty, 'paint')) : NULL_TEXT,
    paint_pct_last_20: enough ? shotPercentText(twenty, 'paint') : NULL_TEXT,
  };
}

function assistColumns(lastTen: readonly Row[]): Row {
  const known = lastTen.filter((row) => wholeOrNull(row, 'assisted_fg_makes') !== null);
  const assisted = known.reduce((total, row) => total + whole(row, 'assisted_fg_makes'), 0);
  const unassisted = known.reduce((total, row) => total + whole(row, 'unassisted_fg_makes'), 0);
  const makes = assisted + unassisted;
  const missing = 2 * known.length < lastTen.length || makes === 0;
  return {
    assisted_rate_last_10: missing ? NULL_TEXT : quotientText(100 * assisted, makes, 2),
    unassisted_rate_last_10: missing ? NULL_TEXT : quotientText(100 * unassisted, makes, 2),
  };
}

/** The zone a player lives in, from the stored rates in hundredths of a percent. */
export function primaryScoringZone(
  paint: bigint | null,
  midRange: bigint | null,
  three: bigint | null,
): string | null {
  if (paint === null || midRange === null || three === null) return null;
  if (paint >= 4000n) return 'paint';
  if (three >= 4000n) return 'perimeter';
  return midRange >= 3500n ? 'mid_range' : 'balanced';
}

/** The word for a number of games, given the fewest games for excellent, good and limited. */
export function sampleQuality(
  games: number,
  [excellent, good, limited]: readonly [number, number, number],
): string {
  if (games >= excellent) return 'excellent';
  if (games >= good) return 'good';
  return games >= limited ? 'limited' : 'insufficient';
}
