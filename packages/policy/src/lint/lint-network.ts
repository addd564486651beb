import { coversPath, pathsOverlap } from '../compare-globs.ts';
import { Glob } from '../glob.ts';
import type { RuntimeRule } from '../policy-schema.ts';
import { type NetworkSettings, toListenRange } from '../sections/network.ts';
import { holdsPorts } from '../sections/port-range.ts';
import { CONTROL_SOCKETS } from './known-hosts.ts';
import { lintEntries } from './lint-entries.ts';
import { lintOutbound } from './lint-outbound.ts';
import type { RuleWarning } from './lint-warning.ts';

const WIDE_PORTS = 1000;

function lintListen(listen: NetworkSettings['listen']): RuleWarning[] {
  const ranges = listen.map((entry) => ({ text: String(entry), ...toListenRange(entry) }));
  const wide = ranges.flatMap(({ text, from, to }, index): RuleWarning[] =>
    to - from < WIDE_PORTS
      ? []
      : [
          {
            code: 'listen-wide',
            pattern: text,
            path: ['network', 'listen', index],
            message: `${text} in network.listen lets the function offer a service on ${to - from + 1} ports.`,
            advice: 'Name the ports; for a port that the kernel chooses, 0.',
          },
        ],
  );
  return [...lintEntries(ranges, ['network', 'listen'], holdsPorts), ...wide];
}

function lintUnix(unix: string[]): RuleWarning[] {
  const globs = unix.map((pattern) => new Glob(pattern));
  const control = globs.flatMap((glob, index): RuleWarning[] => {
    const socket = CONTROL_SOCKETS.find((path) => pathsOverlap(glob, path))?.text;
    if (socket === undefined) return [];
    return [
      {
        code: 'unix-control',
        pattern: glob.text,
        path: ['network', 'unix', index],
        message: `${glob.text} in network.unix reaches ${socket}: whoever speaks to it commands the machine.`,
        advice: 'Remove it.',
      },
    ];
  });
  return [...lintEntries(globs, ['network', 'unix'], coversPath), ...control];
}

export function lintNetwork({ network }: RuntimeRule): RuleWarning[] {
  if (network === undefined) return [];
  const { effect, listen, outbound, unix, metadata } = network;
  if (effect === 'disable')
    return [
      {
        code: 'section-ignored',
        path: ['network', 'effect'],
        message: 'It has a network section, but its effect is disable, so the network is not watched.',
        advice: 'Set the effect to alert, prevent or learn, or remove the section.',
      },
    ];
  const warnings = [...lintListen(listen), ...lintOutbound(outbound, metadata === 'deny'), ...lintUnix(unix)];
  if (metadata === 'allow')
    warnings.push({
      code: 'metadata-allowed',
      path: ['network', 'metadata'],
      message:
        'The endpoints of instance metadata and credentials may be reached, so a request that an attacker makes the function send can bring them the credentials of its role.',
      advice: 'Set metadata to deny, unless the function gets its credentials there.',
    });
  return warnings;
}
