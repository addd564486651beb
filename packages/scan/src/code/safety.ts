import { type Check, constantOf, type OutsideCall, type Safety } from '@ringfence/code';

/** What functions make harmless, the first that fits. `all`: what comes out is a number, a truth, or not the event's any more. */
const cleaners: [RegExp, Safety][] = [
  [
    /^(parseInt|parseFloat|Number|BigInt|Boolean|Date|int|float|bool|len|abs|round|isinstance|hash|ord|uuid\.UUID|ipaddress\.\w+|decimal\.Decimal)$/,
    'all',
  ],
  // A table that the program has made.
  [/^(Weak)?Map\(.*\)\.get$/, 'all'],
  [/^(Number|Math|Date|datetime|time|hashlib|hmac|crypto|secrets)\./, 'all'],
  [
    /\.(includes|startsWith|startswith|endsWith|endswith|test|has|indexOf|lastIndexOf|isdigit|isalnum|isalpha|count|charCodeAt|getTime|toFixed|some|every|hexdigest|timestamp)$/,
    'all',
  ],
  // What services answer is theirs.
  [
    /^(fs|fs\/promises|fs-extra|child_process|subprocess|http|https|axios|node-fetch|fetch|got|undici|requests|httpx|urllib\.request|boto3|aws-sdk|@aws-sdk\/[\w-]+|pg|mysql2?|mysql2\/promise|mongodb|mongoose|redis|ioredis|knex|sequelize|sqlite3|psycopg2?|pymysql|open|os\.(listdir|stat|popen))\b(?!.*Command$)/,
    'all',
  ],
  [/\bzod\b.*\.(enum|nativeEnum|literal|number|boolean|date|uuid)\(.*\.(parse|parseAsync)$/, 'all'],
  [
    /^(path\.(basename|posix\.basename)|os\.path\.basename|werkzeug\.utils\.secure_filename|sanitize-filename)$/,
    ['path'],
  ],
  [
    /^(path\.(resolve|normalize|join|posix\.(join|resolve|normalize))|fs\.realpath(Sync)?|os\.path\.(realpath|abspath|normpath)|.*\bPath\(.*\)(.*)\.resolve|\.resolve)$/,
    ['resolved'],
  ],
  [/^(shlex\.(quote|join)|pipes\.quote|shell-quote\.quote|shell-escape)$/, ['shell']],
  [/^encodeURIComponent$/, ['html', 'path', 'url']],
  [/^(encodeURI|urllib\.parse\.(quote|quote_plus|urlencode))$/, ['html', 'url']],
  [
    /^(escape-html|html\.escape|markupsafe\.escape|flask\.escape|validator\.escape|he\.(encode|escape)|xss|sanitize-html|(isomorphic-)?dompurify\.sanitize|lodash\.escape|bleach\.clean|cgi\.escape)$/,
    ['html'],
  ],
  [
    /(^|\.)(escapeLiteral|escapeIdentifier|escapeId)$|^(mysql2?|sqlstring|mysql2\/promise)\b.*\.(escape|format)$|^pg-format$|^psycopg2?\.sql\.(Literal|Identifier)$|^(sql-template-strings|slonik\.sql|sqlalchemy\.bindparam)$/,
    ['sql'],
  ],
  [/^(JSON\.stringify|json\.dumps|ast\.literal_eval)$/, ['code']],
];

/** All but some characters are taken out: replace(/[^a-z]/g, ''), re.sub('[^a-z]', '', x). */
function keepsOnly({ symbol, arguments: [first, second] }: OutsideCall): boolean {
  if (!/(^|\.)(replace|replaceAll|sub)$/.test(symbol)) return false;
  const [pattern, by] = [constantOf(first), constantOf(second)];
  return (
    pattern !== undefined &&
    /^\/?\[\^(?![^\]]*(;|\$|'|\/\\?\/))/.test(pattern) &&
    by !== undefined &&
    /^[\w-]?$/.test(by)
  );
}

const escapesHtml = ({ symbol, arguments: [first, second] }: OutsideCall): boolean =>
  /\.replace(All)?$/.test(symbol) &&
  /^\/?<(\/g)?$/.test(constantOf(first) ?? '') &&
  constantOf(second) === '&lt;';

/** For what a call makes harmless what it is given. */
export function makesSafe(call: OutsideCall): Safety | undefined {
  if (keepsOnly(call)) return 'all';
  if (escapesHtml(call)) return ['html'];
  return cleaners.find(([symbol]) => symbol.test(call.symbol))?.[1];
}

/** A pattern says what a text may be where it holds for all of it. */
const isWhole = (pattern: string) =>
  /(^\/?\^|\\A).*(\$|\\Z)(\/\w*)?$/i.test(pattern) && !/(^|[^\\])\.[*+]/.test(pattern);

const hosts = /^(hostname|host|origin|netloc)$/;

/** For what a value is harmless once a condition has looked at it. */
export function checksFor({ by, role, constants, outcome, member }: Check): Safety | undefined {
  if (member !== undefined)
    return outcome && role === 'argument' && hosts.test(member) && /^(includes|has|in|equal)$/.test(by)
      ? ['url']
      : undefined;
  if (!outcome) {
    if (by === 'isNaN') return 'all';
    return role === 'receiver' && constants.includes('..') && /^(includes|in)$/.test(by)
      ? ['path']
      : undefined;
  }
  if (/^(isdigit|isalnum|isalpha|isnumeric|isdecimal|isidentifier)$/.test(by)) return 'all';
  if (/^(startsWith|startswith|is_relative_to)$/.test(by) && role === 'receiver')
    return constants.some((text) => /^https?:\/\/[^/]+\//.test(text)) ? ['prefixed', 'url'] : ['prefixed'];
  if (/^(test|match|fullmatch)$/.test(by)) {
    const isPython = by === 'fullmatch';
    return constants.every((pattern) => isPython || isWhole(pattern)) ? 'all' : undefined;
  }
  if (role !== 'argument') return undefined;
  if (
    /^(includes|has|in|equal|hasOwn|hasOwnProperty|isInteger|isSafeInteger|isFinite|isUUID|isInt|isNumeric|isAlphanumeric)$/.test(
      by,
    )
  )
    return 'all';
  // A check of the program's own is taken at its word.
  return /valid|allowed|permitted|isSafe|is_safe|whitelist/i.test(by) ? 'all' : undefined;
}

/** Whether a value is harmless for `safety`; a path is where it was resolved, and then found below a folder. */
export const isSafeFor = (safety: string, safeFor: readonly string[]): boolean =>
  safeFor.includes(safety) ||
  (safety === 'path' && safeFor.includes('resolved') && safeFor.includes('prefixed'));
