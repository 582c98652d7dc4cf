import { useEffect, useMemo, useRef } from 'preact/hooks';
import { bySeverity, type UnitState, unitStates } from '../../src/plan/unit-state.ts';
import type { CoverageAnswer, SeasonDates } from '../../src/serve/api-types.ts';
import { count } from '../format.ts';
import { goTo } from '../route.ts';
import { CoverageGrid } from './coverage-grid.tsx';
import { DatePanel } from './date-panel.tsx';
import { FilesGrid } from './files-grid.tsx';
import { type CalendarCell, SeasonCalendar } from './season-calendar.tsx';
import { StateBadge } from './state-badge.tsx';
import { stateOf, worstOf } from './states.ts';
import { UnitPanel } from './unit-panel.tsx';

/** Which dates are right: a calendar per season, coloured and lettered by state. */
export function CoveragePage({
  coverage,
  values,
}: {
  readonly coverage: CoverageAnswer;
  readonly values: URLSearchParams;
}) {
  const table = values.get('table') ?? '';
  const season = values.get('season') ?? '';
  const date = values.get('date') ?? '';
  const unit = values.get('unit') ?? '';
  const panel = useRef<HTMLElement>(null);
  const go = (next: Readonly<Record<string, string>>) =>
    goTo('coverage', { table, season, date, unit, ...next });

  const seasons = coverage.seasons.filter(({ year }) => season === '' || String(year) === season);
  const chosenTables = coverage.tables.filter(({ name }) => table === '' || name === table);
  const tables = chosenTables.length > 0 ? chosenTables : coverage.tables;
  const counts = useMemo(() => countStates(coverage, tables, seasons), [coverage, table, season]);

  const opened = date === '' ? '' : `${date} ${unit}`;
  useEffect(() => {
    if (opened === '' || !panel.current) return;
    panel.current.scrollIntoView({ block: 'nearest' });
    panel.current.focus({ preventScroll: true });
  }, [opened]);

  const close = () => {
    go({ date: '', unit: '' });
    document.querySelector<HTMLElement>(`[data-date="${date}"]`)?.focus();
  };

  return (
    <>
      <div class="controls">
        <label>
          table
          <select
            value={table}
            onChange={(event) => {
              const name = event.currentTarget.value;
              go({ table: name, unit: date === '' ? '' : name });
            }}
          >
            <option value="">all tables</option>
            {coverage.tables.map(({ name }) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <label>
          season
          <select value={season} onChange={(event) => go({ season: event.currentTarget.value })}>
            <option value="">all seasons</option>
            {coverage.seasons.map(({ year, label }) => (
              <option key={year} value={year}>
                {label}
              </option>
            ))}
          </select>
        </label>
      </div>
      <ul class="legend" aria-label="States">
        {bySeverity
          .filter((state) => (counts.get(state) ?? 0) > 0)
          .map((state) => (
            <li key={state} title={unitStates[state].meaning}>
              <StateBadge state={state} /> {count(counts.get(state) ?? 0)}
            </li>
          ))}
      </ul>
      {coverage.incomplete.length > 0 && (
        <details open={coverage.incomplete.length <= 10}>
          <summary>
            {count(coverage.incomplete.length)}{' '}
            {coverage.incomplete.length === 1 ? 'date has' : 'dates have'} games without a result
          </summary>
          <ul class="plain-list">
            {coverage.incomplete.map((one) => (
              <li key={one.date}>
                <button type="button" class="link" onClick={() => go({ date: one.date, unit: '' })}>
                  {one.date}
                </button>{' '}
                {one.text}
              </li>
            ))}
          </ul>
        </details>
      )}
      {coverage.refused.length > 0 && (
        <ul class="plain-list">
          {coverage.refused.map((refused) => (
            <li key={refused.date}>
              <strong>{refused.date}</strong> refused at ingest: {refused.reason}
            </li>
          ))}
        </ul>
      )}
      <div class={date === '' ? '' : 'beside'}>
        <div>
          {seasons.toReversed().map((shown) => (
            <section key={shown.year} aria-label={`Season ${shown.label}`}>
              <h2>{shown.label}</h2>
              <SeasonCalendar
                season={shown}
                cells={cellsOf(coverage, tables, shown)}
                chosen={date}
                onChoose={(chosen) => go({ date: chosen, unit: table })}
              />
            </section>
          ))}
        </div>
        {date !== '' && (
          <aside
            class="panel"
            ref={panel}
            tabIndex={-1}
            aria-label={`What is on ${date}`}
            onKeyDown={(event) => {
              if (event.key === 'Escape') close();
            }}
          >
            <button type="button" class="close" onClick={close} aria-label="close">
              ×
            </button>
            {unit === '' ? (
              <DatePanel date={date} onUnit={(name) => go({ unit: name })} />
            ) : (
              <UnitPanel
                table={unit}
                date={date}
                onDate={() => go({ unit: '' })}
                linkOf={(name, day) => ({ table, season, date: day, unit: name })}
              />
            )}
          </aside>
        )}
      </div>
      <CoverageGrid
        coverage={coverage}
        onChoose={(name) => go({ table: name, unit: '', date: '' })}
      />
      <FilesGrid />
    </>
  );
}

function cellsOf(
  coverage: CoverageAnswer,
  tables: CoverageAnswer['tables'],
  season: SeasonDates,
): readonly CalendarCell[] {
  const position = coverage.seasons.indexOf(season);
  const incomplete = new Map(coverage.incomplete.map(({ date, text }) => [date, text]));
  return season.dates.map((date, index) => {
    const states = tables.map(({ letters }) => stateOf(letters[position]?.[index] ?? ''));
    const games = season.games[index] ?? 0;
    const what = tables.length === 1 ? states[0] : tally(states);
    return {
      state: worstOf(states),
      label: `${date}: ${what}, ${incomplete.get(date) ?? `${games} ${games === 1 ? 'game' : 'games'}`}`,
    };
  });
}

/** `8 done, 2 empty` */
function tally(states: readonly UnitState[]): string {
  return bySeverity
    .map((state) => [state, states.filter((other) => other === state).length] as const)
    .filter(([, times]) => times > 0)
    .map(([state, times]) => `${times} ${state}`)
    .join(', ');
}

function countStates(
  coverage: CoverageAnswer,
  tables: CoverageAnswer['tables'],
  seasons: readonly SeasonDates[],
): ReadonlyMap<UnitState, number> {
  const counts = new Map<UnitState, number>();
  for (const season of seasons) {
    const position = coverage.seasons.indexOf(season);
    for (const { letters } of tables) {
      for (const letter of letters[position] ?? '') {
        const state = stateOf(letter);
        counts.set(state, (counts.get(state) ?? 0) + 1);
      }
    }
  }
  return counts;
}
