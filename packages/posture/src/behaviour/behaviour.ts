import type { Place } from '@ringfence/code';
import type { SwitchedClass } from '@ringfence/policy/schema';

/** Something that the code does, and where it first does so. */
export type Seen = ReadonlyMap<string, Place>;

/** What a function's code does that a policy has a say in. */
export interface Behaviour {
  /** Programs that it starts, by path; a bare name stands for a program in one of the usual folders. */
  programs: Seen;
  /** Where it starts a program of which the name is not known. */
  unknownProgram?: Place;
  /** `host:port` that it connects to; the host may be a glob. */
  hosts: Seen;
  /** Where it connects to a host that is not known. */
  unknownHost?: Place;
  /** Kinds of injection that would do harm here, as it calls what they aim at with what is not constant. */
  exposedTo: ReadonlyMap<SwitchedClass, Place>;
  /** Packages of others, by what in them matters. */
  packages: OutsidePackages;
  /** What was not followed, and why; empty when all of it was. */
  notes: string[];
}

/** Packages that the handlers import, of which the code is not followed. */
export interface OutsidePackages {
  starting: string[];
  connecting: string[];
  /** Not installed here, so that nothing is known of them. */
  missing: string[];
}
