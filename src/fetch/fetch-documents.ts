import { existsSync } from 'node:fs';
import {
  answerPath,
  keepAnswer,
  keepNote,
  prepareFolder,
  readKeptText,
  readState,
} from './answers-folder.ts';
import { type AskHost, makeAskHost } from './ask-host.ts';
import { type DocumentId, placeOf } from './document.ts';
import type { FetchClock } from './fetch-clock.ts';
import { type Holder, lockFolder } from './folder-lock.ts';
import { addressOf, type Hosts, publicAddress } from './hosts.ts';
import {
  type GameFile,
  type KeptSchedule,
  planDocuments,
  readGrid,
  readSchedule,
} from './kept-schedules.ts';
import {
  type AskReason,
  type FetchRequest,
  scheduleOf,
  scheduleReason,
  seasonBefore,
  seasonsOf,
  wantedDocuments,
} from './plan-fetch.ts';
import { type ReadAnswer, readAnswer } from './read-answer.ts';
import { isOfHost, type Trouble } from './trouble.ts';

export interface FetchJob {
  readonly folder: string;
  readonly hosts: Hosts;
  readonly request: FetchRequest;
  readonly clock: FetchClock;
  readonly holder: Holder;
  /** How long to wait for another process that fetches into the same folder. */
  readonly waitSeconds: number;
  readonly stop: AbortSignal;
  /** Hears what became of each document that had to be asked for. */
  readonly onResult: (result: DocumentResult) => void;
}

/** What became of a document that had to be asked for. */
export interface DocumentResult {
  readonly id: DocumentId;
  readonly reason: AskReason;
  /** `not_asked`: its host refused several before it. */
  readonly outcome: 'received' | 'unchanged' | 'absent' | 'refused' | 'not_asked';
  readonly trouble: Trouble | undefined;
}

/** What is there when all has been asked for. */
export interface FetchSummary {
  readonly results: readonly DocumentResult[];
  readonly grid: readonly GameFile[];
  /** What the request is about, and is kept: paths of answers. */
  readonly kept: readonly string[];
  /** Seasons that are asked for and have no schedule: nobody knows what lacks of them. */
  readonly unknownSeasons: readonly number[];
  readonly interrupted: boolean;
}

/** What a fetch would ask for. */
export interface FetchPlan {
  readonly asked: readonly { readonly id: DocumentId; readonly reason: AskReason }[];
  /** Seasons whose games are not known before their schedule is there. */
  readonly unknownSeasons: readonly number[];
}

/** A host that gave nothing for so many documents in a row is not asked for more. */
const mostRefusals = 3;

/** How often a host has refused in a row. One that has said when to come again is not asked for anything else before. */
function refusalsAfter(trouble: Trouble | undefined, before: number): number {
  if (trouble === undefined || !isOfHost(trouble)) return 0;
  const isToldWhen = trouble.kind === 'status' && trouble.retryAt !== undefined;
  return isToldWhen ? mostRefusals : before + 1;
}

/** Tells what a fetch would ask for. Writes nothing and asks nobody. */
export function planFetch(folder: string, request: FetchRequest): FetchPlan {
  const seasons = seasonsOf(request);
  const first = seasons.map((season) => readSchedule(folder, season));
  const earlier = first.flatMap(({ season, games }) => seasonBefore(request, season, games) ?? []);
  const schedules = [
    ...first,
    ...earlier
      .filter((season) => !seasons.includes(season))
      .map((one) => readSchedule(folder, one)),
  ];
  const wanted = wantedDocuments(
    request,
    schedules.flatMap(({ games }) => games),
  );
  return {
    asked: [
      ...schedules.flatMap(({ season, state, games }) => {
        const reason = scheduleReason(request, state, games);
        return reason === undefined ? [] : { id: scheduleOf(season), reason };
      }),
      ...planDocuments(folder, request, wanted, schedules),
    ],
    unknownSeasons: schedules.filter(({ state }) => !state.kept).map(({ season }) => season),
  };
}

/**
 * Asks for what a request wants and the folder has not, one request after the other, and keeps what comes.
 * @throws HeldWarehouse while another process fetches into the folder; WarehouseError `surroundings` when it cannot
 * be written.
 */
export async function fetchDocuments(job: FetchJob): Promise<FetchSummary> {
  const { folder, hosts, clock, stop } = job;
  const lock = await lockFolder(folder, job.holder, clock, job.waitSeconds, stop);
  try {
    prepareFolder(folder);
    const { paceSeconds, limitSeconds } = hosts;
    const beforeRequest = lock.touch;
    const polite = { folder, clock, paceSeconds, limitSeconds, stop, beforeRequest };
    return await fetchAll(job, makeAskHost(polite));
  } finally {
    lock.release();
  }
}

