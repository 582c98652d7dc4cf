import type { IncomingMessage } from 'node:http';
import type { Dataset } from './datasets.ts';
import type { LoadConfiguration } from './load-rows.ts';
import { splitUpload } from './multipart.ts';

/** What a client sends. */
export interface Request {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: Body;
  /** What an upload brings along. */
  readonly file: Buffer | undefined;
}

/** The bodies of all requests that the stand-in knows, in one. */
export interface Body extends Partial<Dataset> {
  readonly jobReference?: { readonly jobId?: string; readonly location?: string };
  readonly datasetReference?: { readonly datasetId?: string };
  readonly configuration?: JobConfiguration;
  /** Of jobs.query. */
  readonly query?: string;
  readonly requestId?: string;
  readonly timeoutMs?: number;
  readonly dryRun?: boolean;
  readonly labels?: Readonly<Record<string, string>>;
  readonly maximumBytesBilled?: string;
  readonly maxResults?: number;
  readonly formatOptions?: { readonly useInt64Timestamp?: boolean };
}

export interface JobConfiguration {
  readonly dryRun?: boolean;
  readonly labels?: Readonly<Record<string, string>>;
  readonly jobTimeoutMs?: string;
  readonly query?: {
    readonly query?: string;
    readonly maximumBytesBilled?: string;
    readonly scriptOptions?: { readonly statementTimeoutMs?: string };
  };
  readonly load?: LoadConfiguration;
}

export async function readRequest(incoming: IncomingMessage): Promise<Request> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const bytes = Buffer.concat(chunks);
  const contentType = incoming.headers['content-type'] ?? '';
  const upload = contentType.startsWith('multipart/')
    ? splitUpload(bytes, contentType)
    : { metadata: bytes.toString('utf8'), file: undefined };
  const url = new URL(incoming.url ?? '/', 'http://localhost');
  return {
    method: incoming.method ?? 'GET',
    path: decodeURIComponent(url.pathname),
    query: url.searchParams,
    body: upload.metadata === '' ? {} : (JSON.parse(upload.metadata) as Body),
    file: upload.file,
  };
}
