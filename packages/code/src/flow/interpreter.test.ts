import { expect, test } from 'vitest';
import { follow, sourcesAt } from '../testing/follow.ts';
import type { Check } from './checks.ts';

const javascript = (body: string, before = '') => ({
  'index.js': `const { exec } = require('child_process');\n${before}\nexports.handler = async (event) => {\n${body}\n};`,
});
const python = (body: string, before = '') => ({
  'main.py': `import os\n${before}\ndef handler(event, context=None):\n${body.replace(/^/gm, '    ')}\n`,
});

test.each([
  ['a template', 'exec(`ls ${event.a}`)', ['event.a']],
  [
    'parts taken apart',
    'const { a: { b = 1 }, ...rest } = event; exec(b); exec(rest.c)',
    ['event.a.b', 'event.c'],
  ],
  ['a default', 'const x = event.a || "none"; exec(x)', ['event.a']],
  ['an optional chain', 'exec(event?.a?.["b"])', ['event.a.b']],
  ['a list', 'const list = ["-l"]; list.push(event.a); exec(list.join(" "))', ['event.a']],
  ['a loop over parts', 'for (const record of event.Records) exec(record.key)', ['event.Records.key']],
  ['parsed JSON', 'const body = JSON.parse(event.body); exec(body.a)', ['event.body.a']],
  ['a callback', 'event.items.forEach((item) => exec(item.a))', ['event.items.a']],
  ['a promise', 'await Promise.resolve(event.a).then((a) => exec(a))', ['event.a']],
  ['a promisified function', 'const run = require("util").promisify(exec); await run(event.a)', ['event.a']],
  [
    'a class',
    'class A { constructor(x) { this.x = x; } go() { exec(this.x); } } new A(event.a).go()',
    ['event.a'],
  ],
  [
    'an object passed on',
    'const run = ({ options }) => exec(options.cmd); run({ options: { cmd: event.a } })',
    ['event.a'],
  ],
  ['an assignment in a condition', 'let m; if ((m = event.a)) exec(m)', ['event.a']],
  ['a function above its place', 'go(event.a); function go(x) { exec(x) }', ['event.a']],
  ['a reassigned name', 'let x = event.a; x = "ls"; exec(x)', []],
  ['a name of an inner function', 'const x = "ls"; (() => { const x = event.a; return x; })(); exec(x)', []],
  ['a comparison', 'exec(event.a > 3 ? "x" : "y")', []],
  ['a looked-up constant', 'const known = { a: "ls" }; exec(known[event.a])', []],
  ['a length', 'exec(`head -n ${event.a.length}`)', []],
])('JavaScript: %s', async (_, body, sources) => {
  const { calls } = await follow(javascript(body), 'index.js');
  expect(sourcesAt(calls, 'child_process.exec')).toEqual(sources);
});

test.each([
  ['an f-string', 'os.system(f"ls {event[\'a\']}")', ['event.a']],
  [
    'a format',
    'os.system("ls %s" % event["a"])\nos.system("ls {}".format(event["b"]))',
    ['event.a', 'event.b'],
  ],
  [
    'a comprehension',
    'for x in [r["key"] for r in event["Records"]]:\n    os.system(x)',
    ['event.Records.key'],
  ],
  ['a named argument', 'def go(*, cmd):\n    os.system(cmd)\ngo(cmd=event["a"])', ['event.a']],
  [
    'a class',
    'class A:\n    def __init__(self, x):\n        self.x = x\n    def go(self):\n        os.system(self.x)\nA(event["a"]).go()',
    ['event.a'],
  ],
  ['a with', 'with wrap(event["a"]) as x:\n    os.system(x)', ['event.a']],
  ['a walrus', 'if (x := event["a"]):\n    os.system(x)', ['event.a']],
  ['an unpacked pair', 'a, b = event["a"], "ls"\nos.system(b)', []],
  ['a local of the same name', 'def other():\n    x = event["a"]\nx = "ls"\nother()\nos.system(x)', []],
])('Python: %s', async (_, body, sources) => {
  const { calls } = await follow(python(body), 'main.py');
  expect(sourcesAt(calls, 'os.system')).toEqual(sources);
});

