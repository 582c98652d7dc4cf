interface Team {
  readonly abbr: string;
  readonly id: number;
  /** Other tricodes in use for the same team. */
  readonly variants?: readonly string[];
}

const TEAMS: readonly Team[] = [
  { abbr: 'ATL', id: 1610612737 },
  { abbr: 'BKN', id: 1610612751, variants: ['BRK'] },
  { abbr: 'BOS', id: 1610612738 },
  { abbr: 'CHA', id: 1610612766, variants: ['CHO'] },
  { abbr: 'CHI', id: 1610612741 },
  { abbr: 'CLE', id: 1610612739 },
  { abbr: 'DAL', id: 1610612742 },
  { abbr: 'DEN', id: 1610612743 },
  { abbr: 'DET', id: 1610612765 },
  { abbr: 'GSW', id: 1610612744, variants: ['GS'] },
  { abbr: 'HOU', id: 1610612745 },
  { abbr: 'IND', id: 1610612754 },
  { abbr: 'LAC', id: 1610612746 },
  { abbr: 'LAL', id: 1610612747 },
  { abbr: 'MEM', id: 1610612763 },
  { abbr: 'MIA', id: 1610612748 },
  { abbr: 'MIL', id: 1610612749 },
  { abbr: 'MIN', id: 1610612750 },
  { abbr: 'NOP', id: 1610612740, variants: ['NO'] },
  { abbr: 'NYK', id: 1610612752, variants: ['NY'] },
  { abbr: 'OKC', id: 1610612760 },
  { abbr: 'ORL', id: 1610612753 },
  { abbr: 'PHI', id: 1610612755 },
  { abbr: 'PHX', id: 1610612756, variants: ['PHO'] },
  { abbr: 'POR', id: 1610612757 },
  { abbr: 'SAC', id: 1610612758 },
  { abbr: 'SAS', id: 1610612759, variants: ['SA'] },
  { abbr: 'TOR', id: 1610612761 },
  { abbr: 'UTA', id: 1610612762, variants: ['UTAH', 'UTH'] },
  { abbr: 'WAS', id: 1610612764, variants: ['WSH'] },
];

const abbrOfSpelling = new Map(
  TEAMS.flatMap((team) =>
    [team.abbr, ...(team.variants ?? [])].map((spelling) => [spelling, team.abbr] as const),
  ),
);
const abbrOfId = new Map(TEAMS.map((team) => [team.id, team.abbr]));

/** The 30 tricodes in alphabetical order. */
export const TEAM_ABBRS: readonly string[] = TEAMS.map((team) => team.abbr);

/** The tricode of one of the 30 teams in any of its spellings, else null. */
export function teamAbbr(spelling: string): string | null {
  return abbrOfSpelling.get(spelling.toUpperCase()) ?? null;
}

/** The tricode of an NBA team id, null for any other team. */
export function teamAbbrOfId(id: number): string | null {
  return abbrOfId.get(id) ?? null;
}
