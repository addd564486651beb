import { useEffect, useRef, useState } from 'react';

/**
 * A text that is typed freely and handed on after it has rested for 300 ms, or at once with `settle`.
 * A new value from outside (the address, a cleared filter) replaces what is in the box.
 */
export function useSettled(value: string, onSettle: (value: string) => void) {
  const [text, setText] = useState(value);
  const [outside, setOutside] = useState(value);
  const handOn = useRef(onSettle);
  handOn.current = onSettle;
  if (outside !== value) {
    setOutside(value);
    if (text.trim() !== value) setText(value);
  }
  useEffect(() => {
    if (text.trim() === value) return;
    const timer = setTimeout(() => handOn.current(text.trim()), 300);
    return () => clearTimeout(timer);
  }, [text, value]);
  return { text, setText, settle: () => onSettle(text.trim()) };
}
