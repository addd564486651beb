import { z } from 'zod';
import { Name } from '../../rule-scope.ts';
import { checkedText, findTextProblem } from '../text-problem.ts';

export const WaasPattern = z
  .strictObject({
    name: Name.describe('What the pattern is for.'),
    match: checkedText((text) =>
      text === '' ? 'must not be empty; write * before and behind what is looked for' : findTextProblem(text),
    ).describe(
      'A glob over the whole text of a field, in any of its decodings: * stands for any characters, ? for one byte; upper and lower case are the same.',
    ),
  })
  .describe('A pattern of your own; what matches is a verdict of the class custom.');
