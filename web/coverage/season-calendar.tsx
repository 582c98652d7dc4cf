import { useMemo, useRef, useState } from 'preact/hooks';
import { type UnitState, unitStates } from '../../src/plan/unit-state.ts';
import type { SeasonDates } from '../../src/serve/api-types.ts';
import { calendarMonths } from './calendar-months.ts';

export interface CalendarCell {
  readonly state: UnitState;
  /** The words that are read out and shown as a hint. */
  readonly label: string;
}

const arrows: Readonly<Record<string, number>> = {
  ArrowLeft: -1,
  ArrowRight: 1,
  ArrowUp: -7,
  ArrowDown: 7,
};

const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

/** A season: a cell per date, months as blocks. One tab stop; arrows move by a game date or a week. */
export function SeasonCalendar({
  season,
  cells,
  chosen,
  onChoose,
}: {
  readonly season: SeasonDates;
  /** The cells, one per game date of the season. */
  readonly cells: readonly CalendarCell[];
  readonly chosen: string;
  readonly onChoose: (date: string) => void;
}) {
  const months = useMemo(() => calendarMonths(season.dates), [season.dates]);
  const place = useRef<HTMLDivElement>(null);
  const [focused, setFocused] = useState<string>();
  const chosenHere = season.dates.includes(chosen) ? chosen : undefined;
  const tabStop = focused ?? chosenHere ?? season.dates[0];

  const onKeyDown = (event: KeyboardEvent) => {
    const step = arrows[event.key];
    if (step === undefined || tabStop === undefined) return;
    event.preventDefault();
    const next = moved(season.dates, tabStop, step);
    setFocused(next);
    place.current?.querySelector<HTMLElement>(`[data-date="${next}"]`)?.focus();
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys belong to the buttons in it
    <div class="months" ref={place} onKeyDown={onKeyDown}>
      {months.map(({ month, label, days, offset }) => (
        <div class="month" key={month}>
          <h3>{label}</h3>
          <div class="weeks">
            {weekdays.map((weekday) => (
              <abbr key={weekday} class="weekday" title={weekday}>
                {weekday.slice(0, 1)}
              </abbr>
            ))}
            {days.map(({ date, index }, day) => {
              const cell = index === undefined ? undefined : cells[index];
              const column = day === 0 ? { gridColumnStart: offset + 1 } : {};
              if (!cell)
                return <span key={date} class="day" style={column} title={`${date}: no games`} />;
              return (
                <button
                  type="button"
                  key={date}
                  style={column}
                  class={`cell ${cell.state}`}
                  data-date={date}
                  title={cell.label}
                  aria-label={cell.label}
                  aria-pressed={date === chosen}
                  tabIndex={date === tabStop ? 0 : -1}
                  onFocus={() => setFocused(date)}
                  onClick={() => onChoose(date)}
                >
                  {unitStates[cell.state].letter}
                </button>
              );
            })}
          </div>
        </div>
      ))}
    </div>
  );
}

/** The game date some days away, or the next one beyond; the end of the season stays. */
function moved(dates: readonly string[], from: string, days: number): string {
  const index = dates.indexOf(from);
  if (Math.abs(days) === 1) return dates[index + days] ?? from;
  const target = new Date(Date.parse(from) + days * 86_400_000).toISOString().slice(0, 10);
  const found =
    days > 0 ? dates.find((date) => date >= target) : dates.findLast((date) => date <= target);
  return found ?? from;
}
