import { constantOf, join, type OutsideCall, tainted, type Value } from '@ringfence/code';
import type { CodeRuleName } from './code-rules.ts';

/** A function that does harm with some of what it gets. */
interface Sink {
  rule: CodeRuleName;
  of: RegExp;
  /** Those values of a call that do; left out: the first argument. */
  takes?: (call: OutsideCall) => (Value | undefined)[];
}

const argument =
  (...indexes: number[]) =>
  (call: OutsideCall) =>
    indexes.map((index) => call.arguments[index]);
const isTrue = (value: Value | undefined) =>
  value?.texts.some(([part]) => part && 'text' in part && part.text !== 'false');
/** A value without what is in it: of a list it is not the items. */
const itself = (value: Value | undefined) => value && tainted(value.taints);
const isShell = (value: Value | undefined) =>
  /(^|[\\/])((ba|da|z|k)?sh|cmd(\.exe)?|powershell(\.exe)?)$/.test(constantOf(value) ?? '');

/** spawn(program, arguments, options): a shell by option or by name takes all apart. */
function spawned({ arguments: [program, ...rest] }: OutsideCall): (Value | undefined)[] {
  const hasShell = rest.some((value) => isTrue(value.fields?.named.get('shell')));
  return hasShell || isShell(program) ? [program, rest[0]] : [itself(program)];
}

/** subprocess.run(arguments, shell=…). */
function subprocess({ arguments: [first], named }: OutsideCall): (Value | undefined)[] {
  const given = first ?? named.get('args');
  const program = given?.fields?.named.get('0');
  return isTrue(named.get('shell')) || isShell(program) ? [given] : [itself(given), program];
}

const statement =
  /^\s*(select|insert|update|delete|replace|with|create|alter|drop|exec|call|merge|truncate|grant|show|use)\b/i;

/** A text that reads as SQL; by that, statements are known whoever the driver is. */
function sqlText({ arguments: [first], named }: OutsideCall): (Value | undefined)[] {
  const all = [first, first?.fields?.named.get('text'), first?.fields?.named.get('sql'), named.get('sql')];
  return all.filter((value) =>
    value?.texts.some(([part]) => part && 'text' in part && statement.test(part.text)),
  );
}