test('values are followed across files: ES modules, CommonJS, re-exports and TypeScript', async () => {
  const files = {
    'src/index.ts': `import { go as run } from './lib/index.js';\nexport const handler = async (event: { a: string }): Promise<void> => run(event.a as string);`,
    'src/lib/index.ts': `export * from './go.js';`,
    'src/lib/go.ts': `import sink from '../sink.cjs';\nexport function go<T extends string>(x: T) { return sink.write(x!); }`,
    'src/sink.cjs': `const cp = require('node:child_process');\nmodule.exports = { write(x) { cp.exec(x); } };`,
  };
  const { calls } = await follow(files, 'src/index.ts');
  expect(sourcesAt(calls, 'child_process.exec')).toEqual(['event.a']);
  const [call] = calls.filter(({ symbol }) => symbol === 'child_process.exec');
  expect(call?.place).toMatchObject({ path: 'src/sink.cjs', line: 2 });
});

test('the handler of a bundle in which all names were made short', async () => {
  const bundle = `var o=Object.defineProperty;var E=(n,e)=>{for(var t in e)o(n,t,{get:e[t],enumerable:!0})},T=(n,e)=>{for(let r of Object.getOwnPropertyNames(e))o(n,r,{get:()=>e[r]});return n};var D=n=>T(o({},"__esModule",{value:!0}),n);var I={};E(I,{handler:()=>P});module.exports=D(I);var u=require("child_process");var P=async n=>{u.exec(n.a)};0&&(module.exports={handler});`;
  const { calls } = await follow({ 'index.js': bundle }, 'index.js');
  expect(sourcesAt(calls, 'child_process.exec')).toEqual(['event.a']);
});

test('values are followed across Python packages, relative imports included', async () => {
  const files = {
    'app/main.py': `from .lib import tools\nfrom app.lib.more import go\n\ndef handler(event, context):\n    tools.run(event["a"])\n    go(event["b"])\n`,
    'app/__init__.py': '',
    'app/lib/__init__.py': '',
    'app/lib/tools.py': 'import subprocess\n\ndef run(x):\n    subprocess.call(x)\n',
    'app/lib/more.py': 'from subprocess import call as c\n\ndef go(x):\n    c(x)\n',
  };
  const { calls } = await follow(files, 'app/main.py');
  expect(sourcesAt(calls, 'subprocess.call')).toEqual(['event.a', 'event.b']);
});

test('files that import one another in a circle come to an end', async () => {
  const files = {
    'index.js': `const a = require('./a'); exports.handler = (event) => a.go(event.x);`,
    'a.js': `const b = require('./b'); exports.go = (x) => b.go(x); exports.end = (x) => require('child_process').exec(x);`,
    'b.js': `const a = require('./a'); exports.go = (x) => require('./a').end(x);`,
  };
  const { calls } = await follow(files, 'index.js');
  expect(sourcesAt(calls, 'child_process.exec')).toEqual(['event.x']);
});

test('the way of a tainted value is told, from its source to the call', async () => {
  const { calls } = await follow(javascript('const a = event.a;\nconst b = a.trim();\nexec(b);'), 'index.js');
  const exec = calls.find(({ symbol }) => symbol === 'child_process.exec');
  expect(exec?.arguments[0]?.taints[0]?.places.map(({ line }) => line)).toEqual([1, 4, 5]);
});

const membership = ({ by, role, outcome, member }: Check) =>
  outcome && member === undefined && role === 'argument' && /^(includes|in|equal)$/.test(by)
    ? ('all' as const)
    : undefined;

