import { z } from 'zod';
import { type GameDate, parseGameDate } from '../calendar/game-date.ts';
import { type GameType, gameTypeByPrefix } from '../calendar/game-id.ts';
import { seasonName } from '../calendar/season-name.ts';
import type { Trouble } from './trouble.ts';

/** A game as a schedule that was fetched has it. */
export interface ScheduledGame {
  readonly id: string;
  readonly season: number;
  readonly date: GameDate;
  readonly gameType: GameType;
  /** `off` is postponed, or cancelled, or was not needed. */
  readonly status: 'scheduled' | 'final' | 'off';
}

const game = z.object({
  gameId: z.string(),
  gameDateEst: z.string(),
  gameStatus: z.union([z.number(), z.string()]),
  gameStatusText: z.string().nullish(),
  ifNecessary: z.union([z.boolean(), z.string()]).nullish(),
  homeTeam: z.object({ teamTricode: z.string().nullish() }),
  awayTeam: z.object({ teamTricode: z.string().nullish() }),
});

const answer = z.object({
  leagueSchedule: z.object({
    seasonYear: z.string().nullish(),
    gameDates: z.array(z.object({ games: z.array(game) })),
  }),
});

/**
 * The games of the kinds that are kept, in the order of the answer.
 * @returns why there are none, when the answer is another one than was asked for.
 */
export function readScheduledGames(
  season: number,
  json: unknown,
): readonly ScheduledGame[] | Trouble {
  const read = answer.safeParse(json);
  if (!read.success) {
    const [issue] = read.error.issues;
    return { kind: 'lacks_field', field: fieldNamed(issue?.path ?? []) };
  }
  const { seasonYear, gameDates } = read.data.leagueSchedule;
  if (seasonYear && seasonYear !== seasonName(season)) {
    return { kind: 'other_season', season: seasonYear.slice(0, 20) };
  }
  return gameDates.flatMap(({ games }) => games.flatMap((one) => toGame(season, one)));
}

/** `leagueSchedule.gameDates.games.gameId`: the same field lacks in many places. */
function fieldNamed(path: readonly PropertyKey[]): string {
  return path.filter((part) => typeof part === 'string').join('.');
}

function toGame(season: number, one: z.infer<typeof game>): ScheduledGame | [] {
  const gameType = gameTypeByPrefix[one.gameId.slice(0, 3)];
  const date = parseGameDate(one.gameDateEst.slice(0, 10));
  if (gameType === undefined || date === undefined) return [];
  return { id: one.gameId, season, date, gameType, status: statusOf(one) };
}

/** Where a series ended early its last games may be listed still, and are never played. */
function statusOf({
  gameStatus,
  gameStatusText,
  ifNecessary,
}: z.infer<typeof game>): ScheduledGame['status'] {
  if (/^\s*(ppd|postponed|cancel|unnecessary)/i.test(gameStatusText ?? '')) return 'off';
  if (String(gameStatus).startsWith('3')) return 'final';
  return ifNecessary === true || ifNecessary === 'true' ? 'off' : 'scheduled';
}
