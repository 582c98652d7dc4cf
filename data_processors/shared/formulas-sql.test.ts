import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { type Measure, numeric } from '../../src/sql/column.ts';
import { duckdbDialect } from '../../src/sql/duckdb-dialect.ts';
import { selectList } from '../../src/table/measure.ts';
import { openMemoryWarehouse } from '../../tests/support/memory-warehouse.ts';
import {
  effectiveFieldGoal,
  onlyWhen,
  pace,
  percent,
  playHundredths,
  possessionHundredths,
  rating,
  trueShooting,
  usage,
} from './formulas-sql.ts';

const possessions = possessionHundredths({
  fga: 'fga',
  fta: 'fta',
  turnovers: 'turnovers',
  offensiveRebounds: 'offensive_rebounds',
});
/** A team's game and one of its players: 112 points of 88 shots and 25 free throws in 48 minutes. */
const game = `SELECT *, ${possessions} AS possessions
FROM (SELECT CAST(COLUMNS(*) AS BIGINT) FROM (SELECT
  112 AS points, 41 AS fgm, 12 AS threes, 88 AS fga, 25 AS fta, 13 AS turnovers, 10 AS offensive_rebounds,
  14400 AS team_seconds, 2160 AS seconds, 20 AS own_fga, 8 AS own_fta, 3 AS own_turnovers)) AS box`;

const ofPlayer = usage({
  plays: playHundredths('own_fga', 'own_fta', 'own_turnovers'),
  seconds: 'seconds',
  teamPlays: playHundredths('fga', 'fta', 'turnovers'),
  teamSeconds: 'team_seconds',
});

it.each([
  // 112 / (2 · (88 + 0.44 · 25)) = 112 / 198
  ['true shooting', trueShooting('points', 'fga', 'fta'), '0.566'],
  // (41 + 6) / 88
  ['effective field goal', effectiveFieldGoal('fgm', 'threes', 'fga'), '0.534'],
  ['the same in percent', percent(effectiveFieldGoal('fgm', 'threes', 'fga')), '53.409'],
  // 88 + 11 + 13 − 10 = 102 possessions
  ['rating', rating('points', 'possessions'), '109.804'],
  ['pace', pace('possessions', 'team_seconds'), '102.000'],
  // 26.52 of 112 plays in 2160 of 2880 seconds
  ['usage', percent(ofPlayer), '31.571'],
  ['what does not hold', onlyWhen('points > 200', trueShooting('points', 'fga', 'fta')), null],
])('%s of a game', async (_, from, value) => {
  const measures: readonly Measure[] = [numeric('value', [9, 3], 'a formula', { from })];
  const warehouse = await openMemoryWarehouse();
  try {
    const select = `SELECT ${selectList(measures, duckdbDialect)} FROM (${game}) AS game`;
    expect(await warehouse.query(select)).toEqual([{ value }]);
  } finally {
    await warehouse.close();
  }
});

it('the weight of a free throw stands in no table', () => {
  const root = fileURLToPath(new URL('..', import.meta.url));
  const holders = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts'))
    .filter((path) => /0\.44|\b44\b/.test(readFileSync(`${root}/${path}`, 'utf8')));
  expect(holders).toEqual(['shared/formulas-sql.ts']);
});
