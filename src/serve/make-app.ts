import { type Context, Hono } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { toJson } from '../report/words/json.ts';
import { WarehouseError } from '../warehouse/warehouse.ts';
import { ApiError, type ApiErrorKind } from './api-error.ts';
import type { ErrorAnswer } from './api-types.ts';
import { contentSecurityPolicy } from './content-security-policy.ts';
import { coverageEndpoint } from './coverage-endpoint.ts';
import { dateEndpoint } from './date-endpoint.ts';
import { filesEndpoint } from './files-endpoint.ts';
import { playerDateEndpoint } from './player-date-endpoint.ts';
import { playerResultEndpoint } from './player-result-endpoint.ts';
import { playersEndpoint } from './players-endpoint.ts';
import { qualityEndpoint } from './quality-endpoint.ts';
import { runsEndpoint } from './runs-endpoint.ts';
import type { ServeContext } from './serve-context.ts';
import { slateEndpoint } from './slate-endpoint.ts';
import type { StaticFile } from './static-files.ts';
import { teamDefenseEndpoint } from './team-defense-endpoint.ts';
import { teamMonthsEndpoint } from './team-months-endpoint.ts';
import { teamSeasonEndpoint } from './team-season-endpoint.ts';
import { unitEndpoint } from './unit-endpoint.ts';

export interface AppRequest {
  readonly context: ServeContext;
  readonly files: ReadonlyMap<string, StaticFile>;
  /**
   * Names by which this server may be asked for. A page of somebody else's that makes its own name point to
   * the loopback address is refused by this. `undefined`: any.
   */
  readonly hostNames: readonly string[] | undefined;
}

const statusOf = {
  bad_request: 400,
  not_found: 404,
  locked: 503,
  absent: 503,
  outdated: 503,
  bug: 500,
} as const satisfies Record<ApiErrorKind, number>;

/** Makes the server of the pages and their data, which answers GET and HEAD and changes nothing. */
export function makeApp({ context, files, hostNames }: AppRequest): Hono {
  const app = new Hono();

  app.use(async (request, next) => {
    const { method, url } = request.req;
    if (hostNames && !hostNames.includes(new URL(url).hostname)) {
      return request.text('this server answers to the loopback address only\n', 421);
    }
    if (method !== 'GET' && method !== 'HEAD') {
      return request.text('read-only\n', 405, { Allow: 'GET, HEAD' });
    }
    await next();
    request.res.headers.set('Content-Security-Policy', contentSecurityPolicy);
    request.res.headers.set('X-Content-Type-Options', 'nosniff');
    request.res.headers.set('Referrer-Policy', 'no-referrer');
    request.res.headers.set('Cross-Origin-Resource-Policy', 'same-origin');
    return;
  });

  const paths: string[] = [];
  const answer = (
    path: string,
    endpoint: (context: ServeContext, request: Context) => Promise<object>,
  ) => {
    paths.push(`/api${path}`);
    app.get(`/api${path}`, async (request) => {
      const asker = request.req.raw.signal;
      const own: ServeContext = { ...context, read: (work) => context.read(work, asker) };
      return json(request, await endpoint(own, request), 200);
    });
  };
  const part = (request: Context, name: string) => request.req.param(name) ?? '';

  answer('/coverage', (own) => coverageEndpoint(own));
  answer('/files', (own) => filesEndpoint(own));
  answer('/dates/:date', (own, request) => dateEndpoint(own, part(request, 'date')));
  answer('/units/:table/:date', (own, request) =>
    unitEndpoint(own, part(request, 'table'), part(request, 'date')),
  );
  answer('/slate', (own, request) => slateEndpoint(own, request.req.query('date')));
  answer('/runs', (own) => runsEndpoint(own));
  answer('/quality/:table', (own, request) => qualityEndpoint(own, part(request, 'table')));
  answer('/players', (own, request) => playersEndpoint(own, request.req.query('q') ?? ''));
  answer('/players/:id/:date', (own, request) =>
    playerDateEndpoint(own, part(request, 'id'), part(request, 'date')),
  );
  answer('/players/:id/:date/result', (own, request) =>
    playerResultEndpoint(own, part(request, 'id'), part(request, 'date')),
  );
  answer('/team-defense', (own, request) => teamDefenseEndpoint(own, request.req.query('date')));
  answer('/team-defense/:season', (own, request) =>
    teamMonthsEndpoint(own, part(request, 'season')),
  );
  answer('/team-defense/:season/:team', (own, request) =>
    teamSeasonEndpoint(own, part(request, 'season'), part(request, 'team')),
  );

  for (const path of ['/api', '/api/']) app.get(path, (request) => json(request, { paths }, 200));
  app.notFound((request) => {
    const { path } = request.req;
    if (path.startsWith('/api/')) {
      return failure(request, 'not_found', `there is no ${path}; /api lists what there is`);
    }
    const file = files.get(path);
    if (!file) return request.text('not found\n', 404);
    return request.body(file.body, 200, {
      'Content-Type': file.contentType,
      'Cache-Control': file.immutable ? 'public, max-age=31536000, immutable' : 'no-cache',
    });
  });
  app.onError((error, request) => {
    const { kind, message } = toApiError(error);
    return failure(request, kind, message);
  });
  return app;
}

function failure(request: Context, kind: ApiErrorKind, message: string): Response {
  const body: ErrorAnswer = { error: kind, message };
  const retry: Record<string, string> = kind === 'locked' ? { 'Retry-After': '3' } : {};
  return json(request, body, statusOf[kind], retry);
}

function json(
  request: Context,
  answer: object,
  status: ContentfulStatusCode,
  headers: Readonly<Record<string, string>> = {},
): Response {
  return request.body(toJson(answer), status, {
    'Content-Type': 'application/json',
    'Cache-Control': 'no-store',
    ...headers,
  });
}

function toApiError(error: Error): ApiError {
  if (error instanceof ApiError) return error;
  if (!(error instanceof WarehouseError)) return new ApiError('bug', error.message);
  switch (error.kind) {
    case 'locked':
      return new ApiError('locked', error.message);
    case 'absent':
    case 'oversized':
    case 'surroundings':
      return new ApiError('absent', error.message);
    case 'definition':
      return new ApiError(
        'outdated',
        `this warehouse was made by another version; the next run brings it up to date (${error.message})`,
      );
    case 'statement':
      return new ApiError('bug', error.message);
  }
}
