import type { Row } from './canonical-row.ts';
import { NULL_TEXT, unitsOrNull } from './canonical-row.ts';
import type { Ratio } from './exact.ts';
import { clamped, isAbove, product, ratio } from './exact.ts';

/** Where a player shoots from against how the opponent defends there. */
export interface Matchup {
  readonly zone: string | null;
  /** Hundredths of a percent of his shots. */
  readonly rate: bigint | null;
  /** Hundredths of a percentage point above the league. */
  readonly versusLeague: bigint | null;
  /** Unrounded; null when an input is missing. */
  readonly score: Ratio | null;
  readonly playerZoneMissing: boolean;
  readonly teamZoneMissing: boolean;
}

interface ZoneColumns {
  readonly zone: string;
  readonly rate: string;
  readonly versusLeague: string;
}

const PAINT: ZoneColumns = {
  zone: 'paint',
  rate: 'paint_rate_last_10',
  versusLeague: 'paint_defense_vs_league_avg',
};
const MID_RANGE: ZoneColumns = {
  zone: 'mid_range',
  rate: 'mid_range_rate_last_10',
  versusLeague: 'mid_range_defense_vs_league_avg',
};
const PERIMETER: ZoneColumns = {
  zone: 'perimeter',
  rate: 'three_pt_rate_last_10',
  versusLeague: 'three_pt_defense_vs_league_avg',
};
/** Players without a favourite zone are measured in the paint. */
const COLUMNS_OF_ZONE: Readonly<Record<string, ZoneColumns>> = {
  paint: PAINT,
  balanced: PAINT,
  mid_range: MID_RANGE,
  perimeter: PERIMETER,
};

const FULL_WEIGHT_RATE = 50;
const EXTREME = ratio(5, 1);
const EXTREME_FACTOR = ratio(12, 10);
const LIMIT = 10;

/** The matchup of a player's row of zones with that of the opposing team. */
export function matchupOf(player: Row | undefined, team: Row | undefined): Matchup {
  const columns = COLUMNS_OF_ZONE[player?.['primary_scoring_zone'] ?? NULL_TEXT];
  const rate = player && columns ? unitsOrNull(player, columns.rate, 2) : null;
  const versusLeague = team && columns ? unitsOrNull(team, columns.versusLeague, 2) : null;
  return {
    zone: columns?.zone ?? null,
    rate,
    versusLeague,
    score: rate === null || versusLeague === null ? null : scoreOf(rate, versusLeague),
    playerZoneMissing: rate === null,
    teamZoneMissing: !team || hasNoZones(team) || (columns !== undefined && versusLeague === null),
  };
}

function hasNoZones(team: Row): boolean {
  return [PAINT, MID_RANGE, PERIMETER].every(
    ({ versusLeague }) => unitsOrNull(team, versusLeague, 2) === null,
  );
}

function scoreOf(rate: bigint, versusLeague: bigint): Ratio {
  const share = ratio(rate, 100 * FULL_WEIGHT_RATE);
  const weight = isAbove(share, ratio(1, 1)) ? ratio(1, 1) : share;
  const weighted = product(ratio(versusLeague, 100), weight);
  const size = weighted.num < 0n ? { ...weighted, num: -weighted.num } : weighted;
  return clamped(isAbove(size, EXTREME) ? product(weighted, EXTREME_FACTOR) : weighted, LIMIT);
}
