/** The mark and the name. */
export function Brand() {
  return (
    <span className="flex items-center gap-2 font-semibold tracking-tight">
      <svg aria-hidden="true" viewBox="0 0 32 32" className="size-6">
        <rect width="32" height="32" rx="8" className="fill-accent" />
        <g fill="none" strokeWidth="2.6" strokeLinecap="round" className="stroke-accent-ink">
          <path d="M20.6 7.6a9.6 9.6 0 1 1-9.2 0" />
          <path d="M16 5.4v8.2" />
        </g>
        <circle cx="16" cy="16.6" r="2.6" className="fill-accent-ink" />
      </svg>
      Ringfence
    </span>
  );
}
