export {
  MODEL_KINDS,
  type ModelDetail,
  ModelEntry,
  type ModelKind,
  type WaasDetail,
} from './audit-details.ts';
export * from './audit-schema.ts';
export * from './parse-audit-line.ts';
export * from './split-log-line.ts';
