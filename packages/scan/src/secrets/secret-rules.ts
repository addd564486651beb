import type { Severity } from '@ringfence/findings';

interface SecretKind {
  rule: string;
  severity: Severity;
  title: string;
}

/** The messages of secretlint's recommended rules, by what they found. */
const kinds: Record<string, SecretKind> = {
  AWSSecretAccessKey: { rule: 'secret/aws-key', severity: 'critical', title: 'A secret access key of AWS' },
  PrivateKeyJSON: {
    rule: 'secret/gcp-key',
    severity: 'critical',
    title: 'The key of a Google service account',
  },
  PrivateKey: { rule: 'secret/private-key', severity: 'high', title: 'A private key' },
  GITHUB_TOKEN: { rule: 'secret/github-token', severity: 'high', title: 'A token of GitHub' },
  PackageJSON_xOauthToken: { rule: 'secret/github-token', severity: 'high', title: 'A token of GitHub' },
  NPM_ACCESS_TOKEN: { rule: 'secret/npm-token', severity: 'high', title: 'A token of npm' },
  Npmrc_authToken: { rule: 'secret/npm-token', severity: 'high', title: 'A token of an npm registry' },
  SLACK_TOKEN: { rule: 'secret/slack-token', severity: 'high', title: 'A token of Slack' },
  IncomingWebhook: {
    rule: 'secret/slack-webhook',
    severity: 'medium',
    title: 'An incoming webhook of Slack',
  },
  SENDGRID_KEY: { rule: 'secret/sendgrid-key', severity: 'high', title: 'An API key of SendGrid' },
  SHOPIFY_KEY: { rule: 'secret/shopify-token', severity: 'high', title: 'A token of Shopify' },
  OPENAI_TOKEN: { rule: 'secret/openai-key', severity: 'high', title: 'An API key of OpenAI' },
  ANTHROPIC_API_KEY: { rule: 'secret/anthropic-key', severity: 'high', title: 'An API key of Anthropic' },
  LINEAR_API_TOKEN: { rule: 'secret/linear-token', severity: 'high', title: 'A token of Linear' },
  OPS_TOKEN: {
    rule: 'secret/1password-token',
    severity: 'critical',
    title: 'A service account token of 1Password',
  },
  BasicAuth: { rule: 'secret/url-password', severity: 'medium', title: 'A password in a URL' },
  MongoDBConnection: { rule: 'secret/database-url', severity: 'high', title: 'The password of a database' },
  MySQLConnection: { rule: 'secret/database-url', severity: 'high', title: 'The password of a database' },
  PostgreSQLConnection: {
    rule: 'secret/database-url',
    severity: 'high',
    title: 'The password of a database',
  },
};
const other: SecretKind = { rule: 'secret/other', severity: 'high', title: 'A secret' };

export const secretKind = (messageId: string): SecretKind => kinds[messageId] ?? other;

export const secretAdvice =
  'Replace it where it came from, since whoever had the package has it. Give it to the function by a secret store, or an environment variable that is filled when it is deployed.';
