import type { ComponentChildren } from 'preact';
import type { SlateAnswer } from '../../src/serve/slate-api-types.ts';
import { DateChooser } from '../date-chooser.tsx';
import { Notice, When } from '../notice.tsx';
import { goTo, type PageName } from '../route.ts';
import { useApi } from '../use-api.ts';

/** A slate with games or without, of a day that is there. */
export type DatedSlate = SlateAnswer & { readonly date: string };

/**
 * The games of a date on a page of theirs: the date and its neighbours, a note beside them, why there is
 * nothing, and the games. @param date the latest with rows where empty.
 */
export function SlateOf({
  date,
  page,
  note,
  children,
}: {
  readonly date: string;
  readonly page: PageName;
  readonly note: (slate: DatedSlate) => ComponentChildren;
  readonly children: (slate: DatedSlate) => ComponentChildren;
}) {
  const answer = useApi<SlateAnswer>(
    date === '' ? 'slate' : `slate?date=${encodeURIComponent(date)}`,
  );
  return (
    <When answer={answer}>
      {(data) => {
        if (data.date === null) return <Notice>{data.absent}.</Notice>;
        const slate = { ...data, date: data.date };
        return (
          <>
            <div class="controls">
              <DateChooser
                date={slate.date}
                previous={slate.previous}
                next={slate.next}
                onDate={(day) => goTo(page, { date: day })}
                unit="date"
              />
              {note(slate)}
            </div>
            {slate.absent !== null && (
              <Notice>
                <strong>No games to show for {slate.date}:</strong> {slate.absent}.
              </Notice>
            )}
            {children(slate)}
          </>
        );
      }}
    </When>
  );
}
