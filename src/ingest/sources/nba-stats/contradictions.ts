import type { StatsTable } from './source-columns.ts';

/** What the rows of one game say together and cannot all be right about. */
interface Contradictions {
  /** Aggregates over the rows of a game, with their names. */
  readonly sums: readonly string[];
  /** SQL conditions on these, none of which holds of a sound game, with what is wrong then, as SQL. */
  readonly cases: readonly (readonly [condition: string, said: string])[];
}

/** Somebody of every game has played as long, in seconds: of 5,257 games the least is 25 minutes. */
const leastLongest = 600;

/** No three-pointer is so near, in feet; the line has never been nearer than 22. */
const nearThree = 20;

const box: Contradictions = {
  sums: [
    'MIN(team_abbr) AS team_a',
    'MAX(team_abbr) AS team_b',
    'MIN(CASE WHEN marks_home THEN team_abbr END) AS first_home',
    'MAX(CASE WHEN marks_home THEN team_abbr END) AS last_home',
    'MIN(CASE WHEN NOT marks_home THEN team_abbr END) AS first_away',
    'MAX(CASE WHEN NOT marks_home THEN team_abbr END) AS last_away',
    'bool_or(is_flagged) AS is_flagged',
    'MIN(other_team) AS first_other',
    'MAX(other_team) AS last_other',
    'MAX(seconds_played) AS longest',
  ],
  cases: [
    [
      'first_home IN (first_away, last_away) OR last_home IN (first_away, last_away)',
      "'rows of ' || CASE WHEN first_home IN (first_away, last_away) THEN first_home ELSE last_home END || ' mark it as home, others as away'",
    ],
    ['first_home <> last_home', "'both sides are marked as home'"],
    ['first_home IS NULL AND is_flagged', "'neither side is marked as home'"],
    [
      'first_other NOT IN (team_a, team_b) OR last_other NOT IN (team_a, team_b)',
      "'MATCHUP is against ' || CASE WHEN first_other IN (team_a, team_b) THEN last_other ELSE first_other END || ', the rows are of ' || team_a || ' and ' || team_b",
    ],
    [
      `longest BETWEEN 1 AND ${leastLongest - 1}`,
      "'nobody has played ten minutes; is MIN in hours, or in parts of a day?'",
    ],
  ],
};

const isThree = "starts_with(shot_type, '3PT')";

const chart: Contradictions = {
  sums: [
    `count_if(${isThree}) AS threes`,
    `count_if(${isThree} AND distance_ft < ${nearThree}) AS near_threes`,
  ],
  cases: [
    [
      '2 * near_threes > threes',
      "near_threes || ' of ' || threes || ' three-pointers are from less than twenty feet; is SHOT_DISTANCE in feet?'",
    ],
  ],
};

/** How the games of a table can contradict themselves. */
export const contradictions: Readonly<Record<StatsTable, Contradictions>> = {
  player_box: box,
  shots: chart,
};

/** SQL condition on the sums of a game. */
export function isContradicted(table: StatsTable): string {
  return contradictions[table].cases
    .map(([condition]) => `coalesce(${condition}, FALSE)`)
    .join(' OR ');
}
