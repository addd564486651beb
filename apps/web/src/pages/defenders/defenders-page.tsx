export function DefendersPage() {
  return <p>soon</p>;
}
