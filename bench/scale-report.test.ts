import { expect, test } from 'vitest';
import { judgeLength, type ScaleLine, scaleReport } from './scale-report.ts';

const took = (wallSeconds: number, peakMiB = 500) => ({
  wallSeconds,
  cpuSeconds: wallSeconds,
  peakMiB,
});
const line = (seasons: number, seconds: number, peakMiB = 500): ScaleLine => ({
  seasons,
  dates: seasons * 200,
  ingest: took(seconds / 5),
  compute: took((seconds * 4) / 5, peakMiB),
  nothingToDo: took(0.5),
  status: took(0.4),
});

test.each([
  ['as long per date', line(20, 50), { growth: 0, flat: true, small: true }],
  ['a fifth longer', line(20, 60), { growth: 0.2, flat: true, small: true }],
  ['longer than that', line(20, 65), { growth: 0.3, flat: false, small: true }],
  ['faster than is credible', line(20, 35), { growth: -0.3, flat: false, small: true }],
  ['too large', line(20, 50, 2048), { growth: 0, flat: true, small: false }],
])('a history that is %s', (_, longer, expected) => {
  const { growth, ...judged } = judgeLength(longer, line(4, 10));
  expect({ growth: Number(growth.toFixed(3)), ...judged }).toEqual(expected);
});

test('a line per length, against the first', () => {
  const setting = { packageVersion: '0.1.0', node: '24.0.0', cores: 2, processor: 'a processor' };
  const report = scaleReport(setting, 7.4, [line(4, 10), line(20, 65)]);
  expect(report[1]).toBe(
    'a simulated league, played in 7 s, which is not counted; each length once',
  );
  expect(report.slice(-2).map((text) => text.trim().split(/\s{2,}/))).toEqual([
    [
      ...['4', '800', '2.00 s', '500 MiB', '8.00 s', '500 MiB', '12.5 ms', '+0 %', '12.5 ms'],
      ...['0.50 s', '0.40 s', 'flat, below 2 GiB'],
    ],
    [
      ...['20', '4000', '13.00 s', '500 MiB', '52.00 s', '500 MiB', '16.3 ms', '+30 %', '16.3 ms'],
      ...['0.50 s', '0.40 s', 'not flat, below 2 GiB'],
    ],
  ]);
});
