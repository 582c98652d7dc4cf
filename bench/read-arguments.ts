import { parseArgs } from 'node:util';

/** Letters of the lines that can be measured alone; `b` is the floor of `a`. */
export const lineIds = ['a', 'c', 'd', 'e', 'f', 'g', 'h', 'i'] as const;

export type LineId = (typeof lineIds)[number];

/** What the bench is asked for. */
export interface BenchArguments {
  readonly only: readonly LineId[];
  readonly runs: number;
  /** JSON instead of a table on stdout. */
  readonly json: boolean;
  /** File for the JSON. */
  readonly out: string | undefined;
  /** Lengths of simulated histories in seasons; none: the lines are measured. */
  readonly scale: readonly number[];
}

/** @throws when a flag is unknown or its value is none. */
export function readArguments(argv: readonly string[]): BenchArguments {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      only: { type: 'string' },
      runs: { type: 'string', default: '5' },
      json: { type: 'boolean', default: false },
      out: { type: 'string' },
      scale: { type: 'string' },
    },
  });
  return {
    only: values.only === undefined ? lineIds : values.only.split(',').map(readLine),
    runs: readCount('--runs', values.runs),
    json: values.json,
    out: values.out,
    scale: values.scale?.split(',').map((text) => readCount('--scale', text)) ?? [],
  };
}

function readLine(text: string): LineId {
  const wanted = text === 'b' ? 'a' : text;
  const line = lineIds.find((known) => known === wanted);
  if (line === undefined) throw new Error(`--only "${text}": known are ${lineIds.join(', ')}`);
  return line;
}

function readCount(flag: string, text: string): number {
  const count = Number(text);
  if (!/^\d+$/.test(text) || count < 1) throw new Error(`${flag} "${text}" is not a whole number`);
  return count;
}
