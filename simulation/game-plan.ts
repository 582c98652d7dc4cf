import type { Random } from './random.ts';

/** What a team brings to a game. */
export interface TeamForm {
  /** Skill on the floor, see `lineupQuality`. */
  readonly quality: number;
  /** Possessions per 48 minutes above (below) the league's. */
  readonly pace: number;
  /** Added to the share of threes among its shots. */
  readonly threeLean: number;
}

/** The team totals that are settled before anybody shoots. */
export interface TeamPlan {
  readonly fieldGoalAttempts: number;
  readonly freeThrowAttempts: number;
  readonly turnovers: number;
  readonly offensiveRebounds: number;
  /** Added to the accuracy of every shot of the team. */
  readonly accuracyShift: number;
  readonly threeLean: number;
}

export interface GamePlan {
  readonly overtimes: number;
  /** Home minus away, in points. */
  readonly expectedMargin: number;
  readonly home: TeamPlan;
  readonly away: TeamPlan;
}

const PACE = 100.4;
const PLAYOFF_PACE = 97;
const PACE_DEVIATION = 4.5;
const POINTS_PER_QUALITY = 20;
const HOME_POINTS = 1.9;
const FORM_POINTS = 7.2;
const POINTS_PER_SHOT = 1.085;
const POINTS_PER_FREE_THROW = 0.78;
/** Points that a team gains per 1 of accuracy, over the shots of one game. */
const POINTS_PER_ACCURACY = 213;
const CLOSE_GAME_POINTS = 5;
const OVERTIME_CHANCE = 0.2;
const OVERTIME_SHARE = 5 / 48;
const MOST_POSSESSIONS = 134;

/**
 * Draws a game from the top: possessions, how each team spends them, who has the better day, overtime.
 * Possessions of a team are FGA + 0.44·FTA + TOV − OREB, so the pace comes out as intended.
 */
export function planGame(
  home: TeamForm,
  away: TeamForm,
  isPlayoff: boolean,
  random: Random,
): GamePlan {
  const base = isPlayoff ? PLAYOFF_PACE : PACE;
  const possessions = random.normal(base + home.pace + away.pace, PACE_DEVIATION);
  const edge = POINTS_PER_QUALITY * (home.quality - away.quality) + HOME_POINTS;
  const homeDraft = draftTeam(home, possessions, edge / 2, random);
  const awayDraft = draftTeam(away, possessions, -edge / 2, random);
  const drawn = homeDraft.points - awayDraft.points;
  const overtimes =
    Math.abs(drawn) < CLOSE_GAME_POINTS && random.chance(OVERTIME_CHANCE)
      ? overtimePeriods(possessions, random)
      : 0;
  // A game that goes to overtime was even for 48 minutes.
  const expectedMargin = overtimes === 0 ? drawn : random.normal(drawn / 2, 2.5);
  const correction = (expectedMargin - drawn) / 2;
  return {
    overtimes,
    expectedMargin,
    home: settle(homeDraft, correction, overtimes),
    away: settle(awayDraft, -correction, overtimes),
  };
}

interface TeamDraft extends Omit<TeamPlan, 'accuracyShift'> {
  /** Points that an average team would make of this. */
  readonly usualPoints: number;
  readonly points: number;
}

function draftTeam(
  form: TeamForm,
  possessions: number,
  edgePoints: number,
  random: Random,
): TeamDraft {
  const turnovers = atLeast(4, random.normal(13.2, 3.3));
  const offensiveRebounds = atLeast(2, random.normal(10.5, 3.4));
  const freeThrowAttempts = atLeast(4, random.normal(21.6, 5.6));
  const own = possessions + random.normal(0, 1);
  const fieldGoalAttempts = atLeast(
    60,
    own - 0.44 * freeThrowAttempts - turnovers + offensiveRebounds,
  );
  const usualPoints =
    fieldGoalAttempts * POINTS_PER_SHOT + freeThrowAttempts * POINTS_PER_FREE_THROW;
  const day = Math.max(-2.6, Math.min(2.6, random.normal(0, 1))) * FORM_POINTS;
  return {
    turnovers,
    offensiveRebounds,
    freeThrowAttempts,
    fieldGoalAttempts,
    threeLean: form.threeLean + random.normal(0, 0.025),
    usualPoints,
    points: usualPoints + edgePoints + day,
  };
}

function settle(draft: TeamDraft, correction: number, overtimes: number): TeamPlan {
  const length = 1 + overtimes * OVERTIME_SHARE;
  const { usualPoints, points, ...plan } = draft;
  return {
    ...plan,
    fieldGoalAttempts: Math.round(plan.fieldGoalAttempts * length),
    freeThrowAttempts: Math.round(plan.freeThrowAttempts * length),
    turnovers: Math.round(plan.turnovers * length),
    offensiveRebounds: Math.round(plan.offensiveRebounds * length),
    accuracyShift: (points + correction - usualPoints) / POINTS_PER_ACCURACY,
  };
}

/**
 * How many overtimes a game goes to. A fast one is not prolonged again and again, for the checks hold 140
 * possessions of a team for implausible.
 */
function overtimePeriods(possessions: number, random: Random): number {
  const draw = random.uniform();
  const periods = draw < 0.87 ? 1 : draw < 0.985 ? 2 : 3;
  const most = Math.floor((MOST_POSSESSIONS / possessions - 1) / OVERTIME_SHARE);
  return Math.max(1, Math.min(periods, most));
}

function atLeast(minimum: number, value: number): number {
  return Math.max(minimum, Math.round(value));
}
