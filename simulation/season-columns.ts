import type { BoxLine } from './box-line.ts';
import type { Shot } from './shoot.ts';
import type { PlayedGame, SimulatedSeason } from './simulate-season.ts';

/** Whole numbers by column, all columns of one length. */
export type IntegerColumns = Readonly<Record<string, readonly number[]>>;

/** The bulk of a season as numbers; games are given by their index in the season, players by id. */
export interface SeasonColumns {
  /** One row per line of a box score, in order of game. */
  readonly box: IntegerColumns;
  /** One row per field goal attempt of the regular season, in order of game and event. */
  readonly shots: IntegerColumns;
}

type Reader<Row> = (row: Row, game: number, rowNumber: number) => number;

const BOX: Readonly<Record<string, Reader<BoxLine>>> = {
  row_number: (_line, _game, rowNumber) => rowNumber,
  game: (_line, game) => game,
  player_id: (line) => line.player.id,
  is_home: (line) => Number(line.isHome),
  seconds: (line) => line.seconds,
  fgm: (line) => line.fieldGoals,
  fga: (line) => line.fieldGoalAttempts,
  fg3m: (line) => line.threes,
  fg3a: (line) => line.threeAttempts,
  ftm: (line) => line.freeThrows,
  fta: (line) => line.freeThrowAttempts,
  oreb: (line) => line.offensiveRebounds,
  dreb: (line) => line.defensiveRebounds,
  ast: (line) => line.assists,
  tov: (line) => line.turnovers,
  stl: (line) => line.steals,
  blk: (line) => line.blocks,
  pf: (line) => line.fouls,
  plus_minus: (line) => line.plusMinus,
};

const SHOTS: Readonly<Record<string, Reader<Shot>>> = {
  row_number: (_shot, _game, rowNumber) => rowNumber,
  game: (_shot, game) => game,
  event_id: (shot) => shot.eventId,
  player_id: (shot) => shot.line.player.id,
  is_home: (shot) => Number(shot.line.isHome),
  period: (shot) => shot.period,
  seconds_left: (shot) => shot.secondsLeft,
  action: (shot) => shot.action,
  area: (shot) => shot.area,
  is_three: (shot) => Number(shot.isThree),
  distance: (shot) => shot.distance,
  x: (shot) => shot.x,
  y: (shot) => shot.y,
  made: (shot) => Number(shot.made),
};

export const boxColumnNames: readonly string[] = Object.keys(BOX);
export const shotColumnNames: readonly string[] = Object.keys(SHOTS);

/** The season as columns. The postseason has no shots, as in the source. */
export function seasonColumns({ games }: SimulatedSeason): SeasonColumns {
  return {
    box: columnsOf(games, BOX, (played) => played.lines),
    shots: columnsOf(games, SHOTS, (played) =>
      played.game.seasonType === 'Regular Season' ? played.shots : [],
    ),
  };
}

function columnsOf<Row>(
  games: readonly PlayedGame[],
  readers: Readonly<Record<string, Reader<Row>>>,
  rowsOf: (game: PlayedGame) => readonly Row[],
): IntegerColumns {
  const columns = Object.values(readers).map((read) => ({ read, values: [] as number[] }));
  let rowNumber = 0;
  games.forEach((played, game) => {
    for (const row of rowsOf(played)) {
      for (const { read, values } of columns) values.push(read(row, game, rowNumber));
      rowNumber += 1;
    }
  });
  return Object.fromEntries(
    Object.keys(readers).map((name, index) => [name, columns[index]?.values ?? []]),
  );
}
