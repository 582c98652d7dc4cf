import { readDataKind } from '../ledger/read-ledger.ts';
import { countCoverage } from '../plan/coverage.ts';
import { stateRow } from '../plan/unit-state.ts';
import { formatSeason } from '../report/format.ts';
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
    return {
      warehouse: location,
      dataKind: (await readDataKind(warehouse)) ?? null,
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
      counts: countCoverage(plan(), calendar),
      refused: [...calendar.refused].map(([date, reason]) => ({ date, reason })),
    };
  });
}
