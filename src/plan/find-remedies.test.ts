import { expect, it } from 'vitest';
import { gameDate } from '../calendar/game-date.ts';
import { makeLedgerSnapshot } from '../ledger/ledger-snapshot.ts';
import { commandText } from '../report/words/command-text.ts';
import { loadTables } from '../table/table-registry.ts';
import { findRemedies } from './find-remedies.ts';

const tables = await loadTables();
const facts = { tables, ledger: makeLedgerSnapshot([]), ingests: [], isThere: () => true };
const [first, second] = ['2023-11-10', '2023-11-11'].map(gameDate);

it('names a table before those that read it, though their dates are the same as of one before', () => {
  if (!first || !second) throw new Error('no dates');
  const units = [
    ...['player_shot_zone_analysis', 'player_composite_factors', 'ml_feature_store'].flatMap(
      (table) => [first, second].map((date) => ({ table, date })),
    ),
    { table: 'team_defense_zone_analysis', date: first },
  ];
  expect(findRemedies(facts, units).map(commandText)).toEqual([
    'run --rewrite --tables player_shot_zone_analysis --dates 2023-11-10,2023-11-11',
    'run --rewrite --tables team_defense_zone_analysis --dates 2023-11-10',
    'run --rewrite --tables player_composite_factors,ml_feature_store --dates 2023-11-10,2023-11-11',
    'run --stale',
  ]);
});

it('does not name a file that is gone as if it were there', () => {
  if (!first) throw new Error('no dates');
  const ingest = {
    runId: 'r1',
    source: 'nba-stats',
    files: ['logs.parquet', 'shots.parquet'],
    league: [],
    contents: ['player_box', 'shots'],
  };
  const known = { ...facts, ingests: [ingest], isThere: (file: string) => file !== 'logs.parquet' };
  expect(findRemedies(known, [{ table: 'player_box', date: first }]).map(commandText)[0]).toContain(
    "ingest nba-stats '<a copy of logs.parquet>' shots.parquet --rewrite --dates 2023-11-10",
  );
});
