import { CliError } from './cli-error.ts';
import { useProxy } from './use-proxy.ts';

export interface ConsoleAccess {
  /** Address of the Console for people and machines, without a path. */
  url: URL;
  /** API token. Secret. */
  token: string;
}

export interface ConsoleAnswer {
  status: number;
  headers: Headers;
  body: unknown;
}

/** The Console from `--console` or RINGFENCE_CONSOLE and the token from RINGFENCE_TOKEN. Throws a usage error when one is missing. */
export function findConsole(flag: string | undefined): ConsoleAccess {
  const address = flag ?? process.env.RINGFENCE_CONSOLE;
  if (!address)
    throw new CliError(
      'usage',
      'No Console is named.',
      'Give --console http://127.0.0.1:8470, or set RINGFENCE_CONSOLE.',
    );
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (!url || !['http:', 'https:'].includes(url.protocol))
    throw new CliError('usage', `--console ${address} is not an address such as http://127.0.0.1:8470.`);
  const token = process.env.RINGFENCE_TOKEN;
  if (!token)
    throw new CliError(
      'usage',
      'RINGFENCE_TOKEN is not set.',
      `Make an API token at ${url.origin}, under Tokens, and set RINGFENCE_TOKEN to it.`,
    );
  return { url, token };
}

/** Calls the Console's API. Problems that the Console reports become errors for people; `expected` statuses are handed back. */
export async function callConsole(
  { url, token }: ConsoleAccess,
  method: string,
  path: string,
  {
    body,
    headers,
    expected = [],
  }: { body?: unknown; headers?: Record<string, string>; expected?: number[] } = {},
): Promise<ConsoleAnswer> {
  const target = new URL(path, url);
  await useProxy();
  let response: Response;
  try {
    response = await fetch(target, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
      redirect: 'error',
      signal: AbortSignal.timeout(30_000),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  } catch (error) {
    const cause = (error as Error).cause as NodeJS.ErrnoException | undefined;
    throw new CliError(
      'environment',
      `The Console at ${url.origin} cannot be reached: ${cause?.code ?? cause?.message ?? (error as Error).message}.`,
      'Is it running? "ringfence console" starts one.',
    );
  }
  const text = await response.text();
  const answer = { status: response.status, headers: response.headers, body: parseJson(text) };
  if (response.ok || expected.includes(response.status)) return answer;
  throw describeProblem(answer, url);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

interface Problem {
  title?: string;
  detail?: string;
  errors?: { path?: (string | number)[] | string; pointer?: string; message?: string; detail?: string }[];
}

function describeProblem({ status, body }: ConsoleAnswer, url: URL): CliError {
  if (status === 401)
    return new CliError(
      'environment',
      `The Console at ${url.origin} does not accept the API token.`,
      'Make a new one and set RINGFENCE_TOKEN to it.',
    );
  const { title, detail, errors } = (typeof body === 'object' && body !== null ? body : {}) as Problem;
  const lines = (errors ?? []).map(
    (each) => `  ${[each.path ?? each.pointer ?? []].flat().join('.')}: ${each.message ?? each.detail ?? ''}`,
  );
  const what = [title, detail].filter(Boolean).join(': ') || `it answered ${status}`;
  return new CliError(
    status === 400 || status === 422 ? 'usage' : 'environment',
    [`The Console at ${url.origin} refused: ${what}`, ...lines].join('\n'),
  );
}
