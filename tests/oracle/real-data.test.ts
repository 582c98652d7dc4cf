import { resolve } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Row } from './canonical-row.ts';
import { cell, NULL_TEXT } from './canonical-row.ts';
import type { Ratio } from './exact.ts';
import { quotientText, rounded } from './exact.ts';
import { expectLine, linesOf } from './expect-vectors.ts';
import { findRow, pickColumns } from './find-row.ts';
import { leagueAverages } from './league-averages.ts';
import { oraclePlayerGameSummary } from './oracle-player-game-summary.ts';
import { oraclePlayerShotZoneAnalysis } from './oracle-player-shot-zone-analysis.ts';
import { oracleTeamDefenseGameSummary } from './oracle-team-defense-game-summary.ts';
import { oracleTeamDefenseZoneAnalysis } from './oracle-team-defense-zone-analysis.ts';
import { oracleTeamOffenseGameSummary } from './oracle-team-offense-game-summary.ts';
import type { RawRows } from './raw-rows.ts';
import { readNbaFiles } from './read-nba-files.ts';
import {
  CORRECTED_GAMES,
  DEFENSE,
  OFFENSE,
  PLAYER_GAMES,
  PLAYER_ZONES,
  POINTS_LINES,
  ROW_COUNTS,
  SEASON_STARTS,
  SWAPPED_GAME,
  TEAM_ZONES,
  TWO_SECONDS,
  UNUSABLE_GAMES,
  ZERO_ROW_DATES,
} from './real-vectors.ts';
import { countByColumn, sumColumn } from './sum-column.ts';

const OPTIONS = { minGames: 5, qualityThreshold: 0 };
const BOOTSTRAP_DAYS = 7;
const MS_PER_DAY = 86_400_000;
const REPOSITORY_ROOT = resolve(import.meta.dirname, '../..');

const folder = process.env['BACKCOURT_REAL_DATA'];
if (!folder) {
  process.stderr.write('oracle on real data: not run, BACKCOURT_REAL_DATA is not set\n');
}

