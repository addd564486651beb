/** How much is measured: blocks of samples, and how long the init is left alone (milliseconds, seconds). */
export type Effort = {
  startBlocks: number;
  startsABlock: number;
  invocationBlocks: number;
  smallInvocations: number;
  largeInvocations: number;
  execBlocks: number;
  execsABlock: number;
  callBlocks: number;
  workload: number;
  quietMs: number;
  ingestSeconds: number;
};

export const full: Effort = {
  startBlocks: 20,
  startsABlock: 10,
  invocationBlocks: 20,
  smallInvocations: 250,
  largeInvocations: 25,
  execBlocks: 20,
  execsABlock: 50,
  callBlocks: 20,
  workload: 4000,
  quietMs: 12_000,
  ingestSeconds: 15,
};

/** Shows that everything can be measured; its figures say little. */
export const quick: Effort = {
  startBlocks: 2,
  startsABlock: 2,
  invocationBlocks: 2,
  smallInvocations: 20,
  largeInvocations: 2,
  execBlocks: 2,
  execsABlock: 5,
  callBlocks: 2,
  workload: 50,
  quietMs: 1500,
  ingestSeconds: 1,
};