const hasFixedHost = (value: Value) =>
  value.texts.length > 0 &&
  value.texts.every(
    ([part]) => part && ('environment' in part || ('text' in part && /^[a-z]+:\/\/[^/]+\//i.test(part.text))),
  );

/** The address, or what says it in options, where its host is not constant. */
const address =
  (index: number) =>
  ({ arguments: given, named }: OutsideCall): (Value | undefined)[] => {
    const first = given[index];
    const options = ['url', 'uri', 'host', 'hostname', 'baseURL'].map((name) =>
      first?.fields?.named.get(name),
    );
    const values = first?.fields ? options : [first ?? named.get('url')];
    return values.filter((value) => value && !hasFixedHost(value));
  };

const loadsYaml = ({ symbol, arguments: [text, second], named }: OutsideCall) => {
  const loader = [...(second?.symbols ?? []), ...(named.get('Loader')?.symbols ?? [])];
  return symbol !== 'yaml.unsafe_load' && loader.some((each) => /(Safe|Base)Loader$/.test(each))
    ? []
    : [text];
};

const files =
  '(readFile|writeFile|appendFile|createReadStream|createWriteStream|unlink|rm|rmdir|readdir|open|truncate|outputFile|readJson|writeJson|remove)';

export const sinks: Sink[] = [
  { rule: 'code/command-injection', of: /^child_process\.exec(Sync)?$/ },
  { rule: 'code/command-injection', of: /^child_process\.(spawn|execFile)(Sync)?$/, takes: spawned },
  {
    rule: 'code/command-injection',
    of: /^(shelljs\.exec|execa\.(execaCommand|execaCommandSync|command|commandSync))$/,
  },
  {
    rule: 'code/command-injection',
    of: /^(os\.(system|popen)|subprocess\.(getoutput|getstatusoutput)|commands\.getoutput|asyncio\.create_subprocess_shell|pty\.spawn)$/,
  },
  {
    rule: 'code/command-injection',
    of: /^subprocess\.(run|call|check_call|check_output|Popen)$/,
    takes: subprocess,
  },
  {
    rule: 'code/command-injection',
    of: /^(os\.(execl|execle|execlp|execv|execve|execvp)|asyncio\.create_subprocess_exec)$/,
  },

  {
    rule: 'code/code-injection',
    of: /^(eval|exec|compile|execfile|vm\.(runInNewContext|runInThisContext|runInContext|Script|compileFunction)|vm2\.VM\(\)\.run)$/,
  },
  {
    rule: 'code/code-injection',
    of: /^(Function|global(This)?\.(eval|Function))$/,
    takes: ({ arguments: given }) => given,
  },
  { rule: 'code/code-injection', of: /^(require|__import__|importlib\.import_module)$/ },

  {
    rule: 'code/template-injection',
    of: /^(ejs\.(render|compile)|pug\.(render|compile)|handlebars\.compile|(lodash|underscore)\.template|nunjucks\.(renderString|compile)|doT\.template)$/,
  },
  {
    rule: 'code/template-injection',
    of: /^(flask\.render_template_string|jinja2\.Template|jinja2\.Environment\(.*\)\.from_string|mako\.template\.Template)$/,
  },

  {
    rule: 'code/unsafe-deserialisation',
    of: /^(node-serialize\.unserialize|serialize-to-js\.deserialize|cryo\.parse|funcster\.deepDeserialize)$/,
  },
  {
    rule: 'code/unsafe-deserialisation',
    of: /^((pickle|_pickle|cPickle|dill|cloudpickle)\.(loads?|Unpickler)|marshal\.loads?|jsonpickle\.(decode|loads)|pandas\.read_pickle|joblib\.load|shelve\.open)$/,
  },
  {
    rule: 'code/unsafe-deserialisation',
    of: /^yaml\.(load|load_all|unsafe_load|unsafe_load_all)$/,
    takes: loadsYaml,
  },

  {
    rule: 'code/sql-injection',
    of: /\.(query|execute|executemany|executescript|raw|run|all|get|each|exec|prepare|unsafe|\$queryRawUnsafe|\$executeRawUnsafe|read_sql|read_sql_query|text|executeStatement)$/,
    takes: sqlText,
  },
  {
    rule: 'code/sql-injection',
    of: /^(pg|mysql|mysql2|mysql2\/promise|mariadb|sequelize|knex|better-sqlite3|sqlite3|psycopg2?|pymysql|MySQLdb|mysql\.connector)\b.*\.(query|execute|raw|executescript)$/,
    takes: ({ arguments: [first] }) => [itself(first)],
  },
  { rule: 'code/sql-injection', of: /\.\$(queryRawUnsafe|executeRawUnsafe)$/ },

  {
    rule: 'code/path-traversal',
    of: new RegExp(`^(fs|fs/promises|fs\\.promises|fs-extra)\\.${files}(Sync)?$`),
  },
  {
    rule: 'code/path-traversal',
    of: /^(fs|fs\/promises|fs\.promises|fs-extra)\.(copyFile|rename|cp|copy|move|symlink|link)(Sync)?$/,
    takes: argument(0, 1),
  },
  {
    rule: 'code/path-traversal',
    of: /^express\.response\.(sendFile|download)$/,
    takes: ({ arguments: [path, options] }) => (options?.fields?.named.has('root') ? [] : [path]),
  },
  {
    rule: 'code/path-traversal',
    of: /^(open|io\.open|codecs\.open|aiofiles\.open|os\.(open|remove|unlink|rmdir|listdir|scandir|makedirs|mkdir|removedirs)|shutil\.rmtree|flask\.send_file)$/,
  },
  {
    rule: 'code/path-traversal',
    of: /^(os\.(rename|replace|symlink|link)|shutil\.(copy|copy2|copyfile|copytree|move))$/,
    takes: argument(0, 1),
  },
  {
    rule: 'code/path-traversal',
    of: /^pathlib\.Path\(.*\)\.(read_text|read_bytes|write_text|write_bytes|open|unlink|rmdir|iterdir)$/,
    takes: ({ receiver }) => [receiver],
  },

  {
    rule: 'code/request-forgery',
    of: /^(fetch|node-fetch|cross-fetch|axios|got|needle|request|superagent|undici)(\.(default|get|post|put|patch|delete|head|fetch|request|stream))?$/,
    takes: address(0),
  },
  { rule: 'code/request-forgery', of: /^https?\.(get|request)$/, takes: address(0) },
  {
    rule: 'code/request-forgery',
    of: /^(requests|httpx|requests\.Session\(\)|httpx\.(Async)?Client\(\)|aiohttp\.ClientSession\(\))\.(get|post|put|patch|delete|head|options)$/,
    takes: address(0),
  },
  { rule: 'code/request-forgery', of: /^urllib\.request\.(urlopen|Request|urlretrieve)$/, takes: address(0) },
  {
    rule: 'code/request-forgery',
    of: /^(requests|httpx|urllib3\.PoolManager\(\)|urllib3)\.request$/,
    takes: address(1),
  },

  {
    rule: 'code/cross-site-scripting',
    of: /^express\.response\b.*\.(send|write|end)$/,
    takes: ({ arguments: [body] }) =>
      body?.texts.some((text) => text.some((part) => 'text' in part && /<[a-z!]/i.test(part.text)))
        ? [body]
        : [],
  },
];

const isHtml = (value: Value | undefined, depth = 0): boolean => {
  if (!value || depth > 2) return false;
  const inner = value.fields
    ? [...value.fields.named.values(), ...(value.fields.others ? [value.fields.others] : [])]
    : [];
  return (
    value.texts.some((text) => text.some((part) => 'text' in part && /text\/html/i.test(part.text))) ||
    inner.some((each) => isHtml(each, depth + 1))
  );
};

/** What an answer of a handler carries that a browser would run. */
export function htmlOf(answer: Value): Value | undefined {
  const { named } = answer.fields ?? {};
  const headers = join(...['headers', 'multiValueHeaders'].flatMap((name) => named?.get(name) ?? []));
  return isHtml(headers) ? named?.get('body') : undefined;
}
