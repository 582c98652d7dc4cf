import { axisX, axisY, line, type PlotOptions, ruleX, ruleY } from '@observablehq/plot';
import { useCallback } from 'preact/hooks';
import { zones } from '../../src/serve/court-zones.ts';
import type { TeamSeasonAnswer } from '../../src/serve/team-api-types.ts';
import { Chart } from '../chart.tsx';
import { When } from '../notice.tsx';
import { useApi } from '../use-api.ts';
import { zoneNames } from '../zones.ts';

/** One team over the season: three lines around the league. */
export function TeamSeason({
  team,
  seasonYear,
  date,
}: {
  readonly team: string;
  readonly seasonYear: number;
  readonly date: string;
}) {
  const answer = useApi<TeamSeasonAnswer>(`team-defense/${seasonYear}/${team}`);
  return (
    <section>
      <h2>
        {team} in {seasonYear}-{String((seasonYear + 1) % 100).padStart(2, '0')}
      </h2>
      <ul class="legend">
        {zones.map((zone, index) => (
          <li key={zone}>
            <span class={`swatch series-${index + 1}`} aria-hidden="true" /> {zoneNames[zone]}
          </li>
        ))}
      </ul>
      <When answer={answer}>{(data) => <SeasonLines data={data} date={date} />}</When>
    </section>
  );
}

/** The zones' lines differ by their dashes too, for whoever does not see the colours. */
const dashes = ['none', '7 3', '2 3'];

function SeasonLines({ data, date }: { readonly data: TeamSeasonAnswer; readonly date: string }) {
  const options = useCallback(
    (width: number): PlotOptions => ({
      height: 240,
      marginLeft: 44,
      x: { type: 'utc', label: null },
      y: { label: 'percentage points against the league', grid: true, nice: true },
      marks: [
        ruleY([0], { stroke: 'currentColor', strokeWidth: 1.5 }),
        ruleX([new Date(date)], { stroke: 'currentColor', strokeOpacity: 0.4 }),
        ...zones.map((zone, index) =>
          line(data.dates, {
            x: (row: TeamSeasonAnswer['dates'][number]) => new Date(row.date),
            y: (row: TeamSeasonAnswer['dates'][number]) => row.vs_league[zone] ?? Number.NaN,
            stroke: `var(--series-${index + 1})`,
            strokeWidth: 2,
            strokeDasharray: dashes[index] ?? 'none',
          }),
        ),
        axisX({ ticks: width < 500 ? 4 : 9 }),
        axisY({ ticks: 5 }),
      ],
    }),
    [data, date],
  );
  return (
    <Chart label={`${data.team} against the league by zone over the season`} options={options} />
  );
}
