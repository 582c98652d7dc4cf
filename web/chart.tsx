import { type PlotOptions, plot } from '@observablehq/plot';
import { useEffect, useRef, useState } from 'preact/hooks';

/** A drawing by Observable Plot, as wide as its place. What it shows must also stand somewhere as text. */
export function Chart({
  label,
  options,
}: {
  readonly label: string;
  /** Makes Plot's options for a width in pixels. */
  readonly options: (width: number) => PlotOptions;
}) {
  const place = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useEffect(() => {
    if (!place.current) return;
    const observer = new ResizeObserver(([entry]) => {
      if (entry) setWidth(Math.floor(entry.contentRect.width));
    });
    observer.observe(place.current);
    return () => observer.disconnect();
  }, []);
  useEffect(() => {
    if (width === 0) return;
    const drawing = plot({ ...options(width), width, ariaLabel: label });
    place.current?.replaceChildren(drawing);
  }, [width, options, label]);
  return <div class="chart" ref={place} />;
}
