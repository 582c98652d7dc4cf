import { describe, expect, test } from 'vitest';
import { compareWithOracle } from '../equality/compare-with-oracle.ts';
import { disturbedLeague } from '../equality/disturbed-league.ts';
import { backfillEverything } from '../equality/filled-warehouse.ts';
import { readRawRows } from '../equality/read-raw-rows.ts';

const summaries = ['team_offense_game_summary', 'team_defense_game_summary', 'player_game_summary'];
const league = disturbedLeague();
const defaults = { minGames: 5, qualityThreshold: 0, acceptClosingLines: false };

describe('SQL against the oracle, disturbed simulated league, other options', () => {
  test('other minimums and a quality threshold', async () => {
    const { tables, warehouse, dates, builtDates } = league();
    const options = { min_games: 8, quality_threshold: 60 };
    const summary = await backfillEverything(tables, warehouse, { options });
    expect(summary.failed).toEqual([]);
    const raw = await readRawRows(tables, warehouse);
    const comparison = { dates, builtDates, ...defaults, minGames: 8, qualityThreshold: 60 };
    expect(await compareWithOracle(tables, warehouse, raw, comparison)).toEqual([]);
  });

  test('lines without a capture time, when they are let in', async () => {
    const { tables, warehouse, dates, builtDates } = league();
    const options = { accept_closing_lines: 1 };
    expect((await backfillEverything(tables, warehouse, { options })).failed).toEqual([]);
    const raw = await readRawRows(tables, warehouse);
    const comparison = { dates, builtDates, ...defaults, acceptClosingLines: true };
    expect(await compareWithOracle(tables, warehouse, raw, comparison)).toEqual([]);
  });

  test('gaps upstream lower the sample and the completeness, and nothing else', async () => {
    const { tables, warehouse, dates, builtDates } = league();
    const gaps = dates.filter((_, index) => index % 9 === 4);
    const list = gaps.map((day) => `DATE '${day}'`).join(', ');
    for (const table of summaries) {
      await warehouse.run(`DELETE FROM nba_analytics.${table} WHERE game_date IN (${list})`);
      await warehouse.run(
        `DELETE FROM backcourt.partitions WHERE table_name = '${table}' AND partition_date IN (${list})`,
      );
    }
    const tableNames = tables.computed.map(({ name }) => name);
    const summary = await backfillEverything(tables, warehouse, {
      tableNames: tableNames.filter((name) => !summaries.includes(name)),
    });
    expect(summary.failed).toEqual([]);
    const raw = await readRawRows(tables, warehouse);
    const comparison = { dates, builtDates, ...defaults, gaps };
    expect(await compareWithOracle(tables, warehouse, raw, comparison)).toEqual([]);
  });
});
