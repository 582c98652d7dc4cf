/** `12,345` */
export function count(value: number | null): string {
  return value === null ? '—' : value.toLocaleString('en-US');
}

/** A number with a fixed number of decimals; a dash where there is none. */
export function fixed(value: number | null, decimals: number): string {
  return value === null ? '—' : rounded(value, decimals).replace('-', '−');
}

/** A number with a fixed number of decimals and its sign; a dash where there is none. */
export function signed(value: number | null, decimals: number): string {
  if (value === null) return '—';
  const text = fixed(value, decimals);
  return Number(rounded(value, decimals)) > 0 ? `+${text}` : text;
}

/** A ratio as a percentage. */
export function percent(value: number | null, decimals = 1): string {
  return value === null ? '—' : `${(value * 100).toFixed(decimals)}\u00a0%`;
}

/** `0.02 s`, `1m 12s` */
export function duration(seconds: number | null): string {
  if (seconds === null) return '—';
  if (seconds < 59.95) return `${seconds.toFixed(seconds < 10 ? 2 : 1)} s`;
  const whole = Math.round(seconds);
  return whole < 3600
    ? `${Math.floor(whole / 60)}m ${whole % 60}s`
    : `${Math.floor(whole / 3600)}h ${Math.floor((whole % 3600) / 60)}m`;
}

/** `2026-11-23 08:59` of a time in UTC. */
export function minute(time: string): string {
  return time.slice(0, 16).replace('T', ' ');
}

/** A name made of words and underscores may break at them. */
export function words(name: string): string {
  return name.replaceAll('_', ' ');
}

/** Rounds to a fixed number of decimals, never to `-0.0`. */
function rounded(value: number, decimals: number): string {
  return value.toFixed(decimals).replace(/^-(0\.?0*)$/, '$1');
}
