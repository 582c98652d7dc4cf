import type { Zone } from '../../src/serve/court-zones.ts';

export interface ZoneLabel {
  /** Percentage points above (better for the attack) or below the league; null: no data. */
  readonly difference: number | null;
  readonly lines: readonly string[];
}

/** Where the words of a zone stand, in units of the drawing. */
const places: Readonly<Record<Zone, readonly [number, number]>> = {
  paint: [250, 66],
  mid_range: [250, 205],
  three_pt: [250, 355],
};

/** Inside the arc: 22 ft in the corners, 23.75 ft elsewhere. The basket is at (250, 52.5); 10 units are a foot. */
const insideArc = 'M30 0V142A237.5 237.5 0 0 0 470 142V0Z';
/** Twos from at most 8 ft: what the zone "paint" counts. */
const nearBasket = 'M170 0V52.5A80 80 0 0 0 330 52.5V0Z';

/** A half court in three zones, each shaded by how it differs from the league. */
export function HalfCourt({
  label,
  zones,
}: {
  readonly label: string;
  readonly zones: Readonly<Record<Zone, ZoneLabel>>;
}) {
  return (
    <svg class="court" viewBox="-4 -4 508 428" role="img" aria-label={`${label}: ${spoken(zones)}`}>
      <path
        class={tone(zones.three_pt)}
        fill-opacity={strength(zones.three_pt)}
        d={`M0 0V420H500V0Z${insideArc}`}
        fill-rule="evenodd"
      />
      <path
        class={tone(zones.mid_range)}
        fill-opacity={strength(zones.mid_range)}
        d={`${insideArc}${nearBasket}`}
        fill-rule="evenodd"
      />
      <path class={tone(zones.paint)} fill-opacity={strength(zones.paint)} d={nearBasket} />
      <g class="lines">
        <path d="M0 0H500V420H0Z" />
        <path d={insideArc} />
        <path d={nearBasket} />
        <path d="M170 0V190H330V0M190 190a60 60 0 0 0 120 0" class="faint" />
        <circle cx="250" cy="52.5" r="7.5" />
        <path d="M220 40H280" />
      </g>
      {Object.entries(zones).map(([zone, { lines }]) => {
        const [x, y] = places[zone as Zone];
        return (
          <text key={zone} x={x} y={y} text-anchor="middle">
            {lines.map((line, index) => (
              <tspan
                key={line}
                x={x}
                dy={index === 0 ? (zone === 'paint' ? 24 : 0) : 24}
                class={index === 0 ? 'main' : ''}
              >
                {line}
              </tspan>
            ))}
          </text>
        );
      })}
    </svg>
  );
}

function tone({ difference }: ZoneLabel): string {
  if (difference === null) return 'zone unknown';
  return difference >= 0 ? 'zone better' : 'zone worse';
}

/** How strongly a zone is shaded: ten points from the league is as strong as it gets. */
function strength({ difference }: ZoneLabel): number {
  return difference === null ? 0.5 : 0.06 + 0.6 * Math.min(1, Math.abs(difference) / 10);
}

function spoken(zones: Readonly<Record<Zone, ZoneLabel>>): string {
  return Object.entries(zones)
    .map(([zone, { lines }]) => `${zone.replace('_', ' ')} ${lines.join(' ')}`)
    .join('; ');
}