test.each([
  ['in the branch', 'if (["a"].includes(event.a)) exec(event.a)', 0],
  ['after a branch that leaves', 'if (!["a"].includes(event.a)) return; exec(event.a)', 0],
  ['with or', 'if (!event.a || !["a"].includes(event.a)) { throw new Error(); } exec(event.a)', 0],
  ['with and', 'if (event.b && event.a === "a") exec(event.a)', 0],
  ['of one of two', 'if (event.a === "a" || event.a === "b") exec(event.a)', 0],
  ['in a conditional expression', 'exec(["a"].includes(event.a) ? event.a : "b")', 0],
  ['in a switch', 'switch (event.a) { case "a": exec(event.a); break; }', 0],
  ['in the other branch', 'if (["a"].includes(event.a)) {} else exec(event.a)', 1],
  ['after a branch that goes on', 'if (!["a"].includes(event.a)) { event.b = 1 } exec(event.a)', 1],
  ['of another value', 'if (["a"].includes(event.b)) exec(event.a)', 1],
  [
    'of a value that is set again',
    'let x = event.b; if (!["a"].includes(x)) return; x = event.a; exec(x)',
    1,
  ],
  ['of one with or', 'if (event.b === "b" || event.a === "a") exec(event.a)', 1],
])('a check %s', async (_, body, count) => {
  const { calls } = await follow(javascript(body), 'index.js', 'handler', { checksFor: membership });
  expect(sourcesAt(calls, 'child_process.exec')).toHaveLength(count);
});

test('of Python, a check of membership counts where it leaves', async () => {
  const body =
    'if event["a"] not in ("x", "y"):\n    raise ValueError()\nos.system(event["a"])\nos.system(event["b"])';
  const { calls } = await follow(python(body), 'main.py', 'handler', { checksFor: membership });
  expect(sourcesAt(calls, 'os.system')).toEqual(['event.b']);
});

// Each of these would take for ever, or all memory, if it were followed step by step.
const repeat = (count: number, line: (index: number) => string) =>
  Array.from({ length: count }, (_, i) => line(i)).join('\n');
test.each([
  ['doubling a text', `let x = event.a;\n${repeat(200, () => 'x = x + x;')} exec(x);`],
  ['nested loops', `${'for (const a of event) {'.repeat(60)} exec(a); ${'}'.repeat(60)}`],
  [
    'calls that call twice',
    `${repeat(20, (i) => `function f${i}(x) { f${i + 1}(x + 'a'); f${i + 1}(x + 'b'); }`)}\nfunction f20(x) { exec(x) }\nf0(event.a);`,
  ],
  [
    'recursion',
    'function f(x) { return f(x + 1) + g(x); } function g(x) { return f([x]) + f({ x }); } exec(f(event))',
  ],
  ['a function that gets itself', 'const f = (g, x) => { exec(x); return g(g, [g, x]); }; f(f, event)'],
  [
    'values that hold themselves',
    `const a = {}, b = {};\n${repeat(150, (i) => `a.k${i} = a; b.k${i} = b; a.l${i} = b; b.l${i} = a;`)}\nlet c = event.x ? a : b; c = event.y ? c : a; exec(c); exec(event)`,
  ],
  ['long chains', `exec(event${'.a'.repeat(1500)}); exec(event)`],
])('%s comes to an end', async (_, body) => {
  const { calls } = await follow(javascript(body), 'index.js');
  expect(calls.length).toBeGreaterThan(0);
});

/** The texts that come to the first argument of the calls of `print`, unknown pieces as `?`. */
async function printed(files: Record<string, string>, entry: string): Promise<string[]> {
  const { calls } = await follow(files, entry);
  return calls
    .filter(({ symbol }) => /^(console\.log|print)$/.test(symbol))
    .flatMap(({ arguments: [first] }) =>
      (first?.texts ?? []).map((text) =>
        text
          .map((part) => ('text' in part ? part.text : 'environment' in part ? `$${part.environment}` : '?'))
          .join(''),
      ),
    );
}

