import { builtinModules } from 'node:module';
import type { FollowedImports, PackageFiles } from '@ringfence/scan';
import type { OutsidePackages } from './behaviour.ts';

/** They connect where `aws-hosts.ts` says, and start nothing. boto3 and its like are in Lambda's runtime. */
const known =
  /^(@aws-sdk|@smithy|@aws-crypto|@aws-lambda-powertools|@types)\/|^(aws-sdk|aws-lambda|boto3|botocore|s3transfer|aws_lambda_powertools|aws-xray-sdk|aws_xray_sdk)(\/|\.|$)/;

const starts =
  /['"](?:node:)?child_process['"]|^\s*(?:import|from)\s+(?:subprocess|pty)\b|\bos\.(?:system|popen|exec[lv]\w*|spawn\w+)\(/m;
const connects =
  /['"](?:node:)?(?:net|tls|https?|http2|dgram)['"]|\b(?:globalThis\.)?fetch\(|^\s*(?:import|from)\s+(?:socket|http\.client|urllib\.request|requests|httpx|aiohttp|urllib3|ssl)\b/m;

const python = new Set(
  'abc argparse array ast asyncio base64 binascii bisect builtins calendar cgi codecs collections concurrent contextlib contextvars copy csv ctypes dataclasses datetime decimal difflib email enum errno fnmatch fractions functools gc getpass glob gzip hashlib heapq hmac html http importlib inspect io ipaddress itertools json keyword linecache locale logging lzma math mimetypes multiprocessing numbers operator os pathlib pickle pkgutil platform pprint queue random re secrets select shelve shlex shutil signal smtplib socket sqlite3 ssl stat statistics string struct subprocess sys sysconfig tarfile tempfile textwrap threading time timeit traceback types typing typing_extensions unicodedata unittest urllib uuid warnings weakref xml zipfile zlib zoneinfo __future__'.split(
    ' ',
  ),
);
const builtin = new Set(builtinModules);

/** The package that an import is of; undefined for what the language brings, and for what lies beside. */
function packageOf(specifier: string, isPython: boolean): string | undefined {
  if (/^[./#]/.test(specifier) || specifier.startsWith('node:')) return undefined;
  if (isPython) {
    const [name = ''] = specifier.split('.');
    return python.has(name) ? undefined : name;
  }
  const name = /^(@[^/]+\/[^/]+|[^/]+)/.exec(specifier)?.[1] ?? specifier;
  return builtin.has(name) ? undefined : name;
}

/** The package that a file belongs to; undefined for the function's own. */
const ownerOf = (path: string): string | undefined =>
  /^.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ??
  /(?:^|\/)(?:site|dist)-packages\/([^/.]+)/.exec(path)?.[1];

/** Looks at the packages of others among what is loaded, without following them. */
export async function lookAtPackages(
  files: PackageFiles,
  followed: FollowedImports,
): Promise<OutsidePackages> {
  const found = { starting: new Set<string>(), connecting: new Set<string>(), missing: new Set<string>() };
  for (const [specifier, by] of followed.missing) {
    const name = packageOf(specifier, by.endsWith('.py'));
    if (name !== undefined && !known.test(`${name}/`) && ownerOf(by) === undefined) found.missing.add(name);
  }
  for (const path of followed.importedBy.keys()) {
    const owner = ownerOf(path);
    if (owner === undefined || known.test(`${owner}/`)) continue;
    if (found.starting.has(owner) && found.connecting.has(owner)) continue;
    const text = (await files.files.get(path)?.read())?.toString('latin1') ?? '';
    if (starts.test(text)) found.starting.add(owner);
    if (connects.test(text)) found.connecting.add(owner);
  }
  const sorted = (names: Set<string>) => [...names].sort();
  return {
    starting: sorted(found.starting),
    connecting: sorted(found.connecting),
    missing: sorted(found.missing),
  };
}
