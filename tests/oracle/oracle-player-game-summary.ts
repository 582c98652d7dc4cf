import type { Row } from './canonical-row.ts';
import { cell, flag, listItems, listText, NULL_TEXT, text, whole } from './canonical-row.ts';
import type { PointsLine } from './choose-points-line.ts';
import { choosePointsLine } from './choose-points-line.ts';
import type { Ratio } from './exact.ts';
import { decimalText, quotientText, ratio } from './exact.ts';
import { groupBy } from './group-by.ts';
import type { PlayerBoxRow, RawRows, ShotRow } from './raw-rows.ts';
import { rowOfTeamGame } from './rows-by-game-and-team.ts';
import { rowsOnDate } from './rows-on-date.ts';
import { agreesWithBox, countZones } from './shot-zones.ts';
import { isAfterScheduledTipoff } from './tip-off-cut-off.ts';

const COURT_PLACES = 5;

interface PlayerGame {
  readonly box: PlayerBoxRow;
  readonly lookup: string;
  /** The row of his team in `team_offense_game_summary`. */
  readonly team: Row;
  readonly shots: readonly ShotRow[];
  readonly gameHasAssistData: boolean;
  readonly line: PointsLine | null;
}

/** `player_game_summary` of one date: a row for each box row of a game with offense rows. */
export function oraclePlayerGameSummary(
  raw: RawRows,
  offenseRows: readonly Row[],
  date: string,
): readonly Row[] {
  const boxRows = rowsOnDate(raw.player_box, date);
  const shots = rowsOnDate(raw.shots, date);
  const shotsOfPlayer = groupBy(shots, (shot) => `${shot.nba_game_id} ${shot.player_id}`);
  const propsOfPlayer = groupBy(rowsOnDate(raw.player_props, date), (prop) => prop.player_lookup);
  const gamesWithAssistData = new Set(
    shots.filter((shot) => shot.is_assisted !== null).map((shot) => shot.nba_game_id),
  );
  const games = new Map(rowsOnDate(raw.schedule, date).map((game) => [game.nba_game_id, game]));
  const lookups = lookupsOnDate(boxRows);
  return boxRows.flatMap((box): readonly Row[] => {
    const team = rowOfTeamGame(offenseRows, box.nba_game_id, box.team_abbr);
    if (!team) return [];
    const lookup = lookups.get(box.player_id) ?? box.player_lookup;
    return [
      playerRow({
        box,
        lookup,
        team,
        shots: shotsOfPlayer.get(`${box.nba_game_id} ${box.player_id}`) ?? [],
        gameHasAssistData: gamesWithAssistData.has(box.nba_game_id),
        line: choosePointsLine(
          (propsOfPlayer.get(lookup) ?? []).filter(
            (prop) => !isAfterScheduledTipoff(prop, games.get(box.nba_game_id)),
          ),
        ),
      }),
    ];
  });
}

/** Of players who share a lookup on a date the smallest id keeps it, the others get their id. */
function lookupsOnDate(boxRows: readonly PlayerBoxRow[]): ReadonlyMap<number, string> {
  const lookups = new Map<number, string>();
  for (const [lookup, rows] of groupBy(boxRows, (row) => row.player_lookup)) {
    const smallest = Math.min(...rows.map((row) => row.player_id));
    for (const { player_id } of rows) {
      lookups.set(player_id, player_id === smallest ? lookup : `${lookup}_${player_id}`);
    }
  }
  return lookups;
}

