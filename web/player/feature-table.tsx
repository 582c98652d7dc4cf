import type { FeatureAnswer } from '../../src/serve/player-api-types.ts';
import { BrokenName } from '../broken-name.tsx';

const sourceMeanings: Readonly<Record<string, string>> = {
  phase4: 'a precompute row of the date',
  phase3: 'analytics',
  calculated: 'a rule over analytics',
  default: 'the value is missing, a default stands in',
};

/** The feature vector in its order, each value with what it means and where it comes from. */
export function FeatureTable({ features }: { readonly features: readonly FeatureAnswer[] }) {
  return (
    <table class="features">
      <thead>
        <tr>
          <th scope="col" class="number">
            #
          </th>
          <th scope="col">feature</th>
          <th scope="col" class="number">
            value
          </th>
          <th scope="col">source</th>
        </tr>
      </thead>
      <tbody>
        {features.map(({ name, meaning, unit, formula, value, source }, index) => (
          <tr key={name} title={formula}>
            <td class="number quiet">{index}</td>
            <th scope="row">
              <code>
                <BrokenName name={name} />
              </code>
              <div class="quiet">{meaning}</div>
            </th>
            <td class="number">
              {value}
              <div class="quiet">{unit}</div>
            </td>
            <td>
              <span class={`badge source-${source}`} title={sourceMeanings[source] ?? ''}>
                {source}
              </span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
