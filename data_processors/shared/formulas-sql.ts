import type { Quotient } from '../../src/sql/sql-text.ts';

/**
 * The formulas of basketball, over names of INT64 columns and in integers, so that a value is rounded once. They
 * are those of Oliver, "Basketball on Paper" (2004), and of Kubatko, Oliver, Pelton and Rosenbaum, "A
 * Starting Point for Analyzing Basketball Statistics" (2007). A `…Words` says a formula for the docs page.
 */

/** Plays that a free throw stands for: most come in pairs, some after a basket or a technical foul. */
const freeThrow = { hundredths: 44, words: '0.44' } as const;

/** One game of 48 minutes, in seconds of a team's five players. */
export const teamSecondsOfGame = 5 * 48 * 60;

const shotsWords = (prefix: string) => `${prefix}FGA + ${freeThrow.words}·${prefix}FTA`;

/** Shooting plays in hundredths: field goals and the share of free throws that ends a play. */
function shotHundredths(fga: string, fta: string): string {
  return `100 * ${fga} + ${freeThrow.hundredths} * ${fta}`;
}

/** Plays that end with the player or team, in hundredths. */
export function playHundredths(fga: string, fta: string, turnovers: string): string {
  return `${shotHundredths(fga, fta)} + 100 * ${turnovers}`;
}

/** Possessions in hundredths: an offensive rebound goes on with the one before. */
export function possessionHundredths(box: {
  readonly fga: string;
  readonly fta: string;
  readonly turnovers: string;
  readonly offensiveRebounds: string;
}): string {
  return `${playHundredths(box.fga, box.fta, box.turnovers)} - 100 * ${box.offensiveRebounds}`;
}

export const possessionsWords = `${shotsWords('')} + TOV − OREB`;

/** The shooting plays of a game of player_game_summary, in hundredths. */
export const shootingPlays = shotHundredths('fg_attempts', 'ft_attempts');

/** Points per two shooting plays. */
export function trueShooting(points: string, fga: string, fta: string): Quotient {
  return { num: `50 * ${points}`, den: shotHundredths(fga, fta) };
}

/** @param sum `Σ ` of a formula that is pooled over games. */
export function trueShootingWords(sum: '' | 'Σ '): string {
  return `${sum}PTS/(2·(${shotsWords(sum)}))`;
}

/** Field goals per attempt, a three counting one and a half. */
export function effectiveFieldGoal(fgm: string, threesMade: string, fga: string): Quotient {
  return { num: `2 * ${fgm} + ${threesMade}`, den: `2 * ${fga}` };
}

/** Points per 100 possessions. */
export function rating(points: string, possessions: string): Quotient {
  return { num: `10000 * ${points}`, den: possessions };
}

/** Possessions per 48 minutes, from possessions in hundredths and the seconds of all players. */
export function pace(possessions: string, teamSeconds: string): Quotient {
  return { num: `${teamSecondsOfGame / 100} * ${possessions}`, den: teamSeconds };
}

/** Share of the team's plays that ended with the player while he was on court; 1 is all. */
export function usage(player: {
  readonly plays: string;
  readonly seconds: string;
  readonly teamPlays: string;
  readonly teamSeconds: string;
}): Quotient {
  return {
    num: `(${player.plays}) * ${player.teamSeconds}`,
    den: `5 * ${player.seconds} * (${player.teamPlays})`,
  };
}

export const usageWords = `100·(${shotsWords('')} + TOV)·(team_seconds/5) / (seconds·(team ${shotsWords('')} + TOV))`;

/** A quotient in percent. */
export function percent<Of extends Quotient>(quotient: Of): Of {
  const { num } = quotient;
  return { ...quotient, num: /^[\w.]+$/.test(num) ? `100 * ${num}` : `100 * (${num})` };
}

/** A quotient that is NULL where a condition does not hold. */
export function onlyWhen<Of extends Quotient>(when: string, quotient: Of): Of {
  return { ...quotient, when };
}
