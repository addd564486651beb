// Sources that attacked are refused for a while. A small table that forgets the oldest first, so that nobody can fill memory.
import { ADDRESS_BYTES } from '../base/network';

const MOST: i32 = 256;
/** address 16 bytes, until u32 (Unix seconds) */
const SIZE: usize = 20;

const bans: usize = memory.data(5120);
let next: i32 = 0;

/** Bans the address until then (Unix seconds). */
export function ban(address: usize, until: u32): void {
  const at = bans + <usize>next * SIZE;
  memory.copy(at, address, ADDRESS_BYTES);
  store<u32>(at, until, 16);
  next = (next + 1) % MOST;
}

/** Whether the address is banned now (Unix seconds). */
export function isBanned(address: usize, now: u32): bool {
  for (let i = 0; i < MOST; i++) {
    const at = bans + <usize>i * SIZE;
    if (load<u32>(at, 16) > now && memory.compare(at, address, ADDRESS_BYTES) === 0) return true;
  }
  return false;
}
