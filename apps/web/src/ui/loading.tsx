/** Grey bars in place of what is being loaded. */
export function Loading({ label = 'Loading' }: { label?: string }) {
  return (
    <div role="status" className="flex flex-col gap-2 p-4">
      <span className="sr-only">{label}</span>
      {[92, 78, 85, 60].map((width) => (
        <span key={width} className="h-4 animate-pulse rounded bg-raised" style={{ width: `${width}%` }} />
      ))}
    </div>
  );
}
