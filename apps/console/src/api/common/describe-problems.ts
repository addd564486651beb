import { problemSchema } from './problem.schema.ts';

const meanings = {
  400: 'The request is malformed or a field is refused.',
  401: 'Not signed in.',
  403: 'Signed in, but not allowed to do this.',
  404: 'There is no such thing.',
  409: 'The state of the Console does not permit this.',
  412: 'Somebody else changed it in the meantime.',
  413: 'The body is too large.',
  503: 'Not ready: the store does not answer.',
  429: 'Too many requests; try again after Retry-After seconds.',
} as const;

type ProblemResponse = {
  description: string;
  content: { 'application/problem+json': { schema: typeof problemSchema } };
};

/** The OpenAPI responses for the given error statuses, all of the media type application/problem+json. */
export const describeProblems = <Status extends keyof typeof meanings>(...statuses: Status[]) => {
  const describe = (status: Status): [Status, ProblemResponse] => [
    status,
    { description: meanings[status], content: { 'application/problem+json': { schema: problemSchema } } },
  ];
  return Object.fromEntries(statuses.map(describe)) as Record<Status, ProblemResponse>;
};
