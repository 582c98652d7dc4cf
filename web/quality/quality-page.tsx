import type { CoverageAnswer, QualityAnswer } from '../../src/serve/api-types.ts';
import { Notice, When } from '../notice.tsx';
import { goTo } from '../route.ts';
import { useApi } from '../use-api.ts';
import { isConstant, mayBeConstantText } from './constant-features.ts';
import { ExclusionChart } from './exclusion-chart.tsx';
import { RangeTable } from './range-table.tsx';
import { ShareTable } from './share-table.tsx';

/** NULLs and defaults over time, ranges, exclusions of one table. */
export function QualityPage({
  coverage,
  values,
}: {
  readonly coverage: CoverageAnswer;
  readonly values: URLSearchParams;
}) {
  const table = values.get('table') ?? 'ml_feature_store';
  const season = values.get('season') ?? String(coverage.seasons.at(-1)?.year ?? '');
  const answer = useApi<QualityAnswer>(`quality/${encodeURIComponent(table)}`);
  const go = (next: Readonly<Record<string, string>>) =>
    goTo('quality', { table, season, ...next });
  return (
    <>
      <div class="controls">
        <label>
          table
          <select value={table} onChange={(event) => go({ table: event.currentTarget.value })}>
            {coverage.tables.map(({ name }) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <label>
          season
          <select value={season} onChange={(event) => go({ season: event.currentTarget.value })}>
            <option value="all">all seasons</option>
            {coverage.seasons.map(({ year, label }) => (
              <option key={year} value={year}>
                {label}
              </option>
            ))}
          </select>
        </label>
      </div>
      <When answer={answer}>
        {(quality) => <Quality quality={ofSeason(quality, season, coverage)} />}
      </When>
    </>
  );
}

function Quality({ quality }: { readonly quality: QualityAnswer }) {
  const rows = quality.rows.reduce((sum, own) => sum + own, 0);
  if (rows === 0 && quality.exclusions.length === 0) {
    return <Notice>No rows of this table are there for these months.</Notice>;
  }
  const constant = quality.columns.filter(isConstant);
  const suspect = constant.filter((column) => mayBeConstantText(column) === null);
  const [neverNull, nullable] = [
    quality.columns.filter(({ null_when: nullWhen }) => nullWhen === null),
    quality.columns.filter(({ null_when: nullWhen }) => nullWhen !== null),
  ];
  const touched = nullable.filter(({ nulls }) => nulls.some((own) => own > 0));
  return (
    <>
      {suspect.length > 0 && (
        <Notice tone="trouble">
          <strong>One value in all rows:</strong> {suspect.map(({ name }) => name).join(', ')}. A
          feature that never moves was not measured.
        </Notice>
      )}
      {quality.columns.some(({ defaults }) => defaults !== null) && (
        <section>
          <h2>Share of defaults, by month</h2>
          <p class="quiet">
            A default stands in where the source value is missing. Empty cells are 0.
          </p>
          <ShareTable quality={quality} columns={quality.columns} measure="defaults" />
        </section>
      )}
      <section>
        <h2>Share of NULLs, by month</h2>
        <h3>Where a column is never NULL by its definition</h3>
        <ShareTable quality={quality} columns={neverNull} measure="nulls" />
        {nullable.length > 0 && (
          <details>
            <summary>
              Where the definition says NULL: {touched.length} of {nullable.length} such columns
            </summary>
            <ShareTable quality={quality} columns={nullable} measure="nulls" />
          </details>
        )}
      </section>
      <section>
        <h2>Left out, by reason</h2>
        {quality.exclusions.length === 0 ? (
          <p class="quiet">Nobody was left out.</p>
        ) : (
          <ExclusionChart quality={quality} />
        )}
      </section>
      <section>
        <h2>Ranges</h2>
        <RangeTable quality={quality} />
      </section>
    </>
  );
}

/** The months of one season. */
function ofSeason(
  quality: QualityAnswer,
  season: string,
  { seasons }: CoverageAnswer,
): QualityAnswer {
  const dates = seasons.find(({ year }) => String(year) === season)?.dates;
  if (!dates) return quality;
  const months = new Set(dates.map((date) => date.slice(0, 7)));
  const kept = quality.months.flatMap((month, index) => (months.has(month) ? [index] : []));
  const pick = <T,>(list: readonly T[]): readonly T[] => kept.map((index) => list[index] as T);
  return {
    ...quality,
    months: pick(quality.months),
    rows: pick(quality.rows),
    columns: quality.columns.map((column) => ({
      ...column,
      nulls: pick(column.nulls),
      defaults: column.defaults && pick(column.defaults),
      min: pick(column.min),
      max: pick(column.max),
      outside: pick(column.outside),
    })),
    exclusions: quality.exclusions
      .map(({ code, counts }) => ({ code, counts: pick(counts) }))
      .filter(({ counts }) => counts.some((own) => own > 0)),
  };
}
