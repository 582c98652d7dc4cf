import type { Row } from './canonical-row.ts';
import { listText, NULL_TEXT, text } from './canonical-row.ts';
import { decimalText, quotientText, rounded } from './exact.ts';
import { groupBy } from './group-by.ts';
import type { PlayerBoxRow, RawRows, ScheduleRow, ShotRow } from './raw-rows.ts';
import { rowsOnDate } from './rows-on-date.ts';
import type { ZoneCounts } from './shot-zones.ts';
import { agreesWithBox, countZones } from './shot-zones.ts';

const REGULATION_SECONDS = 14_400;
const OVERTIME_SECONDS = 1_500;

interface TeamBox {
  readonly seconds_played: number;
  readonly fgm: number;
  readonly fga: number;
  readonly fg3m: number;
  readonly fg3a: number;
  readonly ftm: number;
  readonly fta: number;
  readonly oreb: number;
  readonly dreb: number;
  readonly ast: number;
  readonly tov: number;
  readonly stl: number;
  readonly blk: number;
  readonly pf: number;
  readonly pts: number;
}

type TeamZones = Readonly<Record<string, ZoneCounts>> | null;

/** `team_offense_game_summary` of one date: two rows per game that has box rows of both teams. */
export function oracleTeamOffenseGameSummary(raw: RawRows, date: string): readonly Row[] {
  const boxOfGame = groupBy(rowsOnDate(raw.player_box, date), (row) => row.nba_game_id);
  const shotsOfGame = groupBy(rowsOnDate(raw.shots, date), (row) => row.nba_game_id);
  return rowsOnDate(raw.schedule, date).flatMap((game) =>
    rowsOfGame(
      game,
      boxOfGame.get(game.nba_game_id) ?? [],
      shotsOfGame.get(game.nba_game_id) ?? [],
    ),
  );
}

function rowsOfGame(
  game: ScheduleRow,
  box: readonly PlayerBoxRow[],
  shots: readonly ShotRow[],
): readonly Row[] {
  const teamA = game.team_a_abbr;
  const teamB = game.team_b_abbr;
  const boxA = box.filter((row) => row.team_abbr === teamA);
  const boxB = box.filter((row) => row.team_abbr === teamB);
  if (boxA.length === 0 || boxB.length === 0) return [];
  const a = sumBox(boxA);
  const b = sumBox(boxB);
  const zones = usableZones(shots, teamA, a, teamB, b);
  const issues: string[] = [];
  if (game.home_team_abbr === null) issues.push('home_side_unknown');
  if (shots.length > 0 && zones === null) issues.push('shot_chart_mismatch');
  return [
    teamRow(game, teamA, teamB, a, b, zones, issues),
    teamRow(game, teamB, teamA, b, a, zones, issues),
  ];
}

function sumBox(rows: readonly PlayerBoxRow[]): TeamBox {
  const sum = (column: keyof TeamBox): number =>
    rows.reduce((total, row) => total + (row[column] ?? 0), 0);
  return {
    seconds_played: sum('seconds_played'),
    fgm: sum('fgm'),
    fga: sum('fga'),
    fg3m: sum('fg3m'),
    fg3a: sum('fg3a'),
    ftm: sum('ftm'),
    fta: sum('fta'),
    oreb: sum('oreb'),
    dreb: sum('dreb'),
    ast: sum('ast'),
    tov: sum('tov'),
    stl: sum('stl'),
    blk: sum('blk'),
    pf: sum('pf'),
    pts: sum('pts'),
  };
}

function usableZones(
  shots: readonly ShotRow[],
  teamA: string,
  a: TeamBox,
  teamB: string,
  b: TeamBox,
): TeamZones {
  if (shots.length === 0) return null;
  const zonesA = countZones(shots.filter((shot) => shot.team_abbr === teamA));
  const zonesB = countZones(shots.filter((shot) => shot.team_abbr === teamB));
  if (!agreesWithBox(zonesA, a) || !agreesWithBox(zonesB, b)) return null;
  return { [teamA]: zonesA, [teamB]: zonesB };
}

function teamRow(
  game: ScheduleRow,
  team: string,
  opponent: string,
  own: TeamBox,
  other: TeamBox,
  zonesOfTeam: TeamZones,
  issues: readonly string[],
): Row {
  const zones = zonesOfTeam?.[team];
  const seconds = own.seconds_played;
  const overtime = rounded(seconds - REGULATION_SECONDS, OVERTIME_SECONDS, 0);
  const possessionHundredths = 100 * (own.fga + own.tov - own.oreb) + 44 * own.fta;
  const shootingHundredths = 100 * own.fga + 44 * own.fta;
  return {
    game_id: text(game.game_id),
    nba_game_id: text(game.nba_game_id),
    game_date: text(game.game_date),
    season_year: text(game.season_year),
    game_type: text(game.game_type),
    team_abbr: text(team),
    opponent_team_abbr: text(opponent),
    home_game: text(game.home_team_abbr === null ? null : game.home_team_abbr === team),
    points_scored: text(own.pts),
    fg_makes: text(own.fgm),
    fg_attempts: text(own.fga),
    three_pt_makes: text(own.fg3m),
    three_pt_attempts: text(own.fg3a),
    ft_makes: text(own.ftm),
    ft_attempts: text(own.fta),
    offensive_rebounds: text(own.oreb),
    defensive_rebounds: text(own.dreb),
    assists: text(own.ast),
    turnovers: text(own.tov),
    steals: text(own.stl),
    blocks: text(own.blk),
    personal_fouls: text(own.pf),
    rebounds: text(own.oreb + own.dreb),
    team_seconds: text(seconds),
    overtime_periods: decimalText(overtime < 0n ? 0n : overtime, 0),
    has_shot_zones: text(zones !== undefined),
    paint_makes: text(zones?.paint.makes ?? null),
    paint_attempts: text(zones?.paint.attempts ?? null),
    mid_range_makes: text(zones?.mid_range.makes ?? null),
    mid_range_attempts: text(zones?.mid_range.attempts ?? null),
    zone_three_pt_makes: text(zones?.three.makes ?? null),
    zone_three_pt_attempts: text(zones?.three.attempts ?? null),
    points_in_paint_scored: text(zones ? 2 * zones.paint.makes : null),
    possessions: decimalText(BigInt(possessionHundredths), 2),
    offensive_rating:
      possessionHundredths <= 0
        ? NULL_TEXT
        : quotientText(100 * own.pts * 100, possessionHundredths, 2),
    pace:
      possessionHundredths <= 0 || seconds === 0
        ? NULL_TEXT
        : quotientText(possessionHundredths * REGULATION_SECONDS, 100 * seconds, 1),
    ts_pct:
      shootingHundredths === 0 ? NULL_TEXT : quotientText(100 * own.pts, 2 * shootingHundredths, 3),
    win_flag: text(own.pts > other.pts),
    margin_of_victory: text(own.pts - other.pts),
    data_quality_issues: listText(issues),
  };
}
