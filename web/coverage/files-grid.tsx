import type { FilesAnswer } from '../../src/serve/api-types.ts';
import { count } from '../format.ts';
import { Scroll } from '../scroll.tsx';
import { useApi } from '../use-api.ts';

const states = ['fetched', 'waiting', 'missing', 'absent', 'refused'] as const;

/** What the folder of fetched files has: games by document and state, and each game that lacks something. */
export function FilesGrid() {
  const answer = useApi<FilesAnswer>('files');
  // Who fetches nothing has no such folder, and is told nothing of it.
  if (answer.kind !== 'ready' || answer.data.seasons.length === 0) return null;
  const { folder, seasons } = answer.data;
  return (
    <section>
      <h2>Fetched files</h2>
      <p class="quiet">
        Games in {folder}, by document: due is what was played on a day that is over
      </p>
      <Scroll label="Games of fetched files by season, document and state">
        <table>
          <thead>
            <tr>
              <th scope="col">season</th>
              <th scope="col">games of</th>
              {states.map((state) => (
                <th key={state} scope="col" class="number">
                  {state}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {seasons.flatMap(({ year, label, counts }) =>
              counts.map(({ kind, states: own }) => (
                <tr key={`${year} ${kind}`}>
                  <th scope="row">{label}</th>
                  <td>{kind}</td>
                  {states.map((state, place) => (
                    <td key={state} class={place > 1 && own[state] ? 'number short' : 'number'}>
                      {count(own[state] ?? 0)}
                    </td>
                  ))}
                </tr>
              )),
            )}
          </tbody>
        </table>
      </Scroll>
      {seasons
        .filter(({ lacking }) => lacking.length > 0)
        .map(({ year, label, counts, lacking }) => (
          <details key={year}>
            <summary>
              {label}: {count(lacking.length)} {lacking.length === 1 ? 'game lacks' : 'games lack'}{' '}
              something
            </summary>
            <Scroll label={`Games of ${label} that lack something`}>
              <table>
                <thead>
                  <tr>
                    <th scope="col">date</th>
                    <th scope="col">game</th>
                    {counts.map(({ kind }) => (
                      <th key={kind} scope="col">
                        {kind}
                      </th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {lacking.map(({ date, game, states: own }) => (
                    <tr key={game}>
                      <th scope="row">{date}</th>
                      <td>{game}</td>
                      {counts.map(({ kind }) => (
                        <td key={kind}>{own[kind] ?? '—'}</td>
                      ))}
                    </tr>
                  ))}
                </tbody>
              </table>
            </Scroll>
          </details>
        ))}
    </section>
  );
}
