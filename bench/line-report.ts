import type { BenchLine, Target } from './bench-line.ts';
import type { MeasuredSpread } from './measurement.ts';
import type { Spread } from './spread.ts';
import { textTable } from './text-table.ts';

/** Where and on what it was measured. */
export interface BenchSetting {
  readonly packageVersion: string;
  readonly node: string;
  readonly cores: number;
  readonly processor: string;
  readonly data: string;
  readonly runs: number;
}

const header = ['', 'what', 'wall', 'processor', 'memory', 'bare wall', 'ratio', '(processor)'];

/** The lines as a table for people. */
export function lineReport(setting: BenchSetting, lines: readonly BenchLine[]): readonly string[] {
  const rows = lines.map((line) => [
    line.id,
    line.what,
    seconds(line.product.wallSeconds),
    `${line.product.cpuSeconds.median.toFixed(2)} s`,
    memory(line.product),
    line.bare ? seconds(line.bare.wallSeconds) : '',
    line.ratio ? spread(line.ratio.wall) : '',
    line.ratio ? `(${line.ratio.cpu.median.toFixed(2)})` : '',
    line.targets.map(targetText).join(', '),
  ]);
  const { packageVersion, node, cores, processor, data, runs } = setting;
  const notes = lines.flatMap(({ id, what, note }) =>
    note === undefined ? [] : [`${id}  ${what.trim()}: ${note}`],
  );
  return [
    `backcourt ${packageVersion}, Node ${node}, ${cores} × ${processor}`,
    `${data}; medians of ${runs} and, in brackets, the least and the most`,
    '',
    ...textTable([...header, 'target'], rows, 2, 7),
    ...(notes.length > 0 ? ['', ...notes] : []),
  ];
}

function targetText({ text, reached }: Target): string {
  return `${text}: ${reached ? 'reached' : 'not reached'}`;
}

function seconds(values: Spread): string {
  return `${values.median.toFixed(2)} s (${values.min.toFixed(2)}–${values.max.toFixed(2)})`;
}

function spread(values: Spread): string {
  return `${values.median.toFixed(2)} (${values.min.toFixed(2)}–${values.max.toFixed(2)})`;
}

function memory({ peakMiB }: MeasuredSpread): string {
  return `${Math.round(peakMiB.max)} MiB`;
}
