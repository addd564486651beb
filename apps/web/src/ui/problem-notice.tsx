import { ApiProblem } from '../api/api-problem.ts';
import { Button } from './button.tsx';
import { Notice } from './notice.tsx';

/** Shows what went wrong in the server's words, with a way to try again. */
export function ProblemNotice({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const retry = onRetry && (
    <Button small onClick={onRetry}>
      Try again
    </Button>
  );
  return (
    <Notice tone="danger" action={retry}>
      {error instanceof ApiProblem ? (
        <>
          <strong className="font-semibold">{error.title}</strong>
          {error.detail && <p>{error.detail}</p>}
        </>
      ) : (
        String(error instanceof Error ? error.message : error)
      )}
    </Notice>
  );
}
