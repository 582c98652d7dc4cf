import type { BenchSetting } from './line-report.ts';
import type { Measurement } from './measurement.ts';
import { textTable } from './text-table.ts';

/** One length of history. */
export interface ScaleLine {
  readonly seasons: number;
  /** Game dates. */
  readonly dates: number;
  readonly ingest: Measurement;
  /** All tables. */
  readonly compute: Measurement;
  readonly nothingToDo: Measurement;
  readonly status: Measurement;
}

/** Most memory of any process, whatever the length. */
const mostMiB = 2048;
/** How far the time per date may be from that of the shortest history. */
const tolerance = 0.2;

/** Whether a length is as it should be, against the first one. */
export function judgeLength(
  line: ScaleLine,
  first: ScaleLine,
): { readonly growth: number; readonly flat: boolean; readonly small: boolean } {
  const growth = perDateMs(line) / perDateMs(first) - 1;
  const peak = Math.max(line.ingest.peakMiB, line.compute.peakMiB);
  return { growth, flat: Math.abs(growth) <= tolerance, small: peak < mostMiB };
}

/** Milliseconds of ingest and computation per game date. */
function perDateMs({ ingest, compute, dates }: ScaleLine): number {
  return ((ingest.wallSeconds + compute.wallSeconds) * 1000) / dates;
}

const header = [
  'seasons',
  'dates',
  'ingest',
  'memory',
  'all tables',
  'memory',
  'per date',
  'growth',
  'processor per date',
  'nothing to do',
  'status',
];

/** The lengths as a table for people. */
export function scaleReport(
  setting: Omit<BenchSetting, 'runs' | 'data'>,
  generatorSeconds: number,
  lines: readonly ScaleLine[],
): readonly string[] {
  const [first] = lines;
  const rows = lines.map((line) => {
    const { growth, flat, small } = judgeLength(line, first ?? line);
    const { seasons, dates, ingest, compute, nothingToDo, status } = line;
    const cpuMs = ((ingest.cpuSeconds + compute.cpuSeconds) * 1000) / dates;
    return [
      String(seasons),
      String(dates),
      seconds(ingest),
      memory(ingest),
      seconds(compute),
      memory(compute),
      `${perDateMs(line).toFixed(1)} ms`,
      `${growth < 0 ? '−' : '+'}${Math.abs(growth * 100).toFixed(0)} %`,
      `${cpuMs.toFixed(1)} ms`,
      seconds(nothingToDo),
      seconds(status),
      `${flat ? 'flat' : 'not flat'}, ${small ? 'below' : 'not below'} 2 GiB`,
    ];
  });
  const { packageVersion, node, cores, processor } = setting;
  return [
    `backcourt ${packageVersion}, Node ${node}, ${cores} × ${processor}`,
    `a simulated league, played in ${generatorSeconds.toFixed(0)} s, which is not counted; each length once`,
    '',
    ...textTable([...header, 'target: ±20 %, 2 GiB'], rows, 0, header.length - 1),
  ];
}

function seconds({ wallSeconds }: Measurement): string {
  return `${wallSeconds.toFixed(2)} s`;
}

function memory({ peakMiB }: Measurement): string {
  return `${Math.round(peakMiB)} MiB`;
}
