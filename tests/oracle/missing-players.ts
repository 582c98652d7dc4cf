import type { Row } from './canonical-row.ts';
import { cell, NULL_TEXT, text, whole } from './canonical-row.ts';
import { decimalText, quotientText } from './exact.ts';
import { isOfRotation, seasonAmounts } from './named-features.ts';
import { oncePerInput } from './once-per-input.ts';
import { gamesBefore, gamesOfSeason } from './player-games.ts';
import { teamGamesBefore } from './team-allowance.ts';

interface Inputs {
  readonly playerContexts: readonly Row[];
  readonly playerRows: readonly Row[];
  readonly offenseRows: readonly Row[];
}

/** The rows of a player's games of the season before the date, newest first. */
export function gamesOfCandidate(playerRows: readonly Row[], context: Row): readonly Row[] {
  const games =
    gamesOfSeason(playerRows, whole(context, 'season_year')).get(
      cell(context, 'universal_player_id'),
    ) ?? [];
  return gamesBefore(games, cell(context, 'game_date')).map(({ row }) => row);
}

interface Presence {
  /** Games of his team, newest first: whether he played in each for that team. */
  readonly played: readonly boolean[];
  /** Games of his team since his latest one. */
  readonly missed: number | null;
}

function presenceOf({ playerRows, offenseRows }: Inputs, context: Row): Presence {
  const team = cell(context, 'team_abbr');
  const date = cell(context, 'game_date');
  const teamGames = teamGamesBefore(offenseRows, team, cell(context, 'season_year'), date);
  const own = gamesOfCandidate(playerRows, context).filter(
    (row) => cell(row, 'team_abbr') === team,
  );
  const dates = new Set(own.map((row) => cell(row, 'game_date')));
  const played = teamGames.map((row) => dates.has(cell(row, 'game_date')));
  const missed = played.indexOf(true);
  return { played, missed: missed === -1 ? null : missed };
}

const GROUPS: Readonly<Record<string, (presence: Presence, status: string) => boolean>> = {
  missing: ({ missed }) => missed !== null && missed >= 1,
  returned: ({ played, missed }) => missed === 0 && played.length > 1 && played[1] === false,
  out_by_report: (_, status) => status === 'out' || status === 'doubtful',
  returning_by_report: ({ missed }, status) =>
    missed !== null && missed >= 1 && (status === 'available' || status === 'probable'),
};

const FEATURES: readonly (readonly [string, string, readonly string[]])[] = [
  ['teammates', 'missing', ['count', 'minutes', 'usage', 'points']],
  ['teammates', 'returned', ['count', 'minutes']],
  ['opponents', 'missing', ['count', 'minutes', 'points']],
  ['teammates', 'out_by_report', ['count', 'minutes', 'usage', 'points']],
  ['teammates', 'returning_by_report', ['count', 'minutes']],
];

interface Member {
  readonly id: string;
  readonly team: string;
  readonly groups: ReadonlySet<string>;
  readonly amounts: Readonly<Record<string, bigint>>;
}

/** Every player of the rosters of a date with the groups he is in. */
function membersOf(inputs: Inputs): readonly Member[] {
  return inputs.playerContexts.map((context) => {
    const games = gamesOfCandidate(inputs.playerRows, context);
    const presence = presenceOf(inputs, context);
    const status = cell(context, 'player_status').toLowerCase();
    const isIn = Object.keys(GROUPS).filter(
      (name) => isOfRotation(games) && GROUPS[name]?.(presence, status),
    );
    return {
      id: cell(context, 'universal_player_id'),
      team: cell(context, 'team_abbr'),
      groups: new Set(isIn),
      amounts: isIn.length === 0 ? {} : seasonAmounts(games),
    };
  });
}

const membersByInputs = oncePerInput((contexts: readonly Row[]) => {
  const known = new Map<readonly Row[], readonly Member[]>();
  return (inputs: Inputs) => {
    const before = known.get(inputs.playerRows);
    if (before) return before;
    const members = membersOf({ ...inputs, playerContexts: contexts });
    known.set(inputs.playerRows, members);
    return members;
  };
});

/** What is missing around a player: of his team without himself, or of the opponent. */
export function missingColumns(inputs: Inputs, context: Row): Row {
  const members = membersByInputs(inputs.playerContexts)(inputs);
  const own = cell(context, 'team_abbr');
  const opponent = cell(context, 'opponent_team_abbr');
  const columns: Record<string, string> = {};
  for (const [whose, group, amounts] of FEATURES) {
    for (const amount of amounts) {
      const around = members.filter(({ id, team }) =>
        whose === 'teammates'
          ? team === own && id !== cell(context, 'universal_player_id')
          : team === opponent,
      );
      let sum = 0n;
      for (const member of around) {
        if (member.groups.has(group)) sum += member.amounts[amount] ?? 0n;
      }
      const isKnown = group.endsWith('_by_report')
        ? cell(context, 'player_status') !== NULL_TEXT
        : whose === 'teammates' || around.length > 0;
      columns[`${whose}_${group}_${amount}`] = isKnown
        ? decimalText(sum, amount === 'count' ? 0 : 2)
        : NULL_TEXT;
    }
  }
  return columns;
}

/** How much of his team's games he was in. */
export function presenceColumns(inputs: Inputs, context: Row): Row {
  const { played, missed } = presenceOf(inputs, context);
  const last10 = played.slice(0, 10);
  return {
    games_played_season: cell(context, 'games_played_season'),
    played_share_last_10:
      missed === null
        ? NULL_TEXT
        : quotientText(last10.filter((was) => was).length, last10.length, 3),
    games_missed_in_a_row: missed === null ? NULL_TEXT : text(missed),
    injury_risk: injuryRisk(cell(context, 'player_status')),
  };
}

function injuryRisk(status: string): string {
  if (status === NULL_TEXT) return NULL_TEXT;
  const place = ['probable', 'questionable', 'doubtful', 'out'].indexOf(status.toLowerCase());
  return text(Math.min(place + 1, 3));
}
