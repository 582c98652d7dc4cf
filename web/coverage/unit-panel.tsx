import type { UnitAnswer, UnitRecordAnswer } from '../../src/serve/api-types.ts';
import { CopyCommand } from '../copy-command.tsx';
import { count, duration, minute } from '../format.ts';
import { When } from '../notice.tsx';
import { linkTo } from '../route.ts';
import { useApi } from '../use-api.ts';
import { StateBadge } from './state-badge.tsx';

/** One table and date, as `backcourt explain` tells it. */
export function UnitPanel({
  table,
  date,
  onDate,
  linkOf,
}: {
  readonly table: string;
  readonly date: string;
  readonly onDate: () => void;
  readonly linkOf: (table: string, date: string) => Readonly<Record<string, string>>;
}) {
  const answer = useApi<UnitAnswer>(`units/${encodeURIComponent(table)}/${date}`);
  return (
    <>
      <h2>{table}</h2>
      <p>
        <button type="button" class="link" onClick={onDate}>
          {date}
        </button>
      </p>
      <When answer={answer}>
        {(unit) => (
          <>
            <p class="verdict">
              <StateBadge state={unit.state} /> <span>{unit.reason.text}</span>
            </p>
            {unit.incomplete && (
              <p>{unit.incomplete.text}: the rows are fewer than they should be</p>
            )}
            {unit.causes.length > 0 && (
              <ol class="causes" aria-label="Causes, down to the first">
                {unit.causes.map((cause) => (
                  <li key={`${cause.table} ${cause.date}`}>
                    because{' '}
                    <a href={linkTo('coverage', linkOf(cause.table, cause.date))}>
                      {cause.table} {cause.date}
                    </a>{' '}
                    is {cause.state}: {cause.reason.text}
                  </li>
                ))}
              </ol>
            )}
            {unit.remedy && (
              <>
                <h3>Mend it with</h3>
                <CopyCommand command={unit.remedy.command} />
              </>
            )}
            {unit.record && <Recorded unit={unit} record={unit.record} />}
            {unit.inputs.length > 0 && <Inputs unit={unit} linkOf={linkOf} />}
            {unit.downstream.length > 0 && (
              <>
                <h3>A change would reach</h3>
                <ul class="plain-list">
                  {unit.downstream.map(({ table: name, dates, condition }) => (
                    <li key={name}>
                      {name}{' '}
                      <span class="quiet">
                        {dates.length === 1
                          ? dates[0]
                          : `${dates[0]} to ${dates.at(-1)}, ${dates.length} dates`}
                        {condition && `, ${condition}`}
                      </span>
                    </li>
                  ))}
                </ul>
              </>
            )}
          </>
        )}
      </When>
    </>
  );
}

function Recorded({
  unit,
  record,
}: {
  readonly unit: UnitAnswer;
  readonly record: UnitRecordAnswer;
}) {
  const leftOut = Object.entries(unit.exclusions);
  return (
    <>
      <h3>Recorded</h3>
      <dl>
        <dt>rows</dt>
        <dd>{count(record.rows)}</dd>
        {leftOut.length > 0 && (
          <>
            <dt>left out</dt>
            <dd>{leftOut.map(([code, entities]) => `${count(entities)} ${code}`).join(', ')}</dd>
          </>
        )}
        <dt>hash</dt>
        <dd>
          <code>{record.data_hash ?? 'none'}</code>
        </dd>
        <dt>run</dt>
        <dd>
          <a href={linkTo('runs', { run: record.run_id })}>{record.run_id}</a>
          {record.recorded_at !== undefined && <> at {minute(record.recorded_at)} UTC</>}
        </dd>
        <dt>time</dt>
        <dd>
          {duration(record.seconds)}
          {record.seconds_is_share && ', its share of a batch'}
          {record.attempts > 1 && `, attempt ${record.attempts}`}
        </dd>
        <dt>code</dt>
        <dd>
          <code>{record.code_version}</code>
          {unit.definition_changed && '; the definition has changed since'}
        </dd>
        {Object.keys(record.options).length > 0 && (
          <>
            <dt>options</dt>
            <dd>
              {Object.entries(record.options)
                .map(([name, value]) => `${name} ${value}`)
                .join(', ')}
            </dd>
          </>
        )}
        {record.fingerprint !== undefined && (
          <>
            <dt>fingerprint</dt>
            <dd>
              <code>{record.fingerprint}</code>
            </dd>
          </>
        )}
        {record.failure && (
          <>
            <dt>failure</dt>
            <dd>
              {record.failure.kind}: {record.failure.text}
            </dd>
          </>
        )}
        {record.warnings.map((warning) => (
          <>
            <dt>warning</dt>
            <dd>{warning}</dd>
          </>
        ))}
      </dl>
    </>
  );
}

function Inputs({
  unit,
  linkOf,
}: {
  readonly unit: UnitAnswer;
  readonly linkOf: (table: string, date: string) => Readonly<Record<string, string>>;
}) {
  return (
    <>
      <h3>Reads</h3>
      <ul class="plain-list">
        {unit.inputs.map((input) => (
          <li key={input.table}>
            <a href={linkTo('coverage', linkOf(input.table, unit.date))}>{input.table}</a>
            {!input.required && ', optional'}
            {input.changed !== undefined && (
              <>
                {' '}
                {input.changed ? (
                  <strong>
                    changed since it was read
                    {input.recorded_since.length > 0 && `: ${someDates(input.recorded_since)}`}
                  </strong>
                ) : (
                  <span class="quiet">
                    unchanged
                    {input.recomputed_first.length > 0 &&
                      ` so far; recomputed first: ${someDates(input.recomputed_first)}`}
                  </span>
                )}
              </>
            )}
            {input.columns_read && <div class="quiet">{input.columns_read}</div>}
            {input.windows.map(({ text, due, recorded, missing }) => (
              <div class="quiet" key={text}>
                {text}: {recorded} of {due} {due === 1 ? 'partition' : 'partitions'}
                {missing.length > 0 && `; not there: ${someDates(missing)}`}
              </div>
            ))}
          </li>
        ))}
      </ul>
    </>
  );
}

function someDates(dates: readonly string[]): string {
  if (dates.length <= 3) return dates.join(', ');
  return `${dates[0]} to ${dates.at(-1)}, ${dates.length} dates`;
}
