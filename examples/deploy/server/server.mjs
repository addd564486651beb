// A function as Knative, OpenFaaS, Cloud Run and Azure Functions run one: a plain HTTP server. Its hole is real.
import { execSync } from 'node:child_process';
import { createServer } from 'node:http';

const port = process.env.PORT ?? process.env.FUNCTIONS_CUSTOMHANDLER_PORT ?? 8080;

createServer((request, response) => {
  const { searchParams } = new URL(request.url, 'http://localhost');
  const name = searchParams.get('name') ?? 'nobody';
  try {
    response.end(execSync(`echo Hello, ${name}`));
  } catch {
    response.end(`Hello, ${name.replaceAll(/[^\w ]/g, '')}\n`);
  }
}).listen(port);