test.each([
  [
    'what a class gives its base',
    'class Base { constructor(name) { this.name = name; } go() { console.log(this.name); } }\nclass Own extends Base { constructor() { super(process.env.T); } }\nnew Own().go();',
    ['$T'],
  ],
  [
    'a method of the base',
    'class Base { go(x) { console.log(x + this.end); } }\nclass Own extends Base { end = "!"; go() { super.go("a"); } }\nnew Own().go();',
    ['a!'],
  ],
  [
    'a class method',
    'class A { static make() { return new this(); } go() { console.log("a"); } } A.make().go();',
    ['a'],
  ],
  [
    'a class as a value, under its own name inside',
    'var A = class _A { static make() { return new _A("a"); } constructor(x) { this.x = x; } go() { console.log(this.x); } }; A.make().go();',
    ['a'],
  ],
  [
    'a class with its only instance',
    'class A { static #one = new A("a"); static find() { return A.#one; } constructor(x) { this.x = x; } go() { console.log(this.x); } } A.find().go();',
    ['a'],
  ],
  [
    'members that are assigned at once',
    'class A { constructor(name, { end = "!" } = {}) { Object.assign(this, { name, end }); } go() { console.log(this.name + this.end); } } new A("a").go();',
    ['a!'],
  ],
  ['a getter', 'class A { get name() { return "a"; } } console.log(new A().name);', ['a']],
  ['what is made once', 'let a; const get = () => (a ??= { name: "n" }); console.log(get().name);', ['n']],
  ['a joined list', 'console.log([process.env.P, "x"].join("-"));', ['$P-x']],
  [
    'a format',
    'const f = (...p) => require("util").format("%s-%s", ...p); console.log(f("a", "b"));',
    ['a-b'],
  ],
  [
    'one of a kind',
    'const all = {}; const make = (n) => (all[n] = n); make("a"); make("b"); console.log(all["a"]);',
    ['a'],
  ],
  ['a map', 'const m = new Map([["a", "x"]]); m.set("b", "y"); console.log(m.get("b"));', ['y']],
  [
    'a map of what is made once',
    'class A { go(x) { console.log(x); } } const m = new Map(); const use = (C) => { if (!m.has(C)) m.set(C, new C()); return m.get(C); }; use(A).go("a");',
    ['a'],
  ],
  ['arguments given before', 'const f = (a, b) => console.log(a + b); f.bind(null, "a")("b");', ['ab']],
  ['a method called on an object', 'const a = { go(x) { console.log(x); } }; a.go.call(a, "x");', ['x']],
  [
    'a checked environment',
    'const env = z.object({}).parse(process.env); console.log(env.TABLE);',
    ['$TABLE'],
  ],
  [
    'an object of two',
    'const d = { a: "x", b: "y" }; const o = { ...d, b: "z" }; console.log(o.a + o.b);',
    ['xz'],
  ],
])('texts of JavaScript: %s', async (_, body, expected) => {
  expect(await printed(javascript(body), 'index.js')).toEqual(expected);
});

