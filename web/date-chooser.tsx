/** A day, with the steps to the ones before and after that have something to show. */
export function DateChooser({
  date,
  previous,
  next,
  onDate,
  unit,
}: {
  readonly date: string;
  readonly previous: string | null;
  readonly next: string | null;
  readonly onDate: (date: string) => void;
  /** What a step is: a game, a date. */
  readonly unit: string;
}) {
  return (
    <div class="dates">
      <button
        type="button"
        disabled={previous === null}
        onClick={() => previous !== null && onDate(previous)}
        aria-label={`previous ${unit}`}
        title={previous ?? ''}
      >
        ←
      </button>
      <label>
        <span class="hidden">date</span>
        <input
          type="date"
          value={date}
          onChange={(event) => {
            if (event.currentTarget.value !== '') onDate(event.currentTarget.value);
          }}
        />
      </label>
      <button
        type="button"
        disabled={next === null}
        onClick={() => next !== null && onDate(next)}
        aria-label={`next ${unit}`}
        title={next ?? ''}
      >
        →
      </button>
    </div>
  );
}
