import { teamCompletenessCtes } from '../../../src/games/team-completeness-sql.ts';
import { int64, type Measure } from '../../../src/sql/column.ts';
import { taken } from '../../../src/table/measure.ts';
import type { SqlContext } from '../../../src/table/sql-context.ts';
import type { IssueCode } from '../measures/data-quality-issues.ts';
import { completeness, type SampleNames } from '../measures/sample-measures.ts';

/** Columns of `candidates`, by their part in the common columns. */
export const candidateSample: SampleNames = {
  expected: 'expected_games',
  actual: 'actual_games',
  sample: 'games_in_sample',
  played: 'games_played_season',
  overBreak: 'over_break',
};

/** How much is known of a candidate: the size of his sample and the completeness of his team. */
export const candidateCompleteness: readonly Measure[] = [
  ...taken(
    int64('games_in_sample', 'min(10, active games this season before d)', {
      range: { min: 1, max: 10, severity: 'error' },
    }),
  ),
  ...completeness(candidateSample),
];

/**
 * CTEs that end in `candidates`: the rows of upcoming_player_game_context of the target dates, who
 * alone can get a row, each with the completeness of his team, the size of his sample, whether a long break is
 * in it, and whether a game is missing in what he or his row there is made of (`lacks_games`).
 */
export function candidatesCtes(context: SqlContext): string {
  const { sql } = context;
  const says = (code: IssueCode) =>
    sql.arrayContains('upcoming.data_quality_issues', sql.string(code));
  return `${teamCompletenessCtes(context)},
candidates AS (
  SELECT
    upcoming.*,
    team_known.expected_games,
    team_known.actual_games,
    CASE
      WHEN upcoming.games_played_season < 10 THEN upcoming.games_played_season
      ELSE 10
    END AS games_in_sample,
    ${says('long_break_in_window')} AS over_break,
    team_known.expected_games > team_known.actual_games
      OR ${says('missing_upstream_games')} AS lacks_games
  FROM target_dates
  INNER JOIN ${context.input('upcoming_player_game_context')} AS upcoming
    ON upcoming.game_date = target_dates.analysis_date
  LEFT JOIN team_known
    ON team_known.analysis_date = upcoming.game_date
    AND team_known.team_abbr = upcoming.team_abbr
)`;
}

/** `exclusion_reason` of a candidate; `score` is his quality in hundredths. */
export function candidateExclusion({ option }: SqlContext, scoreHundredths: string): string {
  return `CASE
    WHEN games_played_season < ${option('min_games')} THEN 'INSUFFICIENT_DATA'
    WHEN ${scoreHundredths} < 100 * ${option('quality_threshold')} THEN 'BELOW_QUALITY_THRESHOLD'
  END AS exclusion_reason`;
}
