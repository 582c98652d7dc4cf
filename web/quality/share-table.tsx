import type { QualityAnswer, QualityColumn } from '../../src/serve/api-types.ts';
import { BrokenName } from '../broken-name.tsx';
import { count } from '../format.ts';
import { Scroll } from '../scroll.tsx';

/** Columns by months, each cell the share of its rows in per cent, shaded by it. */
export function ShareTable({
  quality: { months, rows },
  columns,
  measure,
}: {
  readonly quality: QualityAnswer;
  readonly columns: readonly QualityColumn[];
  readonly measure: 'nulls' | 'defaults';
}) {
  const all = columns.filter((column) => column[measure] !== null);
  const touched = all.filter((column) => column[measure]?.some((own) => own > 0));
  const word = measure === 'nulls' ? 'NULL' : 'default';
  return (
    <>
      {touched.length > 0 && (
        <Scroll label={`Share of ${word} by column and month`}>
          <table class="shares">
            <thead>
              <tr>
                <th scope="col">column</th>
                {months.map((month) => (
                  <th scope="col" key={month} class="number">
                    {month.slice(2)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {touched.map((column) => (
                <tr key={column.name}>
                  <th scope="row" title={column.meaning}>
                    <BrokenName name={column.name} />
                    {measure === 'nulls' && column.null_when !== null && (
                      <div class="quiet">{column.null_when}</div>
                    )}
                  </th>
                  {months.map((month, index) => {
                    const own = column[measure]?.[index] ?? 0;
                    const due = rows[index] ?? 0;
                    const share = due === 0 ? 0 : own / due;
                    return (
                      <td
                        key={month}
                        class={shareClass(share, measure === 'nulls' && column.null_when !== null)}
                        style={{ '--share': String(Math.round(share * 100)) }}
                        title={`${column.name}, ${month}: ${count(own)} of ${count(due)} rows are ${word}`}
                      >
                        {shareText(share)}
                      </td>
                    );
                  })}
                </tr>
              ))}
            </tbody>
            <tfoot>
              <tr>
                <th scope="row">rows</th>
                {rows.map((own, index) => (
                  <td key={months[index]} class="share">
                    {compact(own)}
                  </td>
                ))}
              </tr>
            </tfoot>
          </table>
        </Scroll>
      )}
      <p class="quiet">
        {touched.length === 0
          ? `No ${word} in any of ${all.length} columns.`
          : touched.length < all.length
            ? `The other ${all.length - touched.length} of ${all.length} columns have none.`
            : ''}
      </p>
    </>
  );
}

function shareClass(share: number, isByDesign: boolean): string {
  if (isByDesign) return 'share calm';
  return share > 0.55 ? 'share strong' : 'share';
}

/** Whole per cents; less than one is not none, and more than 99 is not all. */
function shareText(share: number): string {
  if (share === 0) return '';
  if (share < 0.01) return '<1';
  if (share > 0.99 && share < 1) return '>99';
  return String(Math.round(share * 100));
}

function compact(value: number): string {
  return value < 10_000 ? String(value) : `${Math.round(value / 1000)}k`;
}
