import { features } from '../../data_processors/precompute/ml_feature_store/features.ts';
import type { GameDate } from '../calendar/game-date.ts';
import { readEntityFate } from '../ledger/read-exclusions.ts';
import { qualifiedName, type StoredTable } from '../table/table-definition.ts';
import type { Row, Warehouse } from '../warehouse/warehouse.ts';
import { absentUnit } from './absent-unit.ts';
import { ApiError } from './api-error.ts';
import type { Zone } from './court-zones.ts';
import type {
  FactorsAnswer,
  FeatureAnswer,
  GameAnswer,
  PlayerDateAnswer,
  PlayerName,
  ZoneGames,
  ZoneNumbers,
} from './player-api-types.ts';
import { gamesSql, toGameAnswer } from './player-games.ts';
import { playerNamesSql, toPlayerName } from './players-endpoint.ts';
import { readDate, readPlayerId, readTable } from './request-values.ts';
import { cellNumber, cellText, cellTexts, cellTruth } from './rows.ts';
import type { ServeContext } from './serve-context.ts';
import type { OpenedWarehouse } from './warehouse-reader.ts';

const shownGames = 10;

/** All that was known of a player before a date. */
export function playerDateEndpoint(
  { read, tables }: ServeContext,
  playerId: string,
  day: string,
): Promise<PlayerDateAnswer> {
  const id = readPlayerId(playerId);
  const date = readDate(day);
  const table = (name: string) => readTable(tables, name);
  return read(async (opened) => {
    const { warehouse, world } = opened.engine;
    const sql = warehouse.dialect;
    const isPlayer = `universal_player_id = ${sql.string(id)}`;
    const [named] = await warehouse.query(playerNamesSql(isPlayer));
    if (!named) throw new ApiError('not_found', `no player has the id ${id}`);
    const [before] = await warehouse.query(
      playerNamesSql(`${isPlayer} AND game_date < ${sql.date(date)}`),
    );
    const player = before ? toPlayerName(before) : unseen(toPlayerName(named));
    const own = (name: string) => oneRow(warehouse, table(name), date, 'universal_player_id', id);

    const context = await own('upcoming_player_game_context');
    const store = await own('ml_feature_store');
    const factors = await own('player_composite_factors');
    const shots = await own('player_shot_zone_analysis');
    const opponent = cellText(context, 'opponent_team_abbr');
    const zonesTable = table('team_defense_zone_analysis');
    const defense =
      opponent === null
        ? undefined
        : await oneRow(warehouse, zonesTable, date, 'team_abbr', opponent);
    return {
      player,
      date,
      games_of_date: world.calendar.scheduled(date)?.games ?? 0,
      absent: store ? null : await whyAbsent(opened, table('ml_feature_store'), date, id),
      ...(await neighbours(warehouse, table('upcoming_player_game_context'), date, id)),
      game: context ? toGame(context) : null,
      features: store ? toFeatures(store) : null,
      quality: store ? toQuality(store) : null,
      factors: factors ? toFactors(factors) : null,
      primary_zone: cellText(shots, 'primary_scoring_zone'),
      zone_games: {
        own: toZoneGames(shots, 'games_in_sample_10'),
        allowed: toZoneGames(defense, 'games_in_sample'),
      },
      zones: {
        paint: toZone('paint', shots, defense),
        mid_range: toZone('mid_range', shots, defense),
        three_pt: toZone('three_pt', shots, defense),
      },
      last_games: await lastGames(warehouse, date, id),
    };
  });
}

/** Who has not played before a date: all that is known of him then is who he is. */
function unseen({ id, name }: PlayerName): PlayerName {
  return { id, name, team: '', first_date: '', last_date: '', games: 0 };
}

function toZoneGames(row: Row | undefined, games: string): ZoneGames | null {
  return row === undefined
    ? null
    : {
        games: cellNumber(row, games) ?? 0,
        charted: cellNumber(row, 'games_with_shot_zones') ?? 0,
      };
}

async function oneRow(
  warehouse: Warehouse,
  table: StoredTable,
  date: GameDate,
  key: string,
  value: string,
): Promise<Row | undefined> {
  const sql = warehouse.dialect;
  const [row] = await warehouse.query(`
SELECT *
FROM ${qualifiedName(table)}
WHERE ${table.partition} = ${sql.date(date)}
  AND ${key} = ${sql.string(value)}`);
  return row;
}

async function whyAbsent(
  opened: OpenedWarehouse,
  table: StoredTable,
  date: GameDate,
  id: string,
): Promise<string> {
  const absent = absentUnit(opened, table.name, date);
  if (absent !== undefined) return absent;
  const fate = await readEntityFate(opened.engine.warehouse, table, date, id);
  return fate.kind === 'excluded'
    ? `left out: ${fate.reasonCode}`
    : 'not among the players of this date: his team does not play, or he has not played in 30 days';
}

