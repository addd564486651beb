// Measures what the guard costs and prints it as a table, and its peers as another: npm run bench -- [--json] [--quick] [--init PATH]
// --init measures another build of the init; --quick shows only that everything can be measured.
import { parseArgs } from 'node:util';
import { describeMachine } from './src/describe-machine.ts';
import { full, quick } from './src/effort.ts';
import { measureAll } from './src/measure-all.ts';
import { renderTable } from './src/render-table.ts';

const { values } = parseArgs({
  options: { json: { type: 'boolean' }, quick: { type: 'boolean' }, init: { type: 'string' } },
});
const machine = describeMachine();
const { rows, peers } = await measureAll(values.quick ? quick : full, values.init, (what) =>
  process.stderr.write(`measuring ${what} …\n`),
);
if (values.json) console.log(JSON.stringify({ machine, quick: values.quick ?? false, rows, peers }, null, 2));
else console.log(`\n${machine}\n\n${renderTable(rows)}\n\n${renderTable(peers)}`);
