import { z } from 'zod';
import { Effect } from './effect.ts';
import { parseOutbound } from './outbound.ts';
import { findPathPatternProblem } from './path-pattern.ts';
import { HIGHEST_PORT, type PortRange, parsePortRange } from './port-range.ts';
import { checkedText, findTextProblem } from './text-problem.ts';

const findParseProblem =
  (parse: (text: string) => object | string) =>
  (text: string): string | undefined => {
    const result = parse(text);
    return typeof result === 'string' ? result : undefined;
  };

/** `sun_path` of unix(7). */
const UNIX_BYTES = 108;

/** Says in words why a pattern for AF_UNIX addresses can't be used, or undefined when it can. */
export function findUnixProblem(pattern: string): string | undefined {
  if (new TextEncoder().encode(pattern).length > UNIX_BYTES)
    return `must be at most ${UNIX_BYTES} bytes long, as the address of a socket`;
  if (!pattern.startsWith('@'))
    return pattern.startsWith('/')
      ? findPathPatternProblem(pattern)
      : 'must be an absolute path such as /tmp/*.sock, or @ and a name for an abstract address';
  return pattern === '@' ? 'must have a name behind the @' : findTextProblem(pattern);
}

const portProblem = `must be a port from 0 to ${HIGHEST_PORT}`;
const ListenPorts = z.union([
  z.int().min(0, portProblem).max(HIGHEST_PORT, portProblem),
  checkedText(findParseProblem((text) => parsePortRange(text, 0))),
]);

export const NetworkSettings = z
  .strictObject({
    effect: Effect.default('prevent').describe(
      'What happens at a connection, a lookup or a socket that is not allowed: disable (not watched), alert (it happens, and an audit tells), prevent (it is refused, and an audit tells) or learn (it happens, and the model records it).',
    ),
    listen: z
      .array(ListenPorts)
      .max(256, 'must hold at most 256 entries')
      .default([])
      .describe(
        'TCP and UDP ports that may be bound: numbers, or ranges such as "3000-3010". 0 stands for a port that the kernel chooses. Empty: none.',
      ),
    outbound: z
      .array(checkedText(findParseProblem(parseOutbound)))
      .max(256, 'must hold at most 256 entries')
      .default([])
      .describe(
        'Where connections may go: a domain (* stands for any characters), an address, a network such as 10.0.0.0/8, or *; then :port or :port-port, left out for any port. An IPv6 address with a port stands in brackets. Empty: nowhere.',
      ),
    unix: z
      .array(checkedText(findUnixProblem))
      .max(256, 'must hold at most 256 entries')
      .default([])
      .describe(
        'Sockets on this machine that may be connected to: paths or globs, or @ and a name or glob for abstract addresses. Empty: none.',
      ),
    metadata: z
      .enum(['deny', 'allow'])
      .default('deny')
      .describe(
        'Whether the endpoints that give out instance metadata and credentials may be reached. deny beats outbound.',
      ),
  })
  .describe('Where the function may connect to, and on which ports it may listen.');
export type NetworkSettings = z.infer<typeof NetworkSettings>;

/** An entry of `listen` as a range. Throws for one that the schema refuses. */
export function toListenRange(entry: NetworkSettings['listen'][number]): PortRange {
  const range = parsePortRange(String(entry), 0);
  if (typeof range === 'string') throw new RangeError(range);
  return range;
}
