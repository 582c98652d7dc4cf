import { zones } from '../../src/serve/court-zones.ts';
import type { SlateTeam } from '../../src/serve/slate-api-types.ts';
import { percent, signed } from '../format.ts';
import { zoneNames } from '../zones.ts';

/** Where a team shoots from, against what its opponent allows there. */
export function ZoneMatchup({
  offense,
  defense,
}: {
  readonly offense: SlateTeam;
  readonly defense: SlateTeam;
}) {
  return (
    <table class="matchups diverging">
      <thead>
        <tr>
          <th scope="col">zone</th>
          <th scope="col" class="number">
            {offense.team} shots
          </th>
          <th scope="col" class="number">
            {defense.team} allows
          </th>
        </tr>
      </thead>
      <tbody>
        {zones.map((zone) => {
          const { share } = offense.zones[zone];
          const allowed = defense.zones[zone].allowed_vs_league;
          const strength = Math.min(100, Math.round(Math.abs(allowed ?? 0) * 9));
          return (
            <tr key={zone}>
              <th scope="row">{zoneNames[zone]}</th>
              <td class="number">{percent(share, 0)}</td>
              <td
                class={`share ${(allowed ?? 0) >= 0 ? 'better' : 'worse'}`}
                style={{ '--share': String(strength) }}
              >
                {signed(allowed, 1)}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
