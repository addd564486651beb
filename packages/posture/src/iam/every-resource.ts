import { fill } from '../template/substitution.ts';

/** `*`, and all of a kind: `arn:aws:s3:::*`, `…:table/*`. In these services a resource's own name comes first, without a kind. */
const everyone =
  /^(\*+|arn:[^:]*:(?:[^:]*:){3}(?:(?<!:(?:s3|sns|sqs|execute-api):.*)[\w-]+[/:])?\*+([/:].*)?)$/;
/** Those of AWS, which hold nobody's data. */
const ofEverybody = /:foundation-model\/\*$/;

/** Whether it stands for all resources, or all of a kind. `resource`: in the Fn::Sub form. */
export const isEveryResource = (resource: string): boolean =>
  everyone.test(fill(resource, () => 'x')) && !ofEverybody.test(resource);
