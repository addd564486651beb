import { type AuditedFunction, makeAuditLine } from './audit-line.ts';
import type { Engine, Inspection } from './engine.ts';
import { createEngine } from './node.ts';
import type { WaasOptions } from './read-options.ts';

/** What every middleware takes beside the words of a WAAS rule. */
export interface GuardOptions extends WaasOptions {
  /** Gets the audit of each event with findings: one line of JSON, without its end. By default it goes to stdout. */
  tell?: (line: string) => void;
  /** The function that audits are about. What is left out is told by Lambda's environment, or else is `local`. */
  function?: Partial<AuditedFunction>;
}

const print = (line: string) => process.stdout.write(`${line}\n`);

function describeFunction(given: Partial<AuditedFunction> = {}): AuditedFunction {
  const { env, versions, arch } = process;
  const isLambda = env.AWS_LAMBDA_FUNCTION_NAME !== undefined;
  return {
    cloud: isLambda ? 'aws' : 'local',
    account: 'local',
    region: env.AWS_REGION ?? 'local',
    name: env.AWS_LAMBDA_FUNCTION_NAME ?? 'local',
    version: env.AWS_LAMBDA_FUNCTION_VERSION ?? '',
    runtime: `nodejs${versions.node.split('.')[0]}.x`,
    arch: arch === 'arm64' ? 'arm64' : 'x86_64',
    ...given,
  };
}

/** Judges events and tells what it finds: what all middlewares have in common. */
export class Guard {
  readonly engine: Engine;
  readonly #tell: (line: string) => void;
  readonly #function: AuditedFunction;

  /** Throws where the options are none. */
  constructor({ tell = print, function: of, ...rule }: GuardOptions = {}) {
    this.engine = createEngine(rule);
    this.#tell = tell;
    this.#function = describeFunction(of);
  }

  /** Judges an event (`isWhole`: all of it is there) and tells what was found. */
  judge(event: Uint8Array | object | null, requestId: string, isWhole = true, account?: string): Inspection {
    const inspection = this.engine.inspectEvent(event, Date.now(), isWhole);
    const { verdicts, incomplete, decision } = inspection;
    if (verdicts.length > 0 || incomplete || decision.kind !== 'pass')
      this.#tell(
        makeAuditLine(inspection, account ? { ...this.#function, account } : this.#function, requestId),
      );
    return inspection;
  }
}
