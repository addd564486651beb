// Judges with Datadog's engine by the rules of its tracer, as the tracer does: one context a request, its time limit.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

/** dd-trace's DD_APPSEC_WAF_TIMEOUT, in microseconds. */
const MOST_TIME = 5000;

/** The types of rules that are one of our classes. */
const classes = {
  sql_injection: 'sqli',
  xss: 'xss',
  command_injection: 'cmdi',
  lfi: 'lfi',
  rfi: 'lfi',
  php_code_injection: 'code',
  java_code_injection: 'code',
  js_code_injection: 'code',
};

/** `folder`: what `installDatadog` made. */
export async function load(folder) {
  const { DDWAF } = createRequire(join(folder, 'package.json'))('@datadog/native-appsec');
  const engine = new DDWAF(JSON.parse(readFileSync(join(folder, 'recommended.json'), 'utf8')), 'rules');
  const judge = (persistent) => {
    const context = engine.createContext();
    const { events = [] } = context.run({ persistent }, MOST_TIME);
    context.dispose();
    return events;
  };
  return {
    judgeText: (text) =>
      judge({ 'server.request.query': { value: text } }).map(({ rule }) => ({
        name: classes[rule.tags.type] ?? rule.tags.type,
        confidence: 100,
      })),
    /** What the tracer gets of a request through API Gateway: parsed already. */
    readEvent: (json) => {
      const { headers, path, body } = JSON.parse(json);
      return {
        'server.request.headers.no_cookies': headers,
        'server.request.uri.raw': path,
        'server.request.body': JSON.parse(body),
      };
    },
    judgeEvent: judge,
  };
}
