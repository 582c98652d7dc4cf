/** Where a game was played that was not played in the arena of its home team. */
export interface CorrectedVenue {
  readonly venue: string;
  readonly neutral: boolean;
}

const DISNEY_WORLD = '28.3373,-81.5556';
const TAMPA = '27.9427,-82.4518';
const LAS_VEGAS = '36.1029,-115.1783';
const AUSTIN = '30.2823,-97.7323';
const MEXICO_CITY = '19.4967,-99.1745';
const LONDON = '51.5030,0.0032';
const PARIS = '48.8386,2.3785';
const BERLIN = '52.5051,13.4434';

/** Single games: their date and one of the two teams, which plays once a day. */
const GAMES: Readonly<Record<string, string>> = {
  '2013-01-17 NYK': LONDON,
  '2014-01-16 BKN': LONDON,
  '2014-11-12 HOU': MEXICO_CITY,
  '2015-01-15 NYK': LONDON,
  '2015-12-03 BOS': MEXICO_CITY,
  '2016-01-14 TOR': LONDON,
  '2017-01-12 DEN': LONDON,
  '2017-01-12 PHX': MEXICO_CITY,
  '2017-01-14 PHX': MEXICO_CITY,
  '2017-12-07 BKN': MEXICO_CITY,
  '2017-12-09 BKN': MEXICO_CITY,
  '2018-01-11 BOS': LONDON,
  '2018-12-13 ORL': MEXICO_CITY,
  '2018-12-15 ORL': MEXICO_CITY,
  '2019-01-17 WAS': LONDON,
  '2019-12-12 DAL': MEXICO_CITY,
  '2019-12-14 PHX': MEXICO_CITY,
  '2020-01-24 MIL': PARIS,
  '2022-12-17 MIA': MEXICO_CITY,
  '2023-01-19 CHI': PARIS,
  '2023-04-06 SAS': AUSTIN,
  '2023-04-08 SAS': AUSTIN,
  '2023-11-09 ATL': MEXICO_CITY,
  '2023-12-07 LAL': LAS_VEGAS,
  '2023-12-07 IND': LAS_VEGAS,
  '2023-12-09 LAL': LAS_VEGAS,
  '2024-01-11 BKN': PARIS,
  '2024-03-15 SAS': AUSTIN,
  '2024-03-17 SAS': AUSTIN,
  '2024-11-02 MIA': MEXICO_CITY,
  '2024-12-14 MIL': LAS_VEGAS,
  '2024-12-14 OKC': LAS_VEGAS,
  '2024-12-17 OKC': LAS_VEGAS,
  '2025-01-23 IND': PARIS,
  '2025-01-25 IND': PARIS,
  '2025-02-20 SAS': AUSTIN,
  '2025-02-21 SAS': AUSTIN,
  '2025-11-01 DET': MEXICO_CITY,
  '2025-12-13 NYK': LAS_VEGAS,
  '2025-12-13 SAS': LAS_VEGAS,
  '2025-12-16 NYK': LAS_VEGAS,
  '2026-01-15 ORL': BERLIN,
  '2026-01-18 ORL': LONDON,
};

/** The venue of a game that has none of its own in the box scores; undefined where the home side tells it. */
export function correctedVenue(
  date: string,
  teams: readonly string[],
  home: string | null,
): CorrectedVenue | undefined {
  if (date >= '2020-07-30' && date <= '2020-10-11') return { venue: DISNEY_WORLD, neutral: true };
  if (home === 'TOR' && date >= '2020-12-22' && date <= '2021-05-16') {
    return { venue: TAMPA, neutral: false };
  }
  const venue = teams.map((team) => GAMES[`${date} ${team}`]).find((found) => found !== undefined);
  return venue === undefined ? undefined : { venue, neutral: venue !== AUSTIN };
}
