// Looks names up as Node does: by the C library, by c-ares, by c-ares at a server given by address, and by fetch.
import { lookup, Resolver, resolve4, resolve6 } from 'node:dns/promises';

const [server, ...names] = process.argv.slice(2);
const own = new Resolver();
own.setServers([server]);
const tell = (answer) =>
  answer.then(
    (found) => [found].flat(),
    (error) => error.cause?.code ?? error.code,
  );
for (const name of names) {
  const all = lookup(name, { all: true }).then((found) => found.map(({ address }) => address).sort());
  const page = fetch(`http://${name}/page`).then((response) => response.text());
  const ways = [all, resolve4(name), resolve6(name), own.resolve4(name), page].map(tell);
  console.log(JSON.stringify(await Promise.all(ways)));
}