function playerRow({ box, lookup, team, shots, gameHasAssistData, line }: PlayerGame): Row {
  const seconds = box.seconds_played;
  const usable = flag(team, 'has_shot_zones');
  const counted = countZones(shots);
  const zones = usable ? counted : null;
  const assisted = assistedMakes(usable && gameHasAssistData, shots);
  const usage = usageRatio(box, team);
  const usageOver100 = usage !== null && usage.num > 100n * usage.den;
  const shotsMismatch = usable
    ? !agreesWithBox(counted, box)
    : listItems(cell(team, 'data_quality_issues')).includes('shot_chart_mismatch');
  const issues: string[] = [];
  if (cell(team, 'home_game') === NULL_TEXT) issues.push('home_side_unknown');
  if (shotsMismatch) issues.push('shot_chart_mismatch');
  if (usageOver100) issues.push('usage_over_100');
  if (seconds === 0) issues.push('zero_seconds');
  return {
    universal_player_id: text(String(box.player_id)),
    player_lookup: text(lookup),
    player_full_name: text(box.player_name),
    game_id: cell(team, 'game_id'),
    nba_game_id: cell(team, 'nba_game_id'),
    game_date: cell(team, 'game_date'),
    season_year: cell(team, 'season_year'),
    game_type: cell(team, 'game_type'),
    team_abbr: cell(team, 'team_abbr'),
    opponent_team_abbr: cell(team, 'opponent_team_abbr'),
    home_game: cell(team, 'home_game'),
    is_active: text(seconds !== null && seconds > 0),
    starter_flag: text(box.starter),
    win_flag: cell(team, 'win_flag'),
    seconds_played: text(seconds),
    minutes_played: seconds === null ? NULL_TEXT : quotientText(seconds, 60, 1),
    points: text(box.pts),
    assists: text(box.ast),
    offensive_rebounds: text(box.oreb),
    defensive_rebounds: text(box.dreb),
    rebounds: text(box.oreb === null || box.dreb === null ? null : box.oreb + box.dreb),
    steals: text(box.stl),
    blocks: text(box.blk),
    turnovers: text(box.tov),
    personal_fouls: text(box.pf),
    plus_minus: text(box.plus_minus),
    fg_makes: text(box.fgm),
    fg_attempts: text(box.fga),
    three_pt_makes: text(box.fg3m),
    three_pt_attempts: text(box.fg3a),
    ft_makes: text(box.ftm),
    ft_attempts: text(box.fta),
    has_shot_zones: text(usable),
    paint_makes: text(zones?.paint.makes ?? null),
    paint_attempts: text(zones?.paint.attempts ?? null),
    mid_range_makes: text(zones?.mid_range.makes ?? null),
    mid_range_attempts: text(zones?.mid_range.attempts ?? null),
    zone_three_pt_makes: text(zones?.three.makes ?? null),
    zone_three_pt_attempts: text(zones?.three.attempts ?? null),
    assisted_fg_makes: text(assisted?.assisted ?? null),
    unassisted_fg_makes: text(assisted?.unassisted ?? null),
    usage_rate: usage === null || usageOver100 ? NULL_TEXT : quotientText(usage.num, usage.den, 1),
    ts_pct: trueShootingText(box),
    efg_pct: effectiveShootingText(box),
    ...lineColumns(line, box.pts),
    data_quality_issues: listText(issues),
  };
}

function assistedMakes(
  known: boolean,
  shots: readonly ShotRow[],
): { readonly assisted: number; readonly unassisted: number } | null {
  const made = shots.filter((shot) => shot.made);
  if (!known || made.some((shot) => shot.is_assisted === null)) return null;
  const assisted = made.filter((shot) => shot.is_assisted === true).length;
  return { assisted, unassisted: made.length - assisted };
}

/** Usage in percent, unrounded; NULL without playing time or without any play of the team. */
function usageRatio(box: PlayerBoxRow, team: Row): Ratio | null {
  const { seconds_played: seconds, fga, fta, tov } = box;
  if (seconds === null || seconds === 0 || fga === null || fta === null || tov === null) {
    return null;
  }
  const own = 100 * (fga + tov) + 44 * fta;
  const all =
    100 * (whole(team, 'fg_attempts') + whole(team, 'turnovers')) + 44 * whole(team, 'ft_attempts');
  if (all === 0) return null;
  return ratio(
    100n * BigInt(own) * BigInt(whole(team, 'team_seconds')),
    BigInt(COURT_PLACES) * BigInt(seconds) * BigInt(all),
  );
}

function trueShootingText({ pts, fga, fta }: PlayerBoxRow): string {
  if (pts === null || fga === null || fta === null || (fga === 0 && fta === 0)) return NULL_TEXT;
  return quotientText(100 * pts, 2 * (100 * fga + 44 * fta), 3);
}

function effectiveShootingText({ fgm, fg3m, fga }: PlayerBoxRow): string {
  if (fgm === null || fg3m === null || fga === null || fga === 0) return NULL_TEXT;
  return quotientText(2 * fgm + fg3m, 2 * fga, 3);
}

function lineColumns(line: PointsLine | null, points: number | null): Row {
  const marginTenths = line === null || points === null ? null : 10 * points - line.tenths;
  return {
    points_line: line === null ? NULL_TEXT : decimalText(BigInt(line.tenths), 1),
    points_line_source: text(line?.source ?? null),
    over_under_result: text(marginTenths === null ? null : overUnder(marginTenths)),
    margin: marginTenths === null ? NULL_TEXT : decimalText(BigInt(marginTenths), 1),
  };
}

function overUnder(marginTenths: number): string {
  if (marginTenths === 0) return 'PUSH';
  return marginTenths > 0 ? 'OVER' : 'UNDER';
}
