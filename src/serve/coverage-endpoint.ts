import { readDataKind } from '../ledger/read-ledger.ts';
import { countCoverage, countRawCoverage } from '../plan/coverage.ts';
import { incompleteDates } from '../plan/incomplete-dates.ts';
import { stateRow } from '../plan/unit-state.ts';
import { incompleteJson } from '../report/incomplete-lines.ts';
import { formatSeason } from '../report/words/format.ts';
import type { CoverageAnswer } from './api-types.ts';
import type { ServeContext } from './serve-context.ts';

/** The state of every table and date, one letter each. */
export function coverageEndpoint({
  read,
  tables,
  location,
  version,
}: ServeContext): Promise<CoverageAnswer> {
  return read(async ({ engine, plan }) => {
    const { warehouse, world } = engine;
    const { calendar } = world;
    const units = plan().units;
    const letters = new Map(
      units.map(({ table, date, state }) => [`${table} ${date}`, stateRow(state).letter]),
    );
    const raw = countRawCoverage(
      world,
      calendar.seasons.map(({ year }) => year),
    );
    return {
      warehouse: location,
      data_kind: (await readDataKind(warehouse)) ?? null,
      version,
      seasons: calendar.seasons.map(({ year, start, dates }) => ({
        year,
        label: formatSeason(year),
        start,
        dates,
        games: dates.map((date) => calendar.scheduled(date)?.games ?? 0),
      })),
      tables: tables.computed.map(({ name, dataset, purpose }) => ({
        name,
        dataset,
        purpose,
        letters: calendar.seasons.map(({ dates }) =>
          dates.map((date) => letters.get(`${name} ${date}`) ?? '?').join(''),
        ),
      })),
      raw: [...new Set(raw.map(({ table }) => table))].map((table) => {
        const { name, dataset, purpose } = tables.table(table);
        return { name, dataset, purpose };
      }),
      counts: [...raw, ...countCoverage(plan(), calendar)].map(({ seasonYear, ...cell }) => ({
        season_year: seasonYear,
        ...cell,
      })),
      refused: [...calendar.refused].map(([date, reason]) => ({ date, reason })),
      incomplete: incompleteDates(world, calendar.dates).map(incompleteJson),
    };
  });
}
