import type { GameType } from '../calendar/game-id.ts';
import { seasonName } from '../calendar/season-name.ts';
import type { DocumentId } from './document.ts';

/** Where documents are asked for, and how; all of it can be set. */
export interface Hosts {
  /** The league's statistics, up to the name of an endpoint. */
  readonly statsUrl: string;
  /** Injury reports as JSON, with `{date}` in the place of the day; the league itself has none. */
  readonly injuriesUrl: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
  /** Seconds that are at least between two requests to a host, whenever they arrive there. */
  readonly paceSeconds: number;
  /** Seconds that an answer may take, to its last byte. */
  readonly limitSeconds: number;
}

export const defaultHosts: Hosts = {
  statsUrl: 'https://stats.nba.com/stats',
  injuriesUrl: undefined,
  // What the statistics want to be asked with, as nba_api tells it; what a connection needs is added by itself.
  headers: {
    'user-agent':
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36',
    accept: 'application/json, text/plain, */*',
    'accept-language': 'en-US,en;q=0.5',
    referer: 'https://stats.nba.com/',
    pragma: 'no-cache',
    'cache-control': 'no-cache',
    'sec-ch-ua': '"Chromium";v="140", "Google Chrome";v="140", "Not;A=Brand";v="24"',
    'sec-ch-ua-mobile': '?0',
    'sec-fetch-dest': 'empty',
  },
  paceSeconds: 0.6,
  limitSeconds: 30,
};

/** What the statistics call a kind of game. */
const seasonTypes: Readonly<Record<GameType, string>> = {
  regular_season: 'Regular Season',
  playoffs: 'Playoffs',
  play_in: 'PlayIn',
  cup_final: 'IST',
};

/** Parameters of a shot chart that must be there and say nothing. */
const unfiltered = {
  ...{ PlayerID: '0', TeamID: '0', OpponentTeamID: '0', Period: '0', LastNGames: '0', Month: '0' },
  ...{ GameID: '', GameSegment: '', Location: '', Outcome: '', PlayerPosition: '', RookieYear: '' },
  ...{ SeasonSegment: '', VsConference: '', VsDivision: '' },
};

/**
 * The address of a document. A day is asked for by itself: a season of shots is longer than the statistics answer,
 * which end after 102,400 rows without a word.
 */
export function addressOf(id: DocumentId, hosts: Hosts): URL {
  if (id.kind === 'injuries') {
    return new URL((hosts.injuriesUrl ?? '').replaceAll('{date}', id.date));
  }
  const season = { LeagueID: '00', Season: seasonName(id.season) };
  if (id.kind === 'schedule') return statistics(hosts, 'scheduleleaguev2', season);
  const [year = '', month = '', day = ''] = id.date.split('-');
  const dated = {
    ...season,
    SeasonType: seasonTypes[id.gameType ?? 'regular_season'],
    DateFrom: `${month}/${day}/${year}`,
    DateTo: `${month}/${day}/${year}`,
  };
  return id.kind === 'logs'
    ? statistics(hosts, 'playergamelogs', dated)
    : // All attempts: what is left out asks for makes alone.
      statistics(hosts, 'shotchartdetail', { ...dated, ContextMeasure: 'FGA', ...unfiltered });
}

function statistics(hosts: Hosts, endpoint: string, parameters: Record<string, string>): URL {
  const url = new URL(`${hosts.statsUrl.replace(/\/$/, '')}/${endpoint}`);
  url.search = new URLSearchParams(parameters).toString();
  return url;
}

/** An address without what may be a secret in it: name, password, and what a host of one's own is asked with. */
export function publicAddress(id: DocumentId, url: URL): string {
  return id.kind === 'injuries' ? url.origin : `${url.origin}${url.pathname}${url.search}`;
}
