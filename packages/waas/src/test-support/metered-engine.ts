import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const COUNT = 'global.get $work i64.const 1 i64.add global.set $work';

/** Bytes that are copied or filled count one for eight. */
const METER = `
  (global $work (export "work") (mut i64) (i64.const 0))
  (func $copy (param i32 i32 i32) (call $count (local.get 2))
    (memory.copy (local.get 0) (local.get 1) (local.get 2)))
  (func $fill (param i32 i32 i32) (call $count (local.get 2))
    (memory.fill (local.get 0) (local.get 1) (local.get 2)))
  (func $count (param i32)
    (global.set $work (i64.add (global.get $work) (i64.extend_i32_u (i32.shr_u (local.get 0) (i32.const 3))))))
)`;

/** The engine's text with a count at each turn of a loop and each call. */
function addMeter(text: string): string {
  const metered = text
    .replace(/^ +loop\b.*$/gm, (line) => `${line}\n${COUNT}`)
    .replace(/^ +\(func .*(?:\n +\(local .*)?/gm, (head) =>
      head.endsWith('))') ? head : `${head}\n${COUNT}`,
    )
    .replace(/\bmemory\.copy\b/g, 'call $copy')
    .replace(/\bmemory\.fill\b/g, 'call $fill');
  return metered.slice(0, metered.lastIndexOf(')')) + METER;
}

interface MeteredExports {
  memory: WebAssembly.Memory;
  work: WebAssembly.Global;
  input(size: number): number;
  inspectText(size: number): number;
  inspectEvent(size: number, now: number, isCut: boolean): number;
}

/** The engine as it is built, which counts its work: turns of loops, calls, and what it copies. Needs wabt. */
export function loadMeteredEngine(): { workOf(input: string | Uint8Array, kind: 'text' | 'event'): number } {
  const folder = mkdtempSync(join(tmpdir(), 'ringfence-metered-'));
  const [text, binary] = ['engine.wat', 'engine.wasm'].map((name) => join(folder, name)) as [string, string];
  try {
    const built = fileURLToPath(new URL('../../build/waas.wasm', import.meta.url));
    execFileSync('wasm2wat', [built, '-o', text]);
    writeFileSync(text, addMeter(readFileSync(text, 'utf8')));
    execFileSync('wat2wasm', [text, '-o', binary]);
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(readFileSync(binary)));
    const engine = exports as unknown as MeteredExports;
    const workOf = (input: string | Uint8Array, kind: 'text' | 'event') => {
      const bytes = Buffer.from(input);
      const at = engine.input(bytes.length);
      new Uint8Array(engine.memory.buffer, at, bytes.length).set(bytes);
      engine.work.value = 0n;
      if (kind === 'text') engine.inspectText(bytes.length);
      else engine.inspectEvent(bytes.length, 0, false);
      return Number(engine.work.value);
    };
    return { workOf };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
