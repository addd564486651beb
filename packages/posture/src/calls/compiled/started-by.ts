import { type Settings, settingKey } from './settings.ts';
import type { Environment } from './unreached.ts';

/** Variables with which a framework is told what to start: Spring Cloud Function, Quarkus, Amazon.Lambda.Annotations. */
const variables = ['SPRING_CLOUD_FUNCTION_DEFINITION', 'QUARKUS_LAMBDA_HANDLER', 'ANNOTATIONS_HANDLER'];
/** The settings in their place. */
const settingNames = ['spring.cloud.function.definition', 'quarkus.lambda.handler'];

/** What an environment, or else the settings beside the code, names of several functions of one program. */
export function startedBy(environment: Environment, settings: Settings): string[] {
  const given = variables.flatMap((name) => environment[name] ?? []);
  const texts =
    given.length > 0 ? given : settingNames.flatMap((name) => settings.get(settingKey(name)) ?? []);
  return texts.flatMap((text) => text.split(/[|,;\s]+/).filter((each) => each !== ''));
}
