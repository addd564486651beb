import { isOpen } from './evaluate/values.ts';

/** The key of an instance behind its id. Within holes, dots and braces have a meaning of their own. */
export const suffixOf = (key: string | number): string =>
  `[${isOpen(key) ? '*' : String(key).replace(/[.{}$]/g, '-')}]`;

const step = /([^.[\]]+)(?:\[(?:"((?:[^"\\]|\\.)*)"|(\d+))\])?(?:\.|$)/g;

/** The id of what Terraform has at an address: `module.a["x"].aws_sqs_queue.q[0]` is `module/a[x]/aws_sqs_queue/q[0]`. */
export const idOf = (address: string): string =>
  [...address.matchAll(step)]
    .map(([, name = '', key, index]) => {
      const known = key?.replace(/\\(.)/g, '$1') ?? index;
      return known === undefined ? name : name + suffixOf(known);
    })
    .join('/');
