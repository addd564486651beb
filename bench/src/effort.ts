/**
 * How much is measured. The init is left alone for `quietMs` after its start. After work it still counts repeated audits for ten
 * seconds, tells of them, and keeps its connection to the Console for ten more: hence the longer `settleMs`.
 */
export type Effort = {
  startBlocks: number;
  startsABlock: number;
  /** Of runtimes that take long to start. */
  slowStartsABlock: number;
  invocationBlocks: number;
  smallInvocations: number;
  largeInvocations: number;
  execBlocks: number;
  execsABlock: number;
  callBlocks: number;
  callsABlock: number;
  /** Each in a process of its own. */
  lookupBlocks: number;
  peerBlocks: number;
  peerRounds: number;
  workload: number;
  quietMs: number;
  settleMs: number;
  ingestSeconds: number;
};

export const full: Effort = {
  startBlocks: 20,
  startsABlock: 10,
  slowStartsABlock: 5,
  invocationBlocks: 20,
  smallInvocations: 250,
  largeInvocations: 25,
  execBlocks: 20,
  execsABlock: 50,
  callBlocks: 20,
  callsABlock: 50,
  lookupBlocks: 300,
  peerBlocks: 10,
  peerRounds: 50,
  workload: 4000,
  quietMs: 12_000,
  settleMs: 25_000,
  ingestSeconds: 15,
};

/** Shows that everything can be measured; its figures say little. */
export const quick: Effort = {
  startBlocks: 2,
  startsABlock: 2,
  slowStartsABlock: 1,
  invocationBlocks: 2,
  smallInvocations: 20,
  largeInvocations: 2,
  execBlocks: 2,
  execsABlock: 5,
  callBlocks: 2,
  callsABlock: 5,
  lookupBlocks: 2,
  peerBlocks: 2,
  peerRounds: 2,
  workload: 50,
  quietMs: 500,
  settleMs: 500,
  ingestSeconds: 1,
};
