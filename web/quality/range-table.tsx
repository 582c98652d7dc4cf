import type { QualityAnswer, QualityColumn } from '../../src/serve/api-types.ts';
import { BrokenName } from '../broken-name.tsx';
import { count } from '../format.ts';
import { Scroll } from '../scroll.tsx';
import { isConstant, mayBeConstantText } from './constant-features.ts';

/** Smallest and largest value of every number, against what the definition allows. */
export function RangeTable({ quality: { columns } }: { readonly quality: QualityAnswer }) {
  const numbers = columns.filter(({ min }) => min.some((value) => value !== null));
  if (numbers.length === 0) return <p class="quiet">This table has no numbers.</p>;
  return (
    <Scroll label="Ranges by column">
      <table class="ranges">
        <thead>
          <tr>
            <th scope="col">column</th>
            <th scope="col" class="number">
              min
            </th>
            <th scope="col" class="number">
              max
            </th>
            <th scope="col">allowed</th>
            <th scope="col" class="bar">
              observed in what is allowed
            </th>
            <th scope="col" class="number">
              outside
            </th>
          </tr>
        </thead>
        <tbody>
          {numbers.map((column) => (
            <RangeRow key={column.name} column={column} />
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

function RangeRow({ column }: { readonly column: QualityColumn }) {
  const { name, meaning, unit, range } = column;
  const min = Math.min(...column.min.flatMap((value) => value ?? []));
  const max = Math.max(...column.max.flatMap((value) => value ?? []));
  const outside = column.outside.reduce((sum, own) => sum + own, 0);
  return (
    <tr>
      <th scope="row" title={meaning}>
        <BrokenName name={name} /> {unit !== null && <span class="quiet">{unit}</span>}
        {isConstant(column) && <Constant column={column} />}
      </th>
      <td class="number">{short(min)}</td>
      <td class="number">{short(max)}</td>
      <td class="nowrap">
        {range ? (
          <>
            {short(range.min)} to {short(range.max)}{' '}
            <span class="quiet">{range.severity === 'error' ? 'else error' : 'else warning'}</span>
          </>
        ) : (
          <span class="quiet">—</span>
        )}
      </td>
      <td class="bar">{range && <RangeBar min={min} max={max} range={range} />}</td>
      <td class={outside > 0 ? 'number short' : 'number'}>{range ? count(outside) : ''}</td>
    </tr>
  );
}

function Constant({ column }: { readonly column: QualityColumn }) {
  const rightly = mayBeConstantText(column);
  return (
    <div>
      <span class={rightly === null ? 'badge constant' : 'badge'}>constant</span>{' '}
      {rightly !== null && <span class="quiet">{rightly}</span>}
    </div>
  );
}

function RangeBar({
  min,
  max,
  range,
}: {
  readonly min: number;
  readonly max: number;
  readonly range: NonNullable<QualityColumn['range']>;
}) {
  const width = range.max - range.min;
  const place = (value: number) =>
    Math.max(0, Math.min(100, ((value - range.min) / (width || 1)) * 100));
  const left = Math.min(99, place(min));
  const exceeds = min < range.min || max > range.max;
  return (
    <svg class="range" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
      <rect class="allowed" x="0" y="3.5" width="100" height="3" />
      <rect
        class={exceeds ? 'observed exceeds' : 'observed'}
        x={left}
        y="1"
        width={width === 0 ? 100 : Math.max(1, place(max) - left)}
        height="8"
      />
    </svg>
  );
}

function short(value: number): string {
  if (!Number.isFinite(value)) return '—';
  return value.toLocaleString('en-US', { maximumFractionDigits: 4, useGrouping: value >= 10_000 });
}
