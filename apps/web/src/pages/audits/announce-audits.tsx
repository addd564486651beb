import { useEffect, useRef, useState } from 'react';

/** Tells screen readers how many audits came, at most every five seconds so that it stays bearable. */
export function AnnounceAudits({ total }: { total: number }) {
  const [words, setWords] = useState('');
  const current = useRef(total);
  current.current = total;
  useEffect(() => {
    let told = current.current;
    const timer = setInterval(() => {
      const count = current.current - told;
      told = current.current;
      if (count > 0) setWords(`${count} new ${count === 1 ? 'audit' : 'audits'}`);
    }, 5000);
    return () => clearInterval(timer);
  }, []);
  return (
    <p aria-live="polite" className="sr-only">
      {words}
    </p>
  );
}
