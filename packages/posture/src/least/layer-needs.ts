/** Layers of AWS and others that ask AWS by themselves, by their names, with the actions that they may use. */
const layers: [name: RegExp, actions: string[]][] = [
  [
    /:layer:AWS-Parameters-and-Secrets-Lambda-Extension/,
    ['ssm:GetParameter', 'ssm:GetParameters', 'secretsmanager:GetSecretValue'],
  ],
  [
    /:layer:AWS-AppConfig-/,
    [
      'appconfig:StartConfigurationSession',
      'appconfig:GetLatestConfiguration',
      'appconfig:GetConfiguration',
      'sts:AssumeRole',
    ],
  ],
  [/:layer:LambdaInsightsExtension/, ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents']],
  [
    /:layer:aws-otel-|:layer:AWSOpenTelemetryDistro/,
    ['logs:PutLogEvents', 'aps:RemoteWrite', 'application-signals:*'],
  ],
  [
    /:layer:(Datadog-Extension|Dynatrace|NewRelic|Sentry)/i,
    ['secretsmanager:GetSecretValue', 'ssm:GetParameter', 'kms:Decrypt'],
  ],
  // What Powertools, pandas and the like do is in the calls of the function's own code.
  [
    /:layer:(AWSLambdaPowertools|AWSSDKPandas|AWSDataWrangler|Klayers-|Datadog-|.*(numpy|scipy|sharp|chromium|ffmpeg|psycopg2|pillow))/i,
    [],
  ],
];

/** What a layer may do with the role of its function. Undefined for one that is not known. */
export const layerNeeds = (layer: string): string[] | undefined =>
  layers.find(([name]) => name.test(layer))?.[1];
