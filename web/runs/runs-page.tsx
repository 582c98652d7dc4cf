import type { RunAnswer, RunsAnswer } from '../../src/serve/api-types.ts';
import { CopyCommand } from '../copy-command.tsx';
import { count, duration, minute } from '../format.ts';
import { Notice, When } from '../notice.tsx';
import { linkTo } from '../route.ts';
import { Scroll } from '../scroll.tsx';
import { useApi } from '../use-api.ts';
import { DurationChart } from './duration-chart.tsx';
import { SpeedBars } from './speed-bars.tsx';

/** History, durations, failures, rows per second. */
export function RunsPage({ values }: { readonly values: URLSearchParams }) {
  const answer = useApi<RunsAnswer>('runs');
  const chosen = values.get('run') ?? '';
  return (
    <When answer={answer}>
      {({ runs, made, failures, retry, speed }) => (
        <>
          {failures.length > 0 && <Failures failures={failures} retry={retry} />}
          {runs.length === 0 ? (
            <Notice>No run has been recorded yet.</Notice>
          ) : (
            <>
              <h2>History</h2>
              {runs.length > 2 && <DurationChart runs={runs} />}
              <RunTable runs={runs} made={made} chosen={chosen} />
            </>
          )}
          {speed.length > 0 && (
            <section>
              <h2>Rows per second, by table</h2>
              <p class="quiet">
                Over the last successful attempt of each date; in a batch each date has its share of
                the time.
              </p>
              <SpeedBars speed={speed} />
            </section>
          )}
        </>
      )}
    </When>
  );
}

function Failures({ failures, retry }: Pick<RunsAnswer, 'failures' | 'retry'>) {
  return (
    <section>
      <h2>Failed now</h2>
      <ul class="plain-list failures">
        {failures.map(({ table, date, kind, text, run_id: runId }) => (
          <li key={`${table} ${date}`}>
            <a href={linkTo('coverage', { date, unit: table })}>
              {table} {date}
            </a>{' '}
            <strong>{kind}</strong> {text} <span class="quiet">by {runId}</span>
          </li>
        ))}
      </ul>
      <CopyCommand command={retry} />
    </section>
  );
}

function RunTable({
  runs,
  made,
  chosen,
}: {
  readonly runs: readonly RunAnswer[];
  readonly made: RunsAnswer['made'];
  readonly chosen: string;
}) {
  return (
    <Scroll label="Runs, the latest first">
      <table class="runs">
        <thead>
          <tr>
            <th scope="col">started (UTC)</th>
            <th scope="col">verb</th>
            <th scope="col">of what</th>
            <th scope="col">end</th>
            <th scope="col" class="number">
              time
            </th>
            <th scope="col" class="number">
              written
            </th>
            <th scope="col" class="number">
              unchanged
            </th>
            <th scope="col" class="number">
              failed
            </th>
            <th scope="col" class="number">
              rows
            </th>
            <th scope="col" class="number">
              rows/s
            </th>
            <th scope="col">run</th>
          </tr>
        </thead>
        <tbody>
          {runs.map((run) => (
            <tr key={run.run_id} class={run.run_id === chosen ? 'chosen' : ''}>
              <td class="nowrap">{minute(run.started_at)}</td>
              <td>{run.verb}</td>
              <td class="what">
                {run.request}
                {run.reason !== null && <div class="quiet">“{run.reason}”</div>}
                <Made made={made.filter(({ run_id: runId }) => runId === run.run_id)} />
              </td>
              <td>{endText(run)}</td>
              <td class="number nowrap">{duration(run.seconds)}</td>
              <td class="number">{count(run.written)}</td>
              <td class="number">{count(run.unchanged)}</td>
              <td class={run.failed ? 'number short' : 'number'}>{count(run.failed)}</td>
              <td class="number">{count(run.rows)}</td>
              <td class="number">{rate(run)}</td>
              <td class="nowrap">
                <code>{run.run_id}</code> <span class="quiet">{run.who}</span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

/** What of a run still stands in the ledger, by table; a later run may have replaced the rest. */
function Made({ made }: { readonly made: RunsAnswer['made'] }) {
  if (made.length === 0) return null;
  return (
    <details>
      <summary>
        its rows stand in {made.length} {made.length === 1 ? 'table' : 'tables'}
      </summary>
      <ul class="plain-list">
        {made.map(({ table, units, rows }) => (
          <li key={table}>
            {table}{' '}
            <span class="quiet">
              {count(units)} {units === 1 ? 'date' : 'dates'}, {count(rows)} rows
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}

function endText({ exit_code: exitCode, finished_at: finishedAt }: RunAnswer): string {
  if (finishedAt === null) return 'no end: killed, or still running';
  switch (exitCode) {
    case 0:
      return 'done';
    case 3:
      return 'some dates failed';
    case 5:
      return 'blocked';
    case 130:
      return 'interrupted';
    default:
      return `exit ${exitCode}`;
  }
}

function rate({ rows, seconds }: RunAnswer): string {
  if (rows === null || rows === 0 || seconds === null || seconds <= 0) return '—';
  return count(Math.round(rows / seconds));
}
