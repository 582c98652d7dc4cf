import { InvalidArgumentError } from 'commander';
import { UsageError } from '../../engine/usage-error.ts';
import { type DocumentKind, documentKinds } from '../../fetch/document.ts';
import { defaultHosts, type Hosts } from '../../fetch/hosts.ts';
import { anyOf } from '../../report/words/format.ts';
import type { CliContext } from '../cli-context.ts';
import { type Asked, value, valueOr } from './input.ts';
import { collect, once } from './option-values.ts';

/** Where answers lie unless a flag or the variable says otherwise. */
const defaultFolder = 'nba-files';

/** Where the answers of hosts lie; of every verb that looks there. */
export const filesFolder = value(
  '<folder>',
  `of answers; else what BACKCOURT_FILES names (default: ${defaultFolder})`,
  once,
);

/** Where and how hosts are asked; each but the list of documents is also a variable of the environment. */
export const fetchInputs = {
  documents: value('<list>', `of ${documentKinds.join(',')} (default: all that have a host)`, once),
  into: filesFolder,
  statsUrl: value('<url>', "base address of the league's statistics", once),
  injuriesUrl: value('<url>', 'injury reports as JSON, {date} for the day (no default)', once),
  header: valueOr<readonly string[]>(
    [],
    '<name: value>',
    'header of requests, repeatable; without a value: none',
    collect,
    'those of nba_api',
  ),
  pace: value('<seconds>', 'between requests to a host (default: 0.6)', seconds),
  limit: value('<seconds>', 'that an answer may take (default: 30)', seconds),
} as const;

export type FetchFlags = Asked<typeof fetchInputs>;

function seconds(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value > 0 && value <= 3600)) {
    throw new InvalidArgumentError('it must be a number of seconds above 0, up to 3600.');
  }
  return value;
}

/** The folder of answers: of the flag, else of the environment. */
export function folderOf({ environment }: CliContext, flag: string | undefined): string {
  const folder = flag ?? (environment?.['BACKCOURT_FILES'] || defaultFolder);
  if (folder.trim() === '') throw new UsageError('--into "": it must name a folder');
  return folder;
}

/** Hosts and manners: of the flags, else of the environment. @throws UsageError */
export function hostsOf(context: CliContext, flags: FetchFlags): Hosts {
  const told = (name: string) => context.environment?.[`BACKCOURT_FETCH_${name}`] || undefined;
  const number = (name: string) => {
    const text = told(name);
    if (text === undefined) return undefined;
    try {
      return seconds(text);
    } catch (error) {
      throw new UsageError(`BACKCOURT_FETCH_${name}="${text}": ${(error as Error).message}`);
    }
  };
  const injuries = flags.injuriesUrl ?? told('INJURIES_URL');
  return {
    statsUrl: address('STATS_URL', flags.statsUrl ?? told('STATS_URL') ?? defaultHosts.statsUrl),
    injuriesUrl: injuries && dated(address('INJURIES_URL', injuries)),
    headers: headersOf([...(told('HEADERS')?.split('\n') ?? []), ...flags.header]),
    paceSeconds: flags.pace ?? number('PACE') ?? defaultHosts.paceSeconds,
    limitSeconds: flags.limit ?? number('LIMIT') ?? defaultHosts.limitSeconds,
  };
}

/** The reports of one day would else be kept as those of every other. */
function dated(url: string): string {
  if (url.includes('{date}')) return url;
  throw new UsageError(
    '--injuries-url, or BACKCOURT_FETCH_INJURIES_URL, says nowhere which day: {date} stands for it',
  );
}

/** An address may hold a secret, and is not repeated. */
function address(name: string, text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url && /^https?:$/.test(url.protocol)) return text;
  const flag = `--${name.toLowerCase().replace('_', '-')}`;
  throw new UsageError(
    `${flag}, or BACKCOURT_FETCH_${name}, is not an address that begins with http:// or https://`,
  );
}

function headersOf(lines: readonly string[]): Readonly<Record<string, string>> {
  const headers: Record<string, string> = { ...defaultHosts.headers };
  for (const line of lines.filter((one) => one.trim() !== '')) {
    const [, name, text = ''] = /^\s*([\w-]+)\s*:\s*([\x20-\x7e]*?)\s*$/.exec(line) ?? [];
    if (name === undefined) {
      // The value may be a secret.
      throw new UsageError(
        `--header: a header is "name: value", in letters that go through a line`,
      );
    }
    if (text === '') delete headers[name.toLowerCase()];
    else headers[name.toLowerCase()] = text;
  }
  return headers;
}

/** The kinds of documents that are wanted. @throws UsageError */
export function documentsOf(list: string | undefined, hosts: Hosts): readonly DocumentKind[] {
  const hasHost = (kind: DocumentKind) => kind !== 'injuries' || hosts.injuriesUrl !== undefined;
  if (list === undefined) return documentKinds.filter(hasHost);
  const names = list.split(',').map((name) => name.trim());
  const unknown = names.find((name) => !documentKinds.some((kind) => kind === name));
  if (unknown !== undefined) {
    throw new UsageError(`--documents "${unknown}": it is ${anyOf(documentKinds)}`);
  }
  const kinds = documentKinds.filter((kind) => names.includes(kind));
  const homeless = kinds.find((kind) => !hasHost(kind));
  if (homeless !== undefined) {
    throw new UsageError(
      'the league publishes injury reports as pages to print, which nothing here reads; name a host that has them as JSON with --injuries-url',
    );
  }
  return kinds;
}