/** The dates before and after on which the player is expected to play. */
async function neighbours(
  warehouse: Warehouse,
  table: StoredTable,
  date: GameDate,
  id: string,
): Promise<Pick<PlayerDateAnswer, 'previous' | 'next'>> {
  const sql = warehouse.dialect;
  const day = sql.date(date);
  const column = table.partition;
  const [row] = await warehouse.query(`
SELECT
  CAST(MAX(CASE WHEN ${column} < ${day} THEN ${column} END) AS STRING) AS previous,
  CAST(MIN(CASE WHEN ${column} > ${day} THEN ${column} END) AS STRING) AS next
FROM ${qualifiedName(table)}
WHERE universal_player_id = ${sql.string(id)}`);
  return { previous: cellText(row, 'previous'), next: cellText(row, 'next') };
}

async function lastGames(
  warehouse: Warehouse,
  date: GameDate,
  id: string,
): Promise<readonly GameAnswer[]> {
  const sql = warehouse.dialect;
  const day = sql.date(date);
  const season = `SELECT MAX(season_year) FROM nba_raw.schedule WHERE game_date <= ${day}`;
  const rows = await warehouse.query(`
${gamesSql(sql, id, `game_date < ${day}`)}
  AND season_year = (${season})
ORDER BY game_date DESC
LIMIT ${shownGames}`);
  return rows.map(toGameAnswer);
}

function toGame(context: Row): PlayerDateAnswer['game'] {
  return {
    team: cellText(context, 'team_abbr') ?? '',
    opponent: cellText(context, 'opponent_team_abbr') ?? '',
    home: cellTruth(context, 'home_game'),
    days_rest: cellNumber(context, 'days_rest'),
    games_played: cellNumber(context, 'games_played_season'),
    status: cellText(context, 'player_status'),
    line: cellNumber(context, 'current_points_line'),
    spread: cellNumber(context, 'game_spread'),
    total: cellNumber(context, 'game_total'),
  };
}

function toFeatures(row: Row): readonly FeatureAnswer[] {
  const names = cellTexts(row, 'feature_names');
  const sources = cellTexts(row, 'feature_sources');
  return cellTexts(row, 'features').map((value, index) => {
    const name = names[index] ?? '';
    const defined = features.find((feature) => feature.name === name);
    return {
      name,
      meaning: defined?.meaning ?? '',
      unit: defined?.unit ?? '',
      formula: defined?.formula ?? '',
      value: Number(value),
      source: sources[index] ?? '',
    };
  });
}

function toQuality(row: Row): PlayerDateAnswer['quality'] {
  return {
    score: cellNumber(row, 'feature_quality_score') ?? 0,
    tier: cellText(row, 'data_quality_tier') ?? '',
    issues: cellTexts(row, 'data_quality_issues'),
    run_id: cellText(row, 'run_id') ?? '',
    hash: cellText(row, 'data_hash') ?? '',
  };
}

function toFactors(row: Row): FactorsAnswer {
  const must = (column: string) => cellNumber(row, column) ?? 0;
  return {
    fatigue_score: must('fatigue_score'),
    fatigue: must('fatigue_adjustment'),
    matchup: must('shot_zone_mismatch_score'),
    pace: must('pace_score'),
    usage: must('usage_spike_score'),
    total: must('total_composite_adjustment'),
    fatigue_factors: cellTexts(row, 'fatigue_factors'),
    mismatch_zone: cellText(row, 'mismatch_zone'),
    mismatch_rate: cellNumber(row, 'mismatch_zone_rate'),
    mismatch_vs_league: cellNumber(row, 'mismatch_defense_vs_league_avg'),
    pace_differential: cellNumber(row, 'pace_differential'),
    projected_usage: cellNumber(row, 'projected_usage_rate'),
    average_usage: cellNumber(row, 'avg_usage_rate_last_7_games'),
    stars_out: cellNumber(row, 'star_teammates_out'),
    missing: cellTexts(row, 'missing_data_fields'),
    warnings: cellTexts(row, 'warning_details'),
  };
}

function toZone(zone: Zone, shots: Row | undefined, defense: Row | undefined): ZoneNumbers {
  return {
    rate: cellNumber(shots, `${zone}_rate_last_10`),
    pct: cellNumber(shots, `${zone}_pct_last_10`),
    attempts: cellNumber(shots, `${zone}_attempts_per_game`),
    allowed_pct: cellNumber(defense, `${zone}_pct_allowed_last_15`),
    allowed_attempts: cellNumber(defense, `${zone}_attempts_allowed_per_game`),
    vs_league: cellNumber(defense, `${zone}_defense_vs_league_avg`),
    league_pct: cellNumber(defense, `league_${zone}_pct`),
  };
}
