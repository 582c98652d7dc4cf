import { gameDate } from '../calendar/game-date.ts';
import { prepareFolder } from './answers-folder.ts';
import { makeAskHost } from './ask-host.ts';
import type { FetchJob } from './fetch-documents.ts';
import { lockFolder } from './folder-lock.ts';
import { addressOf } from './hosts.ts';
import { readAnswer } from './read-answer.ts';
import type { Trouble } from './trouble.ts';

/** What one small question brought. */
export interface Probe {
  readonly host: string;
  readonly seconds: number;
  readonly result:
    | { readonly kind: 'answer'; readonly bytes: number; readonly games: readonly string[] }
    | { readonly kind: 'trouble'; readonly trouble: Trouble };
}

/** A day with one game, long over: the last one of the finals of 2024-25. */
const oneGame = {
  kind: 'logs',
  season: 2024,
  date: gameDate('2025-06-22'),
  gameType: 'playoffs',
} as const;

/** Asks the statistics for the player logs of one game, as politely as a fetch into the folder, and keeps nothing. */
export async function probeHost(job: Omit<FetchJob, 'request' | 'onResult'>): Promise<Probe> {
  const { folder, hosts, clock, stop } = job;
  const lock = await lockFolder(folder, job.holder, clock, job.waitSeconds, stop);
  try {
    prepareFolder(folder);
    const { paceSeconds, limitSeconds } = hosts;
    const polite = { folder, clock, paceSeconds, limitSeconds, stop, beforeRequest: lock.touch };
    const url = addressOf(oneGame, hosts);
    const startedMs = clock.elapsedMs();
    const reply = await makeAskHost(polite)({ url, headers: hosts.headers }, () => undefined);
    const told = { host: url.host, seconds: (clock.elapsedMs() - startedMs) / 1000 };
    const result = (trouble: Trouble): Probe => ({ ...told, result: { kind: 'trouble', trouble } });
    if (reply.kind === 'trouble') return result(reply.trouble);
    if (reply.kind === 'unchanged') return result({ kind: 'status', status: 304 });
    const read = readAnswer(oneGame, reply.text);
    if (read.kind === 'unsound') return result(read.trouble);
    return {
      ...told,
      result: { kind: 'answer', bytes: Buffer.byteLength(reply.text), games: read.games },
    };
  } finally {
    lock.release();
  }
}
