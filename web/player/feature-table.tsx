import type { FeatureAnswer } from '../../src/serve/player-api-types.ts';

const sourceMeanings: Readonly<Record<string, string>> = {
  phase4: 'a precompute row of the date',
  phase3: 'analytics',
  calculated: 'a rule over analytics',
  default: 'the value is missing, a default stands in',
};

/** The feature vector in its order, each value with its origin. */
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
        {features.map(({ name, value, source }, index) => (
          <tr key={name}>
            <td class="number quiet">{index}</td>
            <th scope="row">{name}</th>
            <td class="number">{value}</td>
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
