import type { OutsideCall, Value } from '@ringfence/code';
import { programsOf, startOf } from '../behaviour/programs.ts';

/** Packages that call AWS by themselves, as their code says; which of its operations, their callers don't show. */
const javaScript =
  'dynamoose dynamodb-toolbox electrodb @typedorm/ dynamodb-onetable dynogels @aws/ @keyv/dynamo connect-dynamodb @auth/dynamodb-adapter @next-auth/dynamodb-adapter @middy/ssm @middy/secrets-manager @middy/s3 @middy/dynamodb @middy/sts @middy/appconfig @middy/rds @middy/service-discovery sqs-consumer sqs-producer sns-sqs-big-payload @ssut/nestjs-sqs multer-s3 s3-sync-client s3-streams data-api-client typeorm-aurora-data-api-driver kysely-data-api drizzle-orm/aws-data-api aws-param-store aws-secrets-manager-cache winston-cloudwatch @langchain/aws @langchain/community @ai-sdk/amazon-bedrock @anthropic-ai/bedrock-sdk nodemailer-ses-transport';
const python =
  'pynamodb dynamorm awswrangler s3fs fsspec smart_open s3path cloudpathlib pyathena aurora_data_api sqlalchemy_aurora_data_api aws_encryption_sdk dynamodb_encryption_sdk aws_secretsmanager_caching watchtower credstash sagemaker storages kombu celery langchain_aws langchain_community litellm llama_index';

const prefixes = [...javaScript.split(' '), ...python.split(' ')];

const isOfCallingPackage = (symbol: string): boolean =>
  prefixes.some(
    (name) =>
      symbol.startsWith(name) &&
      /^$|^[./(]/.test(symbol.slice(name.endsWith('/') ? name.length - 1 : name.length)),
  );

/** Packages that open addresses of S3 like files. */
const opensAddresses =
  /^(pandas|geopandas|polars|pyarrow|dask|duckdb|xarray|rasterio|zarr|fastparquet|datasets|tensorflow|mlflow|nodejs-polars)\b/;
const isInS3 = (value: Value | undefined): boolean => /^s3a?:\/\//.test(startOf(value));

/** Whether the command line of AWS is started. */
const startsCommandLine = (call: OutsideCall): boolean =>
  (programsOf(call) ?? []).some((program) => /^(.*\/)?aws$/.test(program));

/** Whether something outside of the program calls AWS without showing what for. */
export const callsByItself = (call: OutsideCall): boolean =>
  isOfCallingPackage(call.symbol) ||
  (opensAddresses.test(call.symbol) && [...call.arguments, ...call.named.values()].some(isInS3)) ||
  startsCommandLine(call);
