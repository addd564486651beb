import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { FindingWithHistory } from '../../api/findings.ts';
import { sessionQuery } from '../../api/session.ts';

/** The deployed functions that a finding is about, each with a way to its Defender for those who may see it. */
export function DeployedLinks({ deployed }: Pick<FindingWithHistory, 'deployed'>) {
  const { data: session } = useQuery(sessionQuery);
  return (
    <ul>
      {deployed.map(({ functionId, name, region, account }) => (
        <li key={functionId}>
          {session?.role === 'admin' ? (
            <Link
              to="/defenders"
              search={{ open: functionId }}
              className="text-accent underline underline-offset-2"
            >
              {name}
            </Link>
          ) : (
            name
          )}{' '}
          in {region}, {account}
        </li>
      ))}
    </ul>
  );
}