test.each([
  [
    'what a class gives its base',
    'print(Own().name)',
    'class Base:\n    def __init__(self, name):\n        self.name = name\nclass Own(Base):\n    def __init__(self):\n        super().__init__(os.environ["T"])\n',
    ['$T'],
  ],
  [
    'a base by its name',
    'print(Own().name)',
    'class Base:\n    def __init__(self, name):\n        self.name = name\nclass Own(Base):\n    def __init__(self):\n        Base.__init__(self, "n")\n',
    ['n'],
  ],
  [
    'a class method',
    'print(A.make("X").name)',
    'class A:\n    def __init__(self, name):\n        self.name = name\n    @classmethod\n    def make(cls, name, **more):\n        return cls(os.environ[name], **more)\n',
    ['$X'],
  ],
  ['a dataclass', 'print(A("x", b="y").b)', '@dataclass\nclass A:\n    a: str\n    b: str = "n"\n', ['y']],
  [
    'what a dataclass makes when it is there',
    'print(A("x").c)',
    'from dataclasses import dataclass, field\n@dataclass\nclass A:\n    b: str = field(init=False)\n    a: str\n    c: str = field(init=False)\n    def __post_init__(self):\n        self.c = self.a + "y"\n',
    ['xy'],
  ],
  [
    'the default of a member',
    'print(A().a + B(c="z").b)',
    'from dataclasses import field\nclass A:\n    a: str = field(default_factory=lambda: "x")\nclass Base:\n    b: str = field(default="y")\nclass B(Base):\n    c: str\n',
    ['xy'],
  ],
  [
    'settings with a prefix, or a name of their own',
    'print(S().table_name + S().queue)',
    'from pydantic import Field\nfrom pydantic_settings import BaseSettings, SettingsConfigDict\nclass Base(BaseSettings):\n    table_name: str\nclass S(Base):\n    model_config = SettingsConfigDict(env_prefix="APP_")\n    queue: str = Field(alias="QUEUE_URL")\n',
    ['$APP_TABLE_NAME$QUEUE_URL'],
  ],
  [
    'settings',
    'print(S().table_name)',
    'from pydantic_settings import BaseSettings\nclass S(BaseSettings):\n    table_name: str\n',
    ['$TABLE_NAME'],
  ],
  [
    'an enumeration',
    'print(os.environ[T.ORDERS.value])',
    'from enum import Enum\nclass T(Enum):\n    ORDERS = "O"\n',
    ['$O'],
  ],
  [
    'an instance that is called',
    'A()("x")',
    'class A:\n    def __call__(self, x):\n        print(x)\n',
    ['x'],
  ],
  [
    'what a pool runs',
    'ThreadPoolExecutor().submit(put, "x")',
    'from concurrent.futures import ThreadPoolExecutor\ndef put(x):\n    print(x)\n',
    ['x'],
  ],
  [
    'a property',
    'print(A().name)',
    'class A:\n    @property\n    def name(self):\n        return "n"\n',
    ['n'],
  ],
  [
    'named arguments passed on',
    'go(a="x")',
    'def go(**more):\n    put(**more)\ndef put(a):\n    print(a)\n',
    ['x'],
  ],
  [
    'a function that is partly given',
    'f = functools.partial(put, b="y")\nf("x")',
    'import functools\ndef put(a, b):\n    print(a + b)\n',
    ['xy'],
  ],
  [
    'what with gives',
    'with A() as a, made() as b, open("c") as c:\n    print(a.name + b)',
    'from contextlib import contextmanager\nclass A:\n    def __enter__(self):\n        self.name = "n"\n        return self\n@contextmanager\ndef made():\n    yield "m"\n',
    ['nm'],
  ],
  [
    'what a class makes of the name of a member',
    'print(A().orders)',
    'class A:\n    def __getattr__(self, name):\n        return os.environ[name]\n',
    ['$orders'],
  ],
  [
    'members of which nobody knows how many are given',
    'print(A(*(os.environ[n] for n in names)).b)',
    'class A(NamedTuple):\n    a: str\n    b: str\nnames = ["X"]\n',
    ['$X'],
  ],
  [
    'a dictionary that is filled when it is asked',
    'print(made("a")("x") + made("b")("y"))',
    'made_by = {}\ndef make(name):\n    return lambda x: name + x\ndef made(name):\n    if name not in made_by:\n        made_by[name] = make(name)\n    return made_by.get(name) or made_by.setdefault(name, make(name))\n',
    ['axby'],
  ],
  ['braces', 'print("{}-{name}".format("a", name=os.environ["N"]))', '', ['a-$N']],
  ['a per cent', 'print("%s/%d%%" % ("a", 1))', '', ['a/1%']],
  ['a joined list', 'print("/".join(["a", *["b", "c"]]))', '', ['a/b/c']],
  ['capitals', 'print(os.environ[f"{\'orders\'.upper()}_TABLE"])', '', ['$ORDERS_TABLE']],
  ['two dictionaries', 'd = {"a": "x"} | {"b": "y"}\nprint(d["b"])', '', ['y']],
  ['pairs', 'for name, table in {"a": "x"}.items():\n    print(name + table)', '', ['ax']],
])('texts of Python: %s', async (_, body, before, expected) => {
  expect([...new Set(await printed(python(body, before), 'main.py'))]).toEqual(expected);
});

test('the members of an enumeration of TypeScript are texts', async () => {
  const code =
    'export enum T { Orders = "ORDERS", Items = "ITEMS" }\nexport const handler = () => { console.log(process.env[T.Orders]); };';
  expect(await printed({ 'index.ts': code }, 'index.ts')).toEqual(['$ORDERS']);
});
