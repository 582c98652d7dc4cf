import { useState } from 'preact/hooks';
import { type Zone, zones } from '../../src/serve/court-zones.ts';
import type { TeamZones } from '../../src/serve/team-api-types.ts';
import { fixed, percent, signed } from '../format.ts';
import { Scroll } from '../scroll.tsx';
import { zoneNames } from '../zones.ts';

type Order = 'team' | 'rating' | Zone;

/** Full length of a bar, in percentage points. */
const scale = 12;

/** A row per team, a bar per zone; a column's heading orders by it. */
export function TeamTable({
  teams,
  chosen,
  onChoose,
}: {
  readonly teams: readonly TeamZones[];
  readonly chosen: string;
  readonly onChoose: (team: string) => void;
}) {
  const [order, setOrder] = useState<Order>('team');
  const sorted = teams.toSorted((a, b) =>
    order === 'team' ? a.team.localeCompare(b.team) : measureOf(a, order) - measureOf(b, order),
  );
  const heading = (name: Order, text: string, css: string) => (
    <th scope="col" class={css} aria-sort={order === name ? 'ascending' : 'none'}>
      <button type="button" class="link" onClick={() => setOrder(name)}>
        {text}
        {order === name ? ' ↑' : ''}
      </button>
    </th>
  );
  return (
    <Scroll label="Teams by zone">
      <table class="teams">
        <thead>
          <tr>
            {heading('team', 'team', '')}
            {zones.map((zone) => heading(zone, zoneNames[zone], 'zone-column'))}
            {heading('rating', 'rating', 'number')}
          </tr>
        </thead>
        <tbody>
          {sorted.map((row) => (
            <tr key={row.team} class={row.team === chosen ? 'chosen' : ''}>
              <th scope="row">
                <button
                  type="button"
                  class="link"
                  aria-pressed={row.team === chosen}
                  onClick={() => onChoose(row.team)}
                >
                  {row.team}
                </button>
                <div class="quiet wide">{row.name}</div>
              </th>
              {zones.map((zone) => (
                <td key={zone} class="zone-column">
                  <ZoneBar value={row.zones[zone].vs_league} />
                  <span class="zone-text">
                    {signed(row.zones[zone].vs_league, 1)}{' '}
                    <span class="quiet wide">{percent(row.zones[zone].pct)}</span>
                  </span>
                  <div class="quiet volume">
                    {rankText(teams, row, zone)}
                    {fixed(row.zones[zone].attempts, 1)}
                    <span class="wide"> shots a game</span>
                  </div>
                </td>
              ))}
              <td class="number">{fixed(row.rating, 1)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

function ZoneBar({ value }: { readonly value: number | null }) {
  const length = Math.min(1, Math.abs(value ?? 0) / scale) * 50;
  const isWeak = (value ?? 0) >= 0;
  return (
    <svg class="zone-bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
      <rect class="axis" x="49.6" y="0" width="0.8" height="10" />
      <rect
        class={isWeak ? 'zone better' : 'zone worse'}
        x={isWeak ? 50 : 50 - length}
        y="1.5"
        width={length}
        height="7"
      />
    </svg>
  );
}

/** `#1, ` of the team that is hardest to score on; nothing where the zone is unknown. */
function rankText(teams: readonly TeamZones[], team: TeamZones, zone: Zone): string {
  const own = team.zones[zone].vs_league;
  if (own === null) return '';
  const stronger = teams.filter(
    ({
      zones: {
        [zone]: { vs_league: other },
      },
    }) => (other ?? own) < own,
  );
  return `#${stronger.length + 1}, `;
}

function measureOf(team: TeamZones, order: Exclude<Order, 'team'>): number {
  const value = order === 'rating' ? team.rating : team.zones[order].vs_league;
  return value ?? Number.POSITIVE_INFINITY;
}
