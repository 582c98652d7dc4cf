/** Made-up files in the shape of NBA.com's PlayerGameLogs and ShotChartDetail. */
export type SourceRow = Readonly<Record<string, string | number | null>>;

export interface LoggedGame {
  /** The id of the game, ten digits. */
  readonly id: string;
  /** `2023-11-01` */
  readonly date: string;
  readonly away: string;
  readonly home: string;
}

const teamIds: Readonly<Record<string, number>> = {
  ATL: 1610612737,
  BOS: 1610612738,
  BKN: 1610612751,
  DEN: 1610612743,
  GUA: 50009,
  HOU: 1610612745,
  IND: 1610612754,
  LAL: 1610612747,
  MIA: 1610612748,
  MIL: 1610612749,
  NYK: 1610612752,
  OKC: 1610612760,
  PHX: 1610612756,
  SAS: 1610612759,
  UTA: 1610612762,
  WAS: 1610612764,
  CLE: 1610612739,
  TOR: 1610612761,
};
const players = [1, 2, 3, 4, 5, 6, 7, 8] as const;
const teamOrder = Object.keys(teamIds);

/** A sound box score: eight players a side with 30 minutes each; the home team wins by a point. */
export function gameLog(game: LoggedGame): readonly SourceRow[] {
  return [game.away, game.home].flatMap((team) =>
    players.map((player) => boxRow(game, team, player)),
  );
}

/** The id of a team's player by his number in it. @throws for a team that has no id here. */
export function playerId(team: string, player: number): number {
  if (teamIds[team] === undefined) throw new Error(`no id for the team "${team}"`);
  return 1000 * (1 + teamOrder.indexOf(team)) + player;
}

/** `0022300061` → `2023-24`, as the log writes the season. */
function seasonOf(id: string): string {
  const digits = Number(id.slice(3, 5));
  const year = (digits >= 46 ? 1900 : 2000) + digits;
  return `${year}-${String((year + 1) % 100).padStart(2, '0')}`;
}

function boxRow({ id, date, away, home }: LoggedGame, team: string, player: number): SourceRow {
  const isHome = team === home;
  const extra = isHome && player === 1 ? 1 : 0;
  return {
    SEASON_YEAR: seasonOf(id),
    PLAYER_ID: playerId(team, player),
    PLAYER_NAME: `${team} Player ${'ABCDEFGH'[player - 1]}`,
    TEAM_ID: teamIds[team] ?? 0,
    TEAM_ABBREVIATION: team,
    GAME_ID: id,
    GAME_DATE: `${date}T00:00:00`,
    MATCHUP: isHome ? `${team} vs. ${away}` : `${team} @ ${home}`,
    WL: isHome ? 'W' : 'L',
    MIN: 30,
    MIN_SEC: '30:00',
    FGM: 4,
    FGA: 9,
    FG3M: 1,
    FG3A: 3,
    FTM: 2 + extra,
    FTA: 3,
    OREB: 1,
    DREB: 4,
    AST: 3,
    TOV: 1,
    STL: 1,
    BLK: 0,
    PF: 2,
    PTS: 11 + extra,
    // Five of the eight were on court for the point.
    PLUS_MINUS: player > 5 ? 0 : isHome ? 1 : -1,
  };
}

/** A shot chart that agrees with {@link gameLog}. */
export function shotChart(game: LoggedGame): readonly SourceRow[] {
  return [game.away, game.home].flatMap((team, side) =>
    players.flatMap((player) =>
      Array.from({ length: 9 }, (_, shot) => ({
        GAME_ID: game.id,
        GAME_EVENT_ID: 1000 * side + 10 * player + shot,
        GAME_DATE: game.date.replaceAll('-', ''),
        PLAYER_ID: playerId(team, player),
        TEAM_ID: teamIds[team] ?? 0,
        SHOT_TYPE: shot < 3 ? '3PT Field Goal' : '2PT Field Goal',
        SHOT_DISTANCE: shot < 3 ? 24 : shot < 6 ? 4 : 15,
        // One of three threes and three of six twos go in.
        SHOT_MADE_FLAG: shot === 0 || shot === 3 || shot === 4 || shot === 6 ? 1 : 0,
        HTM: game.home,
        VTM: game.away,
      })),
    ),
  );
}

/** The rows with some values of the one at `index` replaced. */
export function withRow(
  rows: readonly SourceRow[],
  index: number,
  values: SourceRow,
): readonly SourceRow[] {
  return rows.map((row, position) => (position === index ? { ...row, ...values } : row));
}

/** The rows with some values of each replaced. */
export function withEach(
  rows: readonly SourceRow[],
  values: (row: SourceRow) => SourceRow,
): readonly SourceRow[] {
  return rows.map((row) => ({ ...row, ...values(row) }));
}
