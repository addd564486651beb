// Server-side includes: `<!--#exec cmd="id"-->`.
import { startsWith } from '../../base/bytes';
import { Class } from '../../classes';
import { report } from '../../verdicts';

const directives: StaticArray<string> = ['exec', 'include', 'printenv', 'echo', 'config', 'set'];

/** Looks for a directive at the `<` at `at`. */
export function findInclude(at: usize, end: usize): void {
  if (!startsWith(at, end, '<!--#')) return;
  for (let i = 0; i < directives.length; i++)
    if (startsWith(at + 5, end, directives[i]))
      report(Class.CMDI, 92, 'has a directive of server-side includes', at, end);
}
