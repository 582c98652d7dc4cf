import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openMemoryWarehouse } from '../../../tests/support/memory-warehouse.ts';
import type { DuckDbWarehouse } from '../../warehouse/duckdb/duckdb-warehouse.ts';
import type { Value } from '../../warehouse/warehouse.ts';
import { dateOf, timestampOf } from './dates.ts';
import {
  boolOf,
  gameIdOf,
  givenText,
  idOf,
  minutesText,
  seasonYear,
  secondsOf,
} from './source-values.ts';

let warehouse: DuckDbWarehouse;

beforeAll(async () => {
  warehouse = await openMemoryWarehouse();
});

afterAll(() => warehouse.close());

/** The value of an expression over one text, called `given` unless told otherwise. */
async function evaluated(expression: string, text: string | null, name = 'given'): Promise<Value> {
  const given = text === null ? 'CAST(NULL AS VARCHAR)' : `'${text}'`;
  const [row] = await warehouse.query(
    `SELECT CAST(${expression} AS VARCHAR) AS value FROM (SELECT ${given} AS ${name}) AS source`,
  );
  return row?.['value'] ?? null;
}

describe('seconds of playing time', () => {
  it.each([
    ['40:11', '2411'],
    ['35:00', '2100'],
    ['36', '2160'],
    ['36.5', '2190'],
    ['36:30', '2190'],
    ['0:45', '45'],
    ['45:58', '2758'],
    ['32:14', '1934'],
    ['33:60', '2040'],
    ['0:00', '0'],
    ['24.066666666666663', '1444'],
    ['34:12', '2052'],
    ['34.2', '2052'],
    ['34,2', '2052'],
    ['PT34M12.00S', '2052'],
    ['PT34M12S', '2052'],
    ['PT1H2M', '3720'],
    ['pt34m12s', '2052'],
    ['P0DT0H34M12S', '2052'],
    ['PT34M12,00S', '2052'],
    ['+00:34:12', '2052'],
    ['34.000000:12', '2052'],
    ['0:34:12', '2052'],
    ['00:34:12.5', '2053'],
    ['0 days 00:34:12', '2052'],
    ['0 days 00:34:12.000000', '2052'],
    ['1 day', null],
    ['PT', null],
    ['5:61', null],
    ['35:9', null],
    ['1e-3', null],
    ['0:60:00', null],
    ['nan', null],
    ['inf', null],
    ['1e400', null],
    ['1e300', null],
    ['99999999999999999999:00', null],
    ['34m', null],
    ['', null],
    ['-', null],
    ['DNP', null],
    ['12:75', null],
    ['-5', null],
    [null, null],
  ])('%s', async (text, seconds) => {
    expect(await evaluated(secondsOf('given'), text)).toBe(seconds);
  });
});

describe('game ids', () => {
  it.each([
    ['0022300634', '0022300634'],
    ['22300634', '0022300634'],
    ['22300634.0', '0022300634'],
    [' 41900406 ', '0041900406'],
    ['0022300634 ', '0022300634'],
    ['0022300634.0', '0022300634'],
    ['22300634.00', '0022300634'],
    ['\t0022300634', '0022300634'],
    ['="0022300634"', '0022300634'],
    ['="22300634"', '0022300634'],
    ["''0022300634", '0022300634'],
    ['022300634', '0022300634'],
    ['1522300001', '1522300001'],
    ['2.23E+07', null],
    ['22,300,634', '0022300634'],
    ['22.300.634', '0022300634'],
    ['22 300 634', '0022300634'],
    ['22\u00a0300\u202f634', '0022300634'],
    ["22''300''634", '0022300634'],
    ['22300634,0', '0022300634'],
    ['2.2300634E7', '0022300634'],
    ['2.2300634e+07', '0022300634'],
    ['2.230063e+07', null],
    ['22,30,0634', null],
    ['002230063', null],
    ['002230063A', null],
    ['00223006341', null],
    ['0022300634;DROP', null],
    ['401584893', null],
    ['4015848931', null],
    ['2300634', null],
    ['0000000000', null],
    ['-22300634', null],
    ['abc', null],
    ['', null],
    [null, null],
  ])('%s', async (text, id) => {
    expect(await evaluated(gameIdOf('given'), text)).toBe(id);
  });

  it.each([
    ['0022300634', '2023'],
    ['0041900406', '2019'],
    ['0022000001', '2020'],
    ['0024600001', '1946'],
    ['0029900001', '1999'],
    ['0020000001', '2000'],
    ['0024500001', '2045'],
  ])('the season of %s begins in %s', async (id, year) => {
    expect(await evaluated(seasonYear, id, 'nba_game_id')).toBe(year);
  });
});

describe('ids of players', () => {
  it.each([
    ['203999', '203999'],
    ['203999.0', '203999'],
    ['="203999"', '203999'],
    ["''203999", '203999'],
    ['\t203999 ', '203999'],
    ['2.03999E+05', '203999'],
    ['2.04E+05', null],
    ['203,999', '203999'],
    ['1.630.552', '1630552'],
    ['203.999', null],
    ['203999.5', null],
    ['99999999999', null],
  ])('%s', async (text, id) => {
    expect(await evaluated(idOf('given'), text)).toBe(id);
  });
});

