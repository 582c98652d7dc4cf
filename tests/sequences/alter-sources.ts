/** Relations over other relations in which a game, a row or a shot is not what it was. */
import type { KnownGame, Sources } from './source-desk.ts';

/** A row of a box score, or a shot. */
export interface PickedRow {
  readonly game: string;
  /** Player of a row, event of a shot. */
  readonly entry: string;
  readonly date: string;
}

const isGame = (id: string) => `GAME_ID = '${id}'`;
const isRow = ({ game, entry }: PickedRow) => `${isGame(game)} AND PLAYER_ID = ${entry}`;

function replacing(relation: string, condition: string, values: Readonly<Record<string, string>>) {
  const replaced = Object.entries(values).map(
    ([column, value]) => `CASE WHEN ${condition} THEN ${value} ELSE ${column} END AS ${column}`,
  );
  return `(SELECT * REPLACE (${replaced.join(', ')}) FROM ${relation})`;
}

const without = (relation: string, condition: string) =>
  `(SELECT * FROM ${relation} WHERE NOT (${condition}))`;

const both = (sources: Sources, change: (relation: string) => string): Sources => ({
  logs: change(sources.logs),
  shots: change(sources.shots),
});

export function withGameOn(sources: Sources, game: KnownGame, date: string): Sources {
  return both(sources, (rows) => replacing(rows, isGame(game.id), { GAME_DATE: `'${date}'` }));
}

export function withGameUnder(sources: Sources, game: KnownGame, id: string): Sources {
  return both(sources, (rows) => replacing(rows, isGame(game.id), { GAME_ID: `'${id}'` }));
}

export function withoutGame(sources: Sources, game: KnownGame): Sources {
  return both(sources, (rows) => without(rows, isGame(game.id)));
}

/** The same game once more, under another id and on another date. */
export function withGameTwice(
  sources: Sources,
  game: KnownGame,
  id: string,
  date: string,
): Sources {
  return both(
    sources,
    (rows) => `(SELECT * FROM ${rows} UNION ALL
SELECT * REPLACE ('${id}' AS GAME_ID, '${date}' AS GAME_DATE) FROM ${rows} WHERE ${isGame(game.id)})`,
  );
}

export function withRowOn({ logs, shots }: Sources, row: PickedRow, date: string): Sources {
  return { logs: replacing(logs, isRow(row), { GAME_DATE: `'${date}'` }), shots };
}

export function withImpossibleRow({ logs, shots }: Sources, row: PickedRow): Sources {
  return { logs: replacing(logs, isRow(row), { FGM: 'FGA + 1' }), shots };
}

export function withAssist({ logs, shots }: Sources, row: PickedRow): Sources {
  return { logs: replacing(logs, isRow(row), { AST: 'AST + 1' }), shots };
}

/** Only for a winner: a game must not become a tie. */
export function withFreeThrow({ logs, shots }: Sources, row: PickedRow): Sources {
  const more = { FTM: 'FTM + 1', FTA: 'FTA + 1', PTS: 'PTS + 1' };
  return { logs: replacing(logs, isRow(row), more), shots };
}

export function withoutRow({ logs, shots }: Sources, row: PickedRow): Sources {
  return { logs: without(logs, isRow(row)), shots };
}

const counts = 'FGM FGA FG3M FG3A FTM FTA OREB DREB REB AST TOV STL BLK PF PTS PLUS_MINUS MIN';

/** Somebody more who is listed for a game and did not play. */
export function withBenchRow({ logs, shots }: Sources, row: PickedRow, number: number): Sources {
  const zeros = counts.split(' ').map((column) => `0 AS ${column}`);
  return {
    logs: `(SELECT * FROM ${logs} UNION ALL
SELECT * REPLACE (${9_900_000 + number} AS PLAYER_ID, 'Late Addition${number}' AS PLAYER_NAME, '0:00' AS MIN_SEC,
  ${zeros.join(', ')}) FROM ${logs} WHERE ${isRow(row)})`,
    shots,
  };
}

const isShot = ({ game, entry }: PickedRow) => `${isGame(game)} AND GAME_EVENT_ID = ${entry}`;

export function withShotFarther({ logs, shots }: Sources, shot: PickedRow): Sources {
  return { logs, shots: replacing(shots, isShot(shot), { SHOT_DISTANCE: 'SHOT_DISTANCE + 1' }) };
}

export function withoutShot({ logs, shots }: Sources, shot: PickedRow): Sources {
  return { logs, shots: without(shots, isShot(shot)) };
}
