import { Link } from '@tanstack/react-router';
import { EmptyState } from '../ui/empty-state.tsx';

/** For an address that leads nowhere. */
export function NotFound() {
  return (
    <EmptyState icon="search" title="There is no such page">
      <Link to="/audits" className="text-accent underline underline-offset-2">
        Go to Audits
      </Link>
    </EmptyState>
  );
}