describe('what is there', () => {
  it.each([
    [' x\t', 'x'],
    ['NA', null],
    ['n/a', null],
    ['NaN', null],
    ['None', null],
    ['<NA>', null],
    ['n.a.', null],
    ['(null)', null],
    ['undefined', null],
    ['.', null],
    ['\\N', null],
    ['#N/A', null],
    ['N', 'N'],
    ['--', null],
    [' ', null],
    ['-1', '-1'],
    ['Nance', 'Nance'],
  ])('"%s"', async (text, given) => {
    expect(await evaluated(givenText('given'), text)).toBe(given);
  });

  it.each(['DNP', 'dnp-cd', 'DND', 'NWT - Personal', 'Did Not Play', 'Inactive', '-', 'NaN'])(
    '"%s" is no playing time',
    async (text) => {
      expect(await evaluated(minutesText('given'), text)).toBeNull();
    },
  );
});

describe('dates', () => {
  it.each([
    ['2024-01-26T00:00:00', '2024-01-26'],
    ['2024-01-26', '2024-01-26'],
    ['20240126', '2024-01-26'],
    ['2023-02-30', null],
    ['20230230', null],
    ['20240126.0', '2024-01-26'],
    ['JAN 26, 2024', '2024-01-26'],
    ['January 26, 2024', '2024-01-26'],
    ['Fri, Jan 26, 2024', '2024-01-26'],
    ['01/26/2024', '2024-01-26'],
    ['1/6/24', '2024-01-06'],
    ['01/26/2024 00:00:00', '2024-01-26'],
    ['1/26/2024 12:00:00 AM', '2024-01-26'],
    ['26-Jan-2024', '2024-01-26'],
    ['26-Jan-24', '2024-01-26'],
    ['Fri Jan 26 2024', '2024-01-26'],
    ['26.01.2024', '2024-01-26'],
    ['26/01/2024', null],
    ['45317', null],
    ['Jan. 26, 2024', '2024-01-26'],
    ['2024.01.26', '2024-01-26'],
    ["''2024-01-26", '2024-01-26'],
    ['="2024-01-26"', '2024-01-26'],
    ['\u00a02024-01-26 ', '2024-01-26'],
    ['1/27/2024 0:30', null],
    ['01/27/2024 3:30:00', null],
    ['1/27/2024 12:30 AM', null],
    ['1/27/2024 3:00 AM', null],
    ['2024-01-27 0:30', null],
    ['1/26/2024 7:30 PM', '2024-01-26'],
    ['1/26/2024 19:30', '2024-01-26'],
    ['1/26/2024 12:30 PM', '2024-01-26'],
    ['2024-01-27T00:30:00Z', '2024-01-26'],
    ['2024-01-27T00:00:00Z', '2024-01-26'],
    ['2024-01-27 00:30:00+00:00', '2024-01-26'],
    ['2024-01-27 00:30:00.000 UTC', '2024-01-26'],
    ['2024-01-27T03:30Z', '2024-01-26'],
    ['2024-07-27T03:30:00Z', '2024-07-26'],
    ['2024-01-26T19:30:00-05:00', '2024-01-26'],
    ['2024-01-26T22:30:00-08:00', '2024-01-27'],
    ['2024-01-26T19:30:00', '2024-01-26'],
    ['2024-01-26 12:00:00', '2024-01-26'],
    ['2024-01-27 00:30:00', null],
    ['2024-01-27T03:00:00', null],
    ['', null],
    [null, null],
  ])('%s', async (text, day) => {
    expect(await evaluated(dateOf('given'), text)).toBe(day);
  });
});

describe('moments', () => {
  it.each([
    ['2023-10-24T23:30:00Z', '2023-10-24 23:30:00+00'],
    ['2023-10-24T19:30:00-04:00', '2023-10-24 23:30:00+00'],
    ['2023-10-24T19:30:00-0400', '2023-10-24 23:30:00+00'],
    ['2023-10-24T19:30-04', '2023-10-24 23:30:00+00'],
    ['2023-10-24t23:30z', '2023-10-24 23:30:00+00'],
    [' 2023-10-24 23:30 ', '2023-10-24 23:30:00+00'],
    ['2023-10-24 23:30:00', '2023-10-24 23:30:00+00'],
    ['2023-10-24T23:30:00.250Z', '2023-10-24 23:30:00.25+00'],
    ['2023-10-24', null],
    ['2023-10-24T25:00:00Z', null],
    ['2023-02-30T12:00:00Z', null],
    ['23:30', null],
    ['1698190200', '2023-10-24 23:30:00+00'],
    ['1698190200.0', '2023-10-24 23:30:00+00'],
    ['1698190200000', '2023-10-24 23:30:00+00'],
    ['2023-10-24 19:30 ET', '2023-10-24 23:30:00+00'],
    ['2023-10-24 19:30:00 EDT', '2023-10-24 23:30:00+00'],
    ['2023-12-24 18:30:00 EST', '2023-12-24 23:30:00+00'],
    ['', null],
    [null, null],
  ])('%s', async (text, moment) => {
    expect(await evaluated(timestampOf('given'), text)).toBe(moment);
  });
});

describe('flags', () => {
  it.each([
    ['true', 'true'],
    ['1', 'true'],
    ['1.0', 'true'],
    ['N', 'false'],
    ['0', 'false'],
    ['maybe', null],
    [null, null],
  ])('%s', async (text, flag) => {
    expect(await evaluated(boolOf('given'), text)).toBe(flag);
  });
});
