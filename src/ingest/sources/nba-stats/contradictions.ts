import type { StatsTable } from './source-columns.ts';

/** What the rows of one game say together and cannot all be right about. */
interface Contradictions {
  /** The rows of a relation, with what the sums need to know of each. */
  readonly from: (relation: string) => string;
  /** Aggregates over the rows of a game, with their names. */
  readonly sums: readonly string[];
  /** SQL conditions on these, none of which holds of a sound game, with what is wrong then, as SQL. */
  readonly cases: readonly (readonly [condition: string, said: string])[];
}

/** Somebody of every game has played as long, in seconds: of 5,257 games the least is 25 minutes. */
const leastLongest = 600;

/** A side has 240 minutes; one with less than half of them, in seconds, is a part of a box score. */
const leastOfSide = 7_200;

/** The overtimes that a side has played, from its seconds, as the summaries of teams count them. */
const overtimes = (side: 'a' | 'b') => `greatest(0, round((seconds_${side} - 14400) / 1500))`;

/** So many are on court at any time. */
const onCourt = 5;

const hasPlayed = 'coalesce(seconds_played > 0, pts IS NOT NULL)';

/** Sums of the side whose tricode comes first, and of the other one. */
const ofSides = (['is_first_side', 'NOT is_first_side'] as const).flatMap((isSide, index) => {
  const side = index === 0 ? 'a' : 'b';
  return [
    // A row that breaks a rule has told what is wrong.
    `CASE WHEN count_if(broken_rule IS NOT NULL) = 0 THEN SUM(pts) FILTER (${isSide}) END AS points_${side}`,
    `CASE WHEN count_if(broken_rule IS NOT NULL) = 0 THEN SUM(seconds_played) FILTER (${isSide}) END AS seconds_${side}`,
    `count_if(${hasPlayed} AND ${isSide}) AS players_${side}`,
  ];
});

/** No three-pointer is so near, in feet; the line has never been nearer than 22. */
const nearThree = 20;

const box: Contradictions = {
  from: (relation) => `(
    SELECT given.*, given.team_abbr = sides.first_side AS is_first_side
    FROM ${relation} AS given
    LEFT JOIN (SELECT nba_game_id, MIN(team_abbr) AS first_side FROM ${relation} GROUP BY nba_game_id) AS sides
      ON sides.nba_game_id = given.nba_game_id
  )`,
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
    ...ofSides,
  ],
  cases: [
    [
      'team_a = team_b',
      "'only rows of ' || team_a || coalesce('; are those of ' || first_other || ' missing?', '')",
    ],
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
    [
      `least(players_a, players_b) < ${onCourt}`,
      "CASE WHEN players_b < players_a THEN team_b ELSE team_a END || ' has ' || least(players_a, players_b) || ' of the five players who are on court; are rows missing?'",
    ],
    [
      `least(seconds_a, seconds_b) < ${leastOfSide}`,
      "CASE WHEN seconds_b < seconds_a THEN team_b ELSE team_a END || ' has played ' || CAST(round(least(seconds_a, seconds_b) / 60) AS BIGINT) || ' minutes in all, of 240; are rows missing?'",
    ],
    [
      `${overtimes('a')} <> ${overtimes('b')}`,
      "team_a || ' has played ' || CAST(round(seconds_a / 60) AS BIGINT) || ' minutes in all, and ' || team_b || ' ' || CAST(round(seconds_b / 60) AS BIGINT) || ': one has an overtime that the other has not'",
    ],
    [
      'points_a = points_b',
      "'both sides have ' || points_a || ' points, and no game ends so; is it over?'",
    ],
  ],
};

const isThree = "starts_with(shot_type, '3PT')";

const chart: Contradictions = {
  from: (relation) => relation,
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
