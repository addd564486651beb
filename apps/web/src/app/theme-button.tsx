import { IconButton } from '../ui/icon-button.tsx';
import { type Theme, useTheme } from './theme.ts';

const next: Record<Theme, Theme> = { system: 'light', light: 'dark', dark: 'system' };
const icons = { system: 'system', light: 'sun', dark: 'moon' } as const;

/** Goes through the themes: as the system, light, dark. */
export function ThemeButton() {
  const [theme, setTheme] = useTheme();
  return (
    <IconButton
      icon={icons[theme]}
      label={`Theme: ${theme}. Change to ${next[theme]}`}
      onClick={() => setTheme(next[theme])}
    />
  );
}