async function fetchAll(job: FetchJob, askHost: AskHost): Promise<FetchSummary> {
  const { folder, hosts, request, stop } = job;
  const results: DocumentResult[] = [];
  const refusals = new Map<string, number>();
  const work = async (id: DocumentId, reason: AskReason, games: readonly string[]) => {
    if (stop.aborted) return;
    const { host } = addressOf(id, hosts);
    const refused = refusals.get(host) ?? 0;
    const result =
      refused >= mostRefusals
        ? ({ id, reason, outcome: 'not_asked', trouble: undefined } as const)
        : { id, reason, ...(await askFor(job, askHost, id, games)) };
    if (stop.aborted) return;
    const { outcome, trouble } = result;
    if (outcome !== 'not_asked') refusals.set(host, refusalsAfter(trouble, refused));
    results.push(result);
    job.onResult(result);
  };
  const bringSchedule = async (season: number): Promise<KeptSchedule> => {
    const before = readSchedule(folder, season);
    const reason = scheduleReason(request, before.state, before.games);
    if (reason === undefined) return before;
    await work(scheduleOf(season), reason, []);
    return readSchedule(folder, season);
  };
  const schedules: KeptSchedule[] = [];
  for (const season of seasonsOf(request)) schedules.push(await bringSchedule(season));
  for (const { season, games } of [...schedules]) {
    const earlier = seasonBefore(request, season, games);
    if (earlier === undefined || schedules.some((one) => one.season === earlier)) continue;
    schedules.push(await bringSchedule(earlier));
  }
  const all = schedules.flatMap(({ games }) => games);
  const wanted = wantedDocuments(request, all);
  for (const { id, reason } of planDocuments(folder, request, wanted, schedules)) {
    await work(
      id,
      reason,
      all.filter(({ date }) => date === id.date).map((game) => game.id),
    );
  }
  return {
    results,
    grid: readGrid(folder, wanted, schedules, request.today),
    kept: [...schedules.map(({ season }) => scheduleOf(season)), ...wanted.map(({ id }) => id)]
      .map((id) => answerPath(folder, id))
      .filter(existsSync),
    unknownSeasons: schedules.filter(({ state }) => !state.kept).map(({ season }) => season),
    interrupted: stop.aborted,
  };
}

/** @param games ids of the games of a document that names none itself. */
async function askFor(
  { folder, hosts, request, clock, stop }: FetchJob,
  askHost: AskHost,
  id: DocumentId,
  games: readonly string[],
): Promise<Pick<DocumentResult, 'outcome' | 'trouble'>> {
  const keptText = readKeptText(folder, id);
  // What is damaged is no answer, and must not be taken for the one that the host still has.
  const kept = keptText === undefined ? undefined : readState(folder, id).kept;
  const url = addressOf(id, hosts);
  const conditions = {
    ...(kept?.etag !== undefined && { 'if-none-match': kept.etag }),
    ...(kept?.last_modified !== undefined && { 'if-modified-since': kept.last_modified }),
  };
  let read: ReadAnswer | undefined;
  const question = { url, headers: { ...hosts.headers, ...conditions } };
  const reply = await askHost(question, (text) => {
    read = readAnswer(id, text);
    return read.kind === 'unsound' && read.trouble.kind === 'cut_off' ? read.trouble : undefined;
  }).catch((error: unknown) => {
    if (stop.aborted) return undefined;
    throw error;
  });
  if (reply === undefined) return { outcome: 'not_asked', trouble: undefined };
  const asked = { asked_at: clock.now(), asked_on: request.today };
  const fail = (outcome: 'absent' | 'refused', trouble: Trouble) => {
    keepNote(folder, id, { format: 1, ...asked, outcome, trouble });
    return { outcome, trouble };
  };
  switch (reply.kind) {
    case 'trouble': {
      const { trouble } = reply;
      const isAbsent = trouble.kind === 'status' && trouble.status === 404;
      return fail(isAbsent ? 'absent' : 'refused', trouble);
    }
    case 'unchanged': {
      if (!kept || keptText === undefined) return fail('refused', { kind: 'status', status: 304 });
      keepAnswer(folder, id, { ...kept, asked_on: request.today }, keptText);
      return { outcome: 'unchanged', trouble: undefined };
    }
    case 'answer': {
      if (!read) throw new Error(`an answer for ${placeOf(id)} was not read`);
      const own = read.kind === 'unsound' ? [] : id.kind === 'injuries' ? games : read.games;
      const isEmpty = read.kind === 'unsound' && read.trouble.kind === 'no_rows';
      if (read.kind === 'unsound' && !isEmpty) return fail('refused', read.trouble);
      // A schedule may let go of games that were not needed; what was played stays played.
      const had =
        id.kind === 'schedule'
          ? readSchedule(folder, id.season).games.filter(({ status }) => status === 'final')
          : (kept?.games ?? []).map((game) => ({ id: game }));
      const ids = new Set(own);
      const lost = had.flatMap((game) => (ids.has(game.id) ? [] : game.id));
      if (lost.length > 0) return fail('refused', { kind: 'lost_games', games: lost });
      if (isEmpty) return fail('absent', { kind: 'no_rows' });
      const known = {
        format: 1 as const,
        url: publicAddress(id, url),
        received_at: asked.asked_at,
        asked_on: asked.asked_on,
        games: [...own],
        ...(reply.etag !== undefined && { etag: reply.etag }),
        ...(reply.lastModified !== undefined && { last_modified: reply.lastModified }),
      };
      const isSame = kept !== undefined && keptText === reply.text;
      keepAnswer(
        folder,
        id,
        isSame ? { ...known, received_at: kept.received_at } : known,
        reply.text,
      );
      return { outcome: isSame ? 'unchanged' : 'received', trouble: undefined };
    }
  }
}
