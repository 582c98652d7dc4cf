import { expect, test } from 'vitest';
import { lineReport } from './line-report.ts';

const same = (median: number) => ({ median, min: median, max: median });
const product = {
  wallSeconds: { median: 12.345, min: 12, max: 13.999 },
  cpuSeconds: same(20),
  peakMiB: { median: 800, min: 700, max: 901.6 },
};

test('a line against the bare statements, one alone, and their notes', () => {
  const setting = {
    packageVersion: '0.1.0',
    node: '24.0.0',
    cores: 2,
    processor: 'a processor',
    data: 'four seasons',
    runs: 5,
  };
  const lines = lineReport(setting, [
    {
      id: 'a',
      what: 'full history',
      product,
      bare: { ...product, wallSeconds: same(8) },
      ratio: { wall: { median: 1.54, min: 1.5, max: 1.6 }, cpu: same(2) },
      targets: [
        { text: '≤ 1.5 × bare', reached: false },
        { text: '≤ 20 s', reached: true },
      ],
      note: '833 game dates',
    },
    {
      id: 'c',
      what: 'nothing to do',
      product: { ...product, wallSeconds: same(0.4) },
      targets: [],
    },
  ]);
  expect(lines).toEqual([
    'backcourt 0.1.0, Node 24.0.0, 2 × a processor',
    'four seasons; medians of 5 and, in brackets, the least and the most',
    '',
    '   what                            wall  processor   memory           bare wall             ratio  (processor)  target',
    'a  full history   12.35 s (12.00–14.00)    20.00 s  902 MiB  8.00 s (8.00–8.00)  1.54 (1.50–1.60)       (2.00)  ≤ 1.5 × bare: not reached, ≤ 20 s: reached',
    'c  nothing to do     0.40 s (0.40–0.40)    20.00 s  902 MiB',
    '',
    'a  full history: 833 game dates',
  ]);
});
