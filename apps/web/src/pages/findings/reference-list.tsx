/** Addresses as links and all else as text. Reports come from outside, so nothing but https and http becomes a link. */
export function ReferenceList({ references }: { references: string[] }) {
  return (
    <ul className="flex flex-col gap-0.5">
      {[...new Set(references)].map((reference) => (
        <li key={reference} className="[overflow-wrap:anywhere]">
          {/^https?:\/\//.test(reference) ? (
            <a
              href={reference}
              target="_blank"
              rel="noopener noreferrer"
              className="text-accent underline underline-offset-2"
            >
              {reference}
            </a>
          ) : (
            reference
          )}
        </li>
      ))}
    </ul>
  );
}
