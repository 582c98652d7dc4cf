export const themes = ['auto', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

const storageKey = 'backcourt-theme';

/** What was chosen on this machine; `auto` follows the system. */
export function chosenTheme(): Theme {
  const stored = localStorage.getItem(storageKey);
  return themes.find((theme) => theme === stored) ?? 'auto';
}

/** Tells the style sheet which theme was chosen. */
export function applyTheme(): void {
  document.documentElement.dataset['theme'] = chosenTheme();
}

/** Keeps a choice on this machine, and applies it. */
export function chooseTheme(theme: Theme): void {
  localStorage.setItem(storageKey, theme);
  applyTheme();
}
