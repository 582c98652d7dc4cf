import { int64, type Measure } from '../../../src/sql/column.ts';
import { zoneColumnNames } from './shot-zones-sql.ts';

const words: Readonly<Record<string, string>> = {
  paint: 'twos from at most 8 ft',
  mid_range: 'other twos',
  zone_three_pt: 'threes of the shot chart',
};

/**
 * Makes and attempts of the three zones.
 * @param prefix `opp_` for the opponent's.
 * @param relation what has them, without a prefix.
 */
export function zoneMeasures(
  prefix: '' | 'opp_',
  subject: string,
  relation?: string,
): readonly Measure[] {
  return zoneColumnNames.map((name) => {
    const [, zone = '', what = ''] = /^(.*)_(makes|attempts)$/.exec(name) ?? [];
    return int64(`${prefix}${name}`, `${subject}: ${words[zone]}, ${what}`, {
      from: relation === undefined ? name : `${relation}.${name}`,
      nullWhen: 'the game has no usable shot data',
    });
  });
}
