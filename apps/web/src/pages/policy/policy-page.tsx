export function PolicyPage() {
  return <p>soon</p>;
}
