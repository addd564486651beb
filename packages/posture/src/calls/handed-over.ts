import type { OutsideCall, Value } from '@ringfence/code';

/** A client of one of the SDKs, as a symbol. */
const client =
  /^(aws-sdk(?:\/clients)?[./][A-Za-z0-9]+(?:\.js)?(?:\.DocumentClient)?\(\)|@aws-sdk\/(?:client|lib)-[a-z0-9-]+\.(?!\w+Command\()\w+(?:\.from)?\(\)|boto3[:+][a-z0-9-]+)$/;
/** A method of one. */
const method =
  /^(aws-sdk(?:\/clients)?[./][A-Za-z0-9]+(?:\.js)?(?:\.DocumentClient)?\(\)|@aws-sdk\/(?:client|lib)-[a-z0-9-]+\.(?!\w+Command\()\w+(?:\.from)?\(\)|boto3[:+][a-z0-9-]+(?:\.\w+#\d+)?)\.(?!(?:send|destroy|config|meta|exceptions)$)[a-z]\w*$/;
/** What takes clients and calls nothing by itself, or is known; methods of lists and maps among it. */
const harmless =
  /^(\.(push|unshift|concat|set|get|append|extend|insert|update|setdefault|add|call|apply|bind|then)$|@aws-sdk\/|aws-sdk|@smithy\/|aws-xray-sdk|aws_xray_sdk|boto3|botocore|@?aws[-_]lambda[-_]powertools|nodemailer\.|(console|Promise|Object|Array|Map|Set|WeakMap|JSON|util|functools|threading|concurrent)\b|(getattr|hasattr|setattr|isinstance|print|type|id|str|repr|bool|dict|list|tuple|zip|map|filter|vars)$)/;

const holdsClient = ({ symbols, fields }: Value, depth = 0): boolean =>
  symbols.some((symbol) => client.test(symbol)) ||
  (depth < 2 && [...(fields?.named.values() ?? [])].some((value) => holdsClient(value, depth + 1)));

/** Whether a package from elsewhere gets a client, and does with it what no call in the code shows. */
export const handsOverClient = ({ symbol, arguments: given, named }: OutsideCall): boolean =>
  !harmless.test(symbol) && [...given, ...named.values()].some((value) => holdsClient(value));

/** The methods of clients that something outside gets: `executor.submit(s3.put_object, …)`. */
export const methodsHandedOver = ({ symbol, arguments: given, named }: OutsideCall): string[] =>
  /^(getattr|hasattr|isinstance|print|type|console\.|util\.promisify|promisify|functools\.partial|asyncio\.to_thread|.*\.run_in_executor$|concurrent\.futures\.)/.test(
    symbol,
  )
    ? []
    : [...given, ...named.values()].flatMap(({ symbols }) => symbols.filter((each) => method.test(each)));
