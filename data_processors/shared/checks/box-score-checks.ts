import type { TableCheck } from '../../../src/table/table-check.ts';

const counts = [
  'fg_makes',
  'fg_attempts',
  'three_pt_makes',
  'three_pt_attempts',
  'ft_makes',
  'ft_attempts',
  'offensive_rebounds',
  'defensive_rebounds',
  'assists',
  'turnovers',
  'steals',
  'blocks',
  'personal_fouls',
];

/** What holds for every box score line, of a player or a team; `points` is its points column. */
export function boxScoreChecks(points: 'points' | 'points_scored'): readonly TableCheck[] {
  return [
    {
      kind: 'row',
      name: 'more_makes_than_attempts',
      severity: 'error',
      violation:
        'fg_makes > fg_attempts OR three_pt_makes > three_pt_attempts OR three_pt_attempts > fg_attempts OR ft_makes > ft_attempts OR three_pt_makes > fg_makes',
    },
    {
      kind: 'row',
      name: 'negative_count',
      severity: 'error',
      violation: counts.map((name) => `${name} < 0`).join(' OR '),
    },
    {
      kind: 'row',
      name: 'points_identity',
      severity: 'error',
      violation: `${points} <> 2 * (fg_makes - three_pt_makes) + 3 * three_pt_makes + ft_makes`,
    },
  ];
}
