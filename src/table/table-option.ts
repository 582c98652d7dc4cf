/** A whole-number option of a table; one from 0 to 1 is given as `false` or `true`. */
export interface TableOption {
  readonly name: string;
  /** TRUE when rows depend on it: its value is then part of the fingerprint. */
  readonly changesRows: boolean;
  readonly meaning: string;
  readonly fallback: number;
  readonly min: number;
  readonly max: number;
}

/** Every option that is declared, with its value. */
export type EffectiveOptions = Readonly<Record<string, number>>;

/** The defaults, with those overridden that the table declares. */
export function effectiveOptions(
  options: readonly TableOption[],
  given: EffectiveOptions,
): EffectiveOptions {
  return Object.fromEntries(
    options.map((option) => [option.name, given[option.name] ?? option.fallback]),
  );
}

/** A value of an option as it is typed. */
export function optionText({ min, max }: TableOption, value: number): string {
  return min === 0 && max === 1 ? String(value === 1) : String(value);
}

/** The options that change rows as one canonical text, sorted by name. */
export function rowOptionsText(
  declared: readonly TableOption[],
  options: EffectiveOptions,
): string {
  const names = declared.filter((option) => option.changesRows).map((option) => option.name);
  return JSON.stringify(Object.fromEntries(names.sort().map((name) => [name, options[name]])));
}

export const minGames: TableOption = {
  name: 'min_games',
  changesRows: true,
  meaning: 'games of the entity this season before the date below which it gets no row',
  fallback: 5,
  min: 1,
  max: 82,
};

export const qualityThreshold: TableOption = {
  name: 'quality_threshold',
  changesRows: true,
  meaning: 'rows with a lower quality score (0–100) are not written',
  fallback: 0,
  min: 0,
  max: 100,
};

export const acceptClosingLines: TableOption = {
  name: 'accept_closing_lines',
  changesRows: true,
  meaning:
    'also use lines without a capture time, which may have been seen after tip-off and then look ahead',
  fallback: 0,
  min: 0,
  max: 1,
};

export const bootstrapDays: TableOption = {
  name: 'bootstrap_days',
  changesRows: false,
  meaning: 'first days of a season for which nothing is built',
  fallback: 7,
  min: 0,
  max: 60,
};
