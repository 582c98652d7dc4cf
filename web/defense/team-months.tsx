import { useState } from 'preact/hooks';
import { type Zone, zones } from '../../src/serve/court-zones.ts';
import type { TeamMonthsAnswer } from '../../src/serve/team-api-types.ts';
import { signed } from '../format.ts';
import { When } from '../notice.tsx';
import { Scroll } from '../scroll.tsx';
import { useApi } from '../use-api.ts';
import { zoneNames } from '../zones.ts';

/** All teams over the months of a season, one zone at a time. */
export function TeamMonths({ seasonYear }: { readonly seasonYear: number }) {
  const [zone, setZone] = useState<Zone>('paint');
  const answer = useApi<TeamMonthsAnswer>(`team-defense/${seasonYear}`);
  return (
    <section>
      <h2>All teams by month</h2>
      <fieldset class="choice">
        <legend class="hidden">zone</legend>
        {zones.map((name) => (
          <label key={name}>
            <input
              type="radio"
              name="zone"
              checked={zone === name}
              onChange={() => setZone(name)}
            />
            {zoneNames[name]}
          </label>
        ))}
      </fieldset>
      <When answer={answer}>{(data) => <MonthTable data={data} zone={zone} />}</When>
    </section>
  );
}

function MonthTable({ data, zone }: { readonly data: TeamMonthsAnswer; readonly zone: Zone }) {
  const months = [...new Set(data.months.map(({ month }) => month))].sort();
  const byTeam = Map.groupBy(data.months, ({ team }) => team);
  return (
    <Scroll label={`${zoneNames[zone]} by team and month`}>
      <table class="shares diverging">
        <thead>
          <tr>
            <th scope="col">team</th>
            {months.map((month) => (
              <th key={month} scope="col" class="number">
                {month.slice(2)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {[...byTeam].map(([team, own]) => (
            <tr key={team}>
              <th scope="row">{team}</th>
              {months.map((month) => {
                const value = own.find((cell) => cell.month === month)?.vs_league[zone] ?? null;
                const strength = Math.min(100, Math.round(Math.abs(value ?? 0) * 9));
                return (
                  <td
                    key={month}
                    class={`share ${(value ?? 0) >= 0 ? 'better' : 'worse'}`}
                    style={{ '--share': String(strength) }}
                  >
                    {value === null ? '' : signed(value, 1)}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}
