import type { GameDate } from '../calendar/game-date.ts';
import { readEntityFate } from '../ledger/read-exclusions.ts';
import { qualifiedName, type StoredTable } from '../table/table-definition.ts';
import type { Row, Warehouse } from '../warehouse/warehouse.ts';
import { ApiError } from './api-error.ts';
import type { Zone } from './court-zones.ts';
import type {
  FactorsAnswer,
  FeatureAnswer,
  GameAnswer,
  PlayerDateAnswer,
  ZoneNumbers,
} from './player-api-types.ts';
import { playerNamesSql, toPlayerName } from './players-endpoint.ts';
import { readDate, readPlayerId, readTable } from './request-values.ts';
import { numberOf, textOf, textsOf, truthOf } from './rows.ts';
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
    const [known] = await warehouse.query(
      playerNamesSql(`universal_player_id = ${sql.string(id)}`),
    );
    if (!known) throw new ApiError('not_found', `no player has the id ${id}`);
    const player = toPlayerName(known);
    const own = (name: string) => oneRow(warehouse, table(name), date, 'universal_player_id', id);

    const context = await own('upcoming_player_game_context');
    const features = await own('ml_feature_store');
    const factors = await own('player_composite_factors');
    const shots = await own('player_shot_zone_analysis');
    const opponent = textOf(context, 'opponent_team_abbr');
    const zonesTable = table('team_defense_zone_analysis');
    const defense =
      opponent === null
        ? undefined
        : await oneRow(warehouse, zonesTable, date, 'team_abbr', opponent);
    return {
      player,
      date,
      gamesOfDate: world.calendar.scheduled(date)?.games ?? 0,
      absent: features ? null : await whyAbsent(opened, table('ml_feature_store'), date, id),
      ...(await neighbours(warehouse, table('upcoming_player_game_context'), date, id)),
      game: context ? toGame(context) : null,
      features: features ? toFeatures(features) : null,
      quality: features ? toQuality(features) : null,
      factors: factors ? toFactors(factors) : null,
      primaryZone: textOf(shots, 'primary_scoring_zone'),
      zones: {
        paint: toZone('paint', shots, defense),
        mid_range: toZone('mid_range', shots, defense),
        three_pt: toZone('three_pt', shots, defense),
      },
      lastGames: await lastGames(warehouse, date, id),
    };
  });
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
  { engine, plan }: OpenedWarehouse,
  table: StoredTable,
  date: GameDate,
  id: string,
): Promise<string> {
  if (!engine.world.calendar.scheduled(date)) return 'no games on this date';
  const unit = plan().units.find((other) => other.table === table.name && other.date === date);
  if (unit && unit.state !== 'done' && unit.state !== 'stale') {
    return `${table.name} is ${unit.state}: ${unit.reason}`;
  }
  const fate = await readEntityFate(engine.warehouse, table, date, id);
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
  return { previous: textOf(row, 'previous'), next: textOf(row, 'next') };
}

async function lastGames(
  warehouse: Warehouse,
  date: GameDate,
  id: string,
): Promise<readonly GameAnswer[]> {
  const sql = warehouse.dialect;
  const rows = await warehouse.query(`
SELECT
  CAST(game_date AS STRING) AS game_date, opponent_team_abbr, home_game, win_flag, minutes_played, points,
  rebounds, assists, usage_rate, ts_pct
FROM nba_analytics.player_game_summary
WHERE universal_player_id = ${sql.string(id)}
  AND game_date < ${sql.date(date)}
  AND is_active
  AND season_year = (
    SELECT MAX(season_year)
    FROM nba_raw.schedule
    WHERE game_date <= ${sql.date(date)})
ORDER BY game_date DESC
LIMIT ${shownGames}`);
  return rows.map((row) => ({
    date: textOf(row, 'game_date') ?? '',
    opponent: textOf(row, 'opponent_team_abbr') ?? '',
    home: truthOf(row, 'home_game'),
    won: truthOf(row, 'win_flag'),
    minutes: numberOf(row, 'minutes_played'),
    points: numberOf(row, 'points'),
    rebounds: numberOf(row, 'rebounds'),
    assists: numberOf(row, 'assists'),
    usage: numberOf(row, 'usage_rate'),
    trueShooting: numberOf(row, 'ts_pct'),
  }));
}

function toGame(context: Row): PlayerDateAnswer['game'] {
  return {
    team: textOf(context, 'team_abbr') ?? '',
    opponent: textOf(context, 'opponent_team_abbr') ?? '',
    home: truthOf(context, 'home_game'),
    daysRest: numberOf(context, 'days_rest'),
    gamesPlayed: numberOf(context, 'games_played_season'),
    status: textOf(context, 'player_status'),
    line: numberOf(context, 'current_points_line'),
  };
}

function toFeatures(row: Row): readonly FeatureAnswer[] {
  const names = textsOf(row, 'feature_names');
  const sources = textsOf(row, 'feature_sources');
  return textsOf(row, 'features').map((value, index) => ({
    name: names[index] ?? '',
    value: Number(value),
    source: sources[index] ?? '',
  }));
}

function toQuality(row: Row): PlayerDateAnswer['quality'] {
  return {
    score: numberOf(row, 'feature_quality_score') ?? 0,
    tier: textOf(row, 'data_quality_tier') ?? '',
    issues: textsOf(row, 'data_quality_issues'),
    runId: textOf(row, 'run_id') ?? '',
    hash: textOf(row, 'data_hash') ?? '',
  };
}

function toFactors(row: Row): FactorsAnswer {
  const must = (column: string) => numberOf(row, column) ?? 0;
  return {
    fatigueScore: must('fatigue_score'),
    fatigue: must('fatigue_adjustment'),
    matchup: must('shot_zone_mismatch_score'),
    pace: must('pace_score'),
    usage: must('usage_spike_score'),
    total: must('total_composite_adjustment'),
    fatigueFactors: textsOf(row, 'fatigue_factors'),
    mismatchZone: textOf(row, 'mismatch_zone'),
    mismatchRate: numberOf(row, 'mismatch_zone_rate'),
    mismatchVsLeague: numberOf(row, 'mismatch_defense_vs_league_avg'),
    paceDifferential: numberOf(row, 'pace_differential'),
    projectedUsage: numberOf(row, 'projected_usage_rate'),
    averageUsage: numberOf(row, 'avg_usage_rate_last_7_games'),
    starsOut: numberOf(row, 'star_teammates_out'),
    missing: textsOf(row, 'missing_data_fields'),
    warnings: textsOf(row, 'warning_details'),
  };
}

function toZone(zone: Zone, shots: Row | undefined, defense: Row | undefined): ZoneNumbers {
  return {
    rate: numberOf(shots, `${zone}_rate_last_10`),
    pct: numberOf(shots, `${zone}_pct_last_10`),
    attempts: numberOf(shots, `${zone}_attempts_per_game`),
    allowedPct: numberOf(defense, `${zone}_pct_allowed_last_15`),
    allowedAttempts: numberOf(defense, `${zone}_attempts_allowed_per_game`),
    vsLeague: numberOf(defense, `${zone}_defense_vs_league_avg`),
    leaguePct: numberOf(defense, `league_${zone}_pct`),
  };
}
