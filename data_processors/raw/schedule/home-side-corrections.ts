export interface HomeSideCorrection {
  readonly nbaGameId: string;
  readonly away: string;
  readonly home: string;
  readonly reason: string;
}

const bothAway = 'neutral site; the player logs mark both teams as away';

/** Games whose home side the player logs do not tell. The shot charts of these five agree. */
export const homeSideCorrections: readonly HomeSideCorrection[] = [
  { nbaGameId: '0022400147', away: 'MIA', home: 'WAS', reason: bothAway },
  { nbaGameId: '0022401229', away: 'ATL', home: 'MIL', reason: bothAway },
  { nbaGameId: '0022401230', away: 'HOU', home: 'OKC', reason: bothAway },
  { nbaGameId: '0022400621', away: 'SAS', home: 'IND', reason: bothAway },
  { nbaGameId: '0022400633', away: 'IND', home: 'SAS', reason: bothAway },
];
