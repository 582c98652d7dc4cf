import type { Estimate } from './block-bootstrap.ts';
import type { MarketErrors } from './market-errors.ts';
import type { MarketStudy } from './market-study.ts';

const heading = [
  'market',
  'rows',
  'last 10',
  'season',
  'v1',
  'v1 root',
  'v2',
  'v2 root',
  'line',
  '%',
  'v2 root − last 10',
  'v2 root − v1 root',
  'v2 root − line',
];

/** The study as tables in Markdown: mean absolute errors, and differences with their intervals. */
export function studyText({ penalties, parts }: MarketStudy): string {
  const tables = parts.map(({ name, errors }) =>
    [`${name}`, '', row(heading), row(heading.map(() => '---')), ...errors.map(line)].join('\n'),
  );
  return `penalties: v1 ${penalties.v1}, v2 ${penalties.v2}\n\n${tables.join('\n\n')}\n`;
}

function line(errors: MarketErrors): string {
  const { market, rows, last10, season, ridge, gain, gainOnV1, gainOnLine } = errors;
  const share = (100 * (ridge.v2.rooted - last10)) / last10;
  return row([
    market,
    rows.toLocaleString('en-US'),
    last10.toFixed(3),
    season.toFixed(3),
    ridge.v1.plain.toFixed(3),
    ridge.v1.rooted.toFixed(3),
    ridge.v2.plain.toFixed(3),
    ridge.v2.rooted.toFixed(3),
    errors.line?.toFixed(3) ?? '–',
    signed(share, 1),
    interval(gain),
    interval(gainOnV1),
    gainOnLine ? interval(gainOnLine) : '–',
  ]);
}

function interval({ mean, low, high }: Estimate): string {
  return `${signed(mean, 3)} (${signed(low, 3)} to ${signed(high, 3)})`;
}

function signed(value: number, decimals: number): string {
  return value.toFixed(decimals).replace('-', '−');
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}
