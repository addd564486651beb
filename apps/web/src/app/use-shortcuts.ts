import { useEffect, useRef } from 'react';

/**
 * Calls the function of a key or of two keys in a row (`"/"`, `"g a"`), except while something is typed
 * into a control, a dialog is open, or a modifier is held.
 */
export function useShortcuts(shortcuts: Record<string, () => void>): void {
  const current = useRef(shortcuts);
  current.current = shortcuts;
  useEffect(() => {
    let first = '';
    let timer: ReturnType<typeof setTimeout> | undefined;
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      const target = event.target as HTMLElement;
      if (target.closest('input, textarea, select, [contenteditable], [role="dialog"], [role="menu"]'))
        return;
      const run = current.current[`${first} ${event.key}`] ?? current.current[event.key];
      clearTimeout(timer);
      first = event.key;
      timer = setTimeout(() => {
        first = '';
      }, 1000);
      if (!run) return;
      event.preventDefault();
      first = '';
      run();
    };
    window.addEventListener('keydown', onKey);
    return () => {
      clearTimeout(timer);
      window.removeEventListener('keydown', onKey);
    };
  }, []);
}
