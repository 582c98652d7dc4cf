import { type Column, int64 } from '../../../src/sql/column.ts';
import { zoneColumnNames } from './shot-zones-sql.ts';

const words: Readonly<Record<string, string>> = {
  paint: 'twos from at most 8 ft',
  mid_range: 'other twos',
  zone_three_pt: 'threes of the shot chart',
};

/** Makes and attempts of the three zones; `prefix` is `opp_` for the opponent's. */
export function zoneColumns(prefix: '' | 'opp_', subject: string): readonly Column[] {
  return zoneColumnNames.map((name) => {
    const [, zone = '', what = ''] = /^(.*)_(makes|attempts)$/.exec(name) ?? [];
    return int64(`${prefix}${name}`, `${subject}: ${words[zone]}, ${what}`, {
      nullWhen: 'the game has no usable shot data',
    });
  });
}
