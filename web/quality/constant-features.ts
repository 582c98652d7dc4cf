import type { QualityColumn } from '../../src/serve/api-types.ts';

/** Whether a feature has one value in all months shown; other columns may be constant as they like. */
export function isConstant({ constant_when: constantWhen, min, max }: QualityColumn): boolean {
  const values = [...min, ...max].filter((value) => value !== null);
  return constantWhen !== null && values.length > 0 && new Set(values).size === 1;
}

/** Why a constant feature is none to look into; `null` where it is. */
export function mayBeConstantText({ constant_when: constantWhen }: QualityColumn): string | null {
  switch (constantWhen) {
    case null:
    case 'never':
      return null;
    case 'in_defaults':
      return 'may be so where no shot charts are loaded';
    case 'early_in_the_season':
      return 'may be so early in a season';
    case 'after_a_break':
      return 'may be so after a break';
    case 'on_any_date':
      return 'may be so on any date';
  }
}
