import type { Environment } from './unreached.ts';

/** Variables with which a framework is told what to start: Spring Cloud Function, Quarkus, Amazon.Lambda.Annotations. */
const variables = ['SPRING_CLOUD_FUNCTION_DEFINITION', 'QUARKUS_LAMBDA_HANDLER', 'ANNOTATIONS_HANDLER'];

/** What an environment names of several functions of one program. */
export const startedBy = (environment: Environment): string[] =>
  variables.flatMap((name) => (environment[name] ?? '').split(/[|,;\s]+/).filter((each) => each !== ''));
