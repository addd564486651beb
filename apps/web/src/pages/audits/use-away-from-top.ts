import { useEffect, useState } from 'react';

/** Whether the page is scrolled down, so that rows put in on top would move what is being read. */
export function useAwayFromTop(): boolean {
  const [away, setAway] = useState(false);
  useEffect(() => {
    const onScroll = () => setAway(window.scrollY > 120);
    onScroll();
    window.addEventListener('scroll', onScroll, { passive: true });
    return () => window.removeEventListener('scroll', onScroll);
  }, []);
  return away;
}
