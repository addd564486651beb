/** Where Ringfence lies in a package (docs/architecture.md, "In the package"). */
export const packagePaths = {
  folder: '.ringfence',
  init: '.ringfence/init',
  guard: '.ringfence/guard.so',
  configuration: '.ringfence/policy',
  bootstrap: 'bootstrap',
  originalBootstrap: '.ringfence-bootstrap',
} as const;

/** In zips: as of a program that can't be read, the kernel opens the init's memory to nobody of its user. */
export const zippedInitMode = 0o111;
/** In folders: whoever packs them must read it. */
export const initMode = 0o555;
export const guardMode = 0o444;
export const configurationMode = 0o444;

/** What lies in `.ringfence/`. */
export interface Defender {
  /** The init's binary for the function's architecture. */
  init: Buffer;
  /** The guard library for where the init can't set filters, of the same architecture. */
  guard: Buffer;
  /** The Defender configuration, `RFD1`. */
  configuration: Buffer;
}

/** What embed puts into a package. */
export interface Protection extends Defender {
  /** True when the function brings its own runtime, so that the init takes the name `bootstrap`. */
  customRuntime: boolean;
}