describe.runIf(folder)('the oracle on real data', () => {
  let raw: RawRows;
  let dates: readonly string[];
  let offense: readonly Row[];
  let defense: readonly Row[];
  let players: readonly Row[];

  beforeAll(async () => {
    raw = await readNbaFiles(resolve(REPOSITORY_ROOT, folder ?? ''));
    dates = [...new Set(raw.schedule.map((game) => game.game_date))].sort();
    offense = dates.flatMap((date) => oracleTeamOffenseGameSummary(raw, date));
    defense = oracleTeamDefenseGameSummary(offense);
    players = dates.flatMap((date) => oraclePlayerGameSummary(raw, offense, date));
  });

  const seasonOf = (date: string): number =>
    raw.schedule.find((game) => game.game_date === date)?.season_year ?? 0;
  const builtDates = (): readonly string[] =>
    dates.filter((date) => {
      const start = SEASON_STARTS.get(seasonOf(date));
      if (start === undefined) throw new Error(`no season start for "${date}"`);
      return (Date.parse(date) - Date.parse(start)) / MS_PER_DAY >= BOOTSTRAP_DAYS;
    });
  const teamZones = (date: string): readonly Row[] =>
    oracleTeamDefenseZoneAnalysis(defense, raw, date, OPTIONS).rows;
  const playerZones = (date: string): readonly Row[] =>
    oraclePlayerShotZoneAnalysis(players, raw, date, OPTIONS).rows;

  describe('player_game_summary', () => {
    test.each(linesOf(PLAYER_GAMES))('%s', (key, expected) => {
      expectLine(players, PLAYER_GAMES, key, expected);
    });
    test.each(linesOf(POINTS_LINES))('%s', (key, expected) => {
      expectLine(players, POINTS_LINES, key, expected);
    });
    test.each(linesOf(TWO_SECONDS))('%s', (key, expected) => {
      const row = expectLine(players, TWO_SECONDS, key, expected);
      expect(row['data_quality_issues']).toBe('[usage_over_100]');
    });

    test('whole input', () => {
      expect(players).toHaveLength(111_748);
      expect(countByColumn(players, 'season_year')).toEqual({
        2021: 27_930,
        2022: 27_622,
        2023: 28_086,
        2024: 28_110,
      });
      expect(sumColumn(players, 'points', 0)).toBe('1187714');
      expect(sumColumn(players, 'seconds_played', 0)).toBe('152303050');
      expect(players.filter((row) => cell(row, 'usage_rate') !== NULL_TEXT)).toHaveLength(111_699);
      expect(sumColumn(players, 'usage_rate', 1)).toBe('2101981.2');
      expect(players.filter((row) => cell(row, 'is_active') === 'false')).toHaveLength(20);
      expect(countByColumn(players, 'over_under_result')).toMatchObject({
        OVER: 2939,
        UNDER: 3095,
        PUSH: 111,
      });
    });
  });

  describe('team_offense_game_summary and team_defense_game_summary', () => {
    test.each(linesOf(OFFENSE))('offense %s', (key, expected) => {
      expectLine(offense, OFFENSE, key, expected);
    });
    test.each(linesOf(DEFENSE))('defense %s', (key, expected) => {
      expectLine(defense, DEFENSE, key, expected);
    });

    test('whole input', () => {
      expect(offense).toHaveLength(10_514);
      expect(defense).toHaveLength(10_514);
      expect(sumColumn(offense, 'possessions', 2)).toBe('1059441.00');
      expect(sumColumn(offense, 'pace', 1)).toBe('1053233.9');
      expect(sumColumn(offense, 'offensive_rating', 2)).toBe('1179603.81');
    });

    test('usable games per season', () => {
      const usable = offense.filter((row) => cell(row, 'has_shot_zones') === 'true');
      expect(countByColumn(usable, 'season_year')).toEqual({
        2021: 2 * 580,
        2022: 2 * 1230,
        2023: 2 * 1229,
        2024: 2 * 1230,
      });
      expect(countByColumn(usable, 'game_type')).toEqual({ regular_season: usable.length });
    });

    test.each(CORRECTED_GAMES)('%s has one id and one home row', (gameId) => {
      const [, away, home] = gameId.split('_');
      const nbaId = cell(
        findRow(offense, { game_id: gameId, team_abbr: away ?? '' }),
        'nba_game_id',
      );
      const sides = offense
        .filter((row) => cell(row, 'nba_game_id') === nbaId)
        .map((row) => pickColumns(row, 'game_id team_abbr home_game'));
      expect(sides.sort()).toEqual([`${gameId} ${away} false`, `${gameId} ${home} true`].sort());
    });
  });

  describe('shots against the box', () => {
    test.each(UNUSABLE_GAMES)('%s has no zones and is named on every row', (id) => {
      const rows = [...offense, ...defense, ...players].filter(
        (row) => cell(row, 'nba_game_id') === id,
      );
      expect(rows.length).toBeGreaterThan(4);
      for (const row of rows) {
        expect(cell(row, 'has_shot_zones')).toBe('false');
        expect(cell(row, 'data_quality_issues')).toContain('shot_chart_mismatch');
      }
    });

    test('a swap between team-mates keeps the zones and names the two', () => {
      const rows = players.filter((row) => cell(row, 'nba_game_id') === SWAPPED_GAME.id);
      const named = rows.filter((row) =>
        cell(row, 'data_quality_issues').includes('shot_chart_mismatch'),
      );
      expect(countByColumn(rows, 'has_shot_zones')).toEqual({ true: rows.length });
      expect(named.map((row) => cell(row, 'player_full_name')).sort()).toEqual(
        SWAPPED_GAME.players,
      );
    });
  });

  describe('team_defense_zone_analysis', () => {
    test.each(linesOf(TEAM_ZONES))('%s', (key, expected) => {
      expectLine(teamZones(key.slice(0, 10)), TEAM_ZONES, key, expected);
    });

    test('whole input', () => {
      const rows = builtDates().flatMap(teamZones);
      expect(countByColumn(rows, 'season_year')).toEqual({
        2021: 5997,
        2022: 5968,
        2023: 5818,
        2024: 6002,
      });
      expect(sumColumn(rows, 'defensive_rating_last_15', 2)).toBe('2672647.65');
      expect(sumColumn(rows, 'opponent_pace', 1)).toBe('2383508.9');
      expect(sumColumn(rows, 'paint_defense_vs_league_avg', 2)).toBe('1588.12');
      expect(sumColumn(rows, 'mid_range_defense_vs_league_avg', 2)).toBe('-83.84');
      expect(sumColumn(rows, 'three_pt_defense_vs_league_avg', 2)).toBe('795.74');
      expect(countByColumn(rows, 'league_avg_source')).not.toHaveProperty('default');
    });
  });

  describe('player_shot_zone_analysis', () => {
    test.each(linesOf(PLAYER_ZONES))('%s', (key, expected) => {
      expectLine(playerZones(key.slice(0, 10)), PLAYER_ZONES, key, expected);
    });

    test('whole input', { timeout: 180_000 }, () => {
      const rows: Row[] = [];
      for (const date of builtDates()) rows.push(...playerZones(date).map(keepSummed));
      expect(rows).toHaveLength(376_569);
      expect(countByColumn(rows, 'season_year')).toEqual({
        2021: 96_070,
        2022: 91_214,
        2023: 92_786,
        2024: 96_499,
      });
      expect(sumColumn(rows, 'games_in_sample_10', 0)).toBe('3619965');
      expect(sumColumn(rows, 'paint_rate_last_10', 2)).toBe('14116724.58');
      expect(sumColumn(rows, 'mid_range_rate_last_10', 2)).toBe('4510028.61');
      expect(sumColumn(rows, 'three_pt_rate_last_10', 2)).toBe('12844440.63');
      const shareWithRates = [2021, 2022, 2023, 2024].map((season) => {
        const ofSeason = rows.filter((row) => cell(row, 'season_year') === String(season));
        const rated = ofSeason.filter((row) => cell(row, 'paint_rate_last_10') !== NULL_TEXT);
        return quotientText(100 * rated.length, ofSeason.length, 1);
      });
      expect(shareWithRates).toEqual(['45.8', '96.4', '96.5', '96.5']);
    });
  });

  describe('row counts', () => {
    test.each(ROW_COUNTS)('%s', (date, games, teamRows, playerRows, source, ratios) => {
      expect(raw.schedule.filter((game) => game.game_date === date)).toHaveLength(games);
      expect(teamZones(date)).toHaveLength(teamRows);
      expect(playerZones(date)).toHaveLength(playerRows);
      const before = defense.filter(
        (row) =>
          cell(row, 'season_year') === String(seasonOf(date)) && cell(row, 'game_date') < date,
      );
      const league = leagueAverages(before, date);
      const tenThousandths = ({ num, den }: Ratio): number => Number(rounded(num, den, 4));
      expect(league.source).toBe(source);
      expect([league.paint, league.mid_range, league.three_pt].map(tenThousandths)).toEqual(ratios);
    });

    test('805 dates are built, and the first two of each season have no row', () => {
      expect(builtDates()).toHaveLength(805);
      for (const date of ZERO_ROW_DATES) {
        expect([...teamZones(date), ...playerZones(date)]).toEqual([]);
      }
    });

    test.each([
      ['2021-10-28', 11],
      ['2022-10-27', 13],
      ['2023-11-02', 15],
      ['2024-10-31', 14],
      ['2021-10-31', 30],
      ['2022-10-30', 30],
      ['2023-11-05', 30],
      ['2024-11-03', 30],
    ])('on %s %i teams have a row', (date, teams) => {
      expect(teamZones(date)).toHaveLength(teams);
    });
  });

  test('rows on the date or later change nothing', () => {
    const date = '2023-11-15';
    const before = (row: Row): boolean => cell(row, 'game_date') < date;
    const knownResults = {
      schedule: raw.schedule,
      game_results: raw.game_results.filter((result) => result.game_date < date),
    };
    expect(
      oracleTeamDefenseZoneAnalysis(defense.filter(before), knownResults, date, OPTIONS).rows,
    ).toEqual(teamZones(date));
    expect(
      oraclePlayerShotZoneAnalysis(players.filter(before), knownResults, date, OPTIONS).rows,
    ).toEqual(playerZones(date));
  });
});

/** The columns that are added up over all dates; whole rows would not fit into memory well. */
function keepSummed(row: Row): Row {
  return {
    season_year: cell(row, 'season_year'),
    games_in_sample_10: cell(row, 'games_in_sample_10'),
    paint_rate_last_10: cell(row, 'paint_rate_last_10'),
    mid_range_rate_last_10: cell(row, 'mid_range_rate_last_10'),
    three_pt_rate_last_10: cell(row, 'three_pt_rate_last_10'),
  };
}
