/** A game has one season, and no season's dates are further apart: July to the October after next. */
export const seasonReachDays = 490;
