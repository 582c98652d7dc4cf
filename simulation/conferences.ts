import { teams } from '../src/league/teams.ts';

const EAST = new Set('ATL BOS BKN CHA CHI CLE DET IND MIA MIL NYK ORL PHI TOR WAS'.split(' '));

/** The two conferences, 15 teams each, as indexes into `teams`. */
export const conferences: readonly [readonly number[], readonly number[]] = [
  indexesWhere((tricode) => EAST.has(tricode)),
  indexesWhere((tricode) => !EAST.has(tricode)),
];

function indexesWhere(belongs: (tricode: string) => boolean): readonly number[] {
  return teams.flatMap((team, index) => (belongs(team.tricode) ? [index] : []));
}
