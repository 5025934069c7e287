/** Where the choice is stored in the browser. */
const SETTING = 'batch-jobs.theme';

/** `system`: as the operating system says. */
export type Theme = 'system' | 'light' | 'dark';

/** What was chosen in this browser. Default: system */
export function chosenTheme(): Theme {
  try {
    const stored = localStorage.getItem(SETTING);
    return stored === 'light' || stored === 'dark' ? stored : 'system';
  } catch {
    return 'system';
  }
}

/** Colors the page as chosen. */
export function applyTheme(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}

export function chooseTheme(theme: Theme): void {
  applyTheme(theme);
  try {
    localStorage.setItem(SETTING, theme);
  } catch {
    // A browser that stores nothing keeps the default.
  }
}
