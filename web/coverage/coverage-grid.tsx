import type { CoverageAnswer } from '../../src/serve/api-types.ts';
import { count } from '../format.ts';
import { Scroll } from '../scroll.tsx';

/** The grid of `status`: dates covered of dates due, by table and season. */
export function CoverageGrid({
  coverage: { raw, tables, seasons, counts },
  onChoose,
}: {
  readonly coverage: CoverageAnswer;
  readonly onChoose: (table: string) => void;
}) {
  return (
    <section>
      <h2>Dates covered of dates due</h2>
      <Scroll label="Dates covered by table and season">
        <table>
          <thead>
            <tr>
              <th scope="col">table</th>
              {seasons.map(({ year, label }) => (
                <th key={year} scope="col" class="number">
                  {label}
                </th>
              ))}
              <th scope="col" class="number">
                rows
              </th>
            </tr>
          </thead>
          <tbody>
            {[...raw, ...tables].map(({ name, dataset, purpose }) => {
              const own = counts.filter((cell) => cell.table === name);
              return (
                <tr key={name}>
                  <th scope="row">
                    {dataset === 'nba_raw' ? (
                      <span title={purpose}>
                        {name} <span class="quiet">raw</span>
                      </span>
                    ) : (
                      <button
                        type="button"
                        class="link"
                        title={purpose}
                        onClick={() => onChoose(name)}
                      >
                        {name}
                      </button>
                    )}
                  </th>
                  {seasons.map(({ year }) => {
                    const cell = own.find(({ season_year: seasonYear }) => seasonYear === year);
                    const short = cell && cell.covered < cell.due;
                    return (
                      <td key={year} class={short ? 'number short' : 'number'}>
                        {cell ? `${cell.covered + (cell.states.stale ?? 0)}/${cell.due}` : '—'}
                      </td>
                    );
                  })}
                  <td class="number">{count(own.reduce((sum, { rows }) => sum + rows, 0))}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </Scroll>
    </section>
  );
}
