import type { ComponentChild } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { CoverageAnswer } from '../src/serve/api-types.ts';
import { CoveragePage } from './coverage/coverage-page.tsx';
import { Notice, When } from './notice.tsx';
import { linkTo, type PageName, pages, type Route, useRoute } from './route.ts';
import { chooseTheme, chosenTheme, themes } from './theme.ts';
import { type Answer, useApi } from './use-api.ts';

const titles: Readonly<Record<PageName, string>> = {
  coverage: 'Coverage',
  slate: 'Slate',
  runs: 'Runs',
  quality: 'Quality',
  player: 'Player',
  defense: 'Team defence',
};

/** The frame around every page. */
export function App() {
  const route = useRoute();
  const coverage = useApi<CoverageAnswer>('coverage', route.page);
  const heading = useRef<HTMLHeadingElement>(null);
  const title = titles[route.page];
  const shown = useRef(route.page);
  useEffect(() => {
    document.title = `${title} – Backcourt`;
    // Focus goes to the heading, so that who changes the page by keyboard or screen reader goes on at its
    // beginning.
    if (shown.current !== route.page) heading.current?.focus();
    shown.current = route.page;
  }, [title, route.page]);
  return (
    <>
      <button type="button" class="skip" onClick={() => heading.current?.focus()}>
        to the content
      </button>
      <header class="top">
        <a class="brand" href={linkTo('coverage')}>
          Backcourt
        </a>
        <nav aria-label="Pages">
          {pages.map((page) => (
            <a
              key={page}
              href={linkTo(page)}
              aria-current={page === route.page ? 'page' : undefined}
            >
              {titles[page]}
            </a>
          ))}
        </nav>
        <ThemeSwitch />
      </header>
      <main id="main">
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        <Source coverage={coverage} />
        <When answer={coverage}>
          {(data) =>
            data.seasons.length === 0 ? (
              <Notice>
                <strong>This warehouse is empty.</strong> No games are loaded; begin with{' '}
                <code>backcourt ingest nba-stats &lt;files&gt;</code>.
              </Notice>
            ) : (
              <Page route={route} coverage={data} />
            )
          }
        </When>
      </main>
      <footer>
        Read-only. The file is opened for each answer and closed again, so that a run can write;
        while one does, these pages wait.
      </footer>
    </>
  );
}

interface PageProps {
  readonly coverage: CoverageAnswer;
  readonly values: URLSearchParams;
}

type PageView = (props: PageProps) => ComponentChild;

/**
 * Pages with charts are loaded when they are asked for: the first page is the calendar, which is not to wait
 * for them.
 */
const later: Readonly<Record<Exclude<PageName, 'coverage'>, () => Promise<PageView>>> = {
  slate: async () => (await import('./slate/slate-page.tsx')).SlatePage,
  runs: async () => (await import('./runs/runs-page.tsx')).RunsPage,
  quality: async () => (await import('./quality/quality-page.tsx')).QualityPage,
  player: async () => (await import('./player/player-page.tsx')).PlayerPage,
  defense: async () => (await import('./defense/defense-page.tsx')).DefensePage,
};

function Page({ route, coverage }: { readonly route: Route; readonly coverage: CoverageAnswer }) {
  const { page, values } = route;
  const [loaded, setLoaded] = useState<{ readonly page: PageName; readonly View: PageView }>();
  useEffect(() => {
    if (page === 'coverage') return;
    let isWanted = true;
    void later[page]().then((View) => {
      if (isWanted) setLoaded({ page, View });
    });
    return () => {
      isWanted = false;
    };
  }, [page]);
  if (page === 'coverage') return <CoveragePage coverage={coverage} values={values} />;
  if (loaded?.page !== page) {
    return (
      <p class="quiet" aria-busy="true">
        reading …
      </p>
    );
  }
  return <loaded.View coverage={coverage} values={values} />;
}

/** Which warehouse this is; that data are simulated is said on every page. */
function Source({ coverage }: { readonly coverage: Answer<CoverageAnswer> }) {
  if (coverage.kind !== 'ready') return null;
  const { warehouse, data_kind: dataKind, seasons } = coverage.data;
  const dates = seasons.reduce((sum, season) => sum + season.dates.length, 0);
  return (
    <p class="source">
      <code>{warehouse}</code>{' '}
      <span class={`badge ${dataKind === 'simulated' ? 'simulated' : ''}`}>
        {dataKind ?? 'no'} data
      </span>{' '}
      {dates.toLocaleString('en-US')} game {dates === 1 ? 'date' : 'dates'} in {seasons.length}{' '}
      {seasons.length === 1 ? 'season' : 'seasons'}
    </p>
  );
}

function ThemeSwitch() {
  const [theme, setTheme] = useState(chosenTheme);
  return (
    <label class="theme">
      <span>theme</span>
      <select
        value={theme}
        onChange={(event) => {
          const next = themes.find((name) => name === event.currentTarget.value) ?? 'auto';
          chooseTheme(next);
          setTheme(next);
        }}
      >
        {themes.map((name) => (
          <option key={name}>{name}</option>
        ))}
      </select>
    </label>
  );
}
