import { getAuditOperation } from './audits/get-audit.ts';
import { listAuditsOperation } from './audits/list-audits.ts';
import { streamAuditsOperation } from './audits/stream-audits.ts';
import type { Operation } from './common/operation.ts';
import { listDefendersOperation } from './defenders/list-defenders.ts';
import { listPostureFindingsOperation } from './defenders/list-posture-findings.ts';
import { forgetFunctionOperation } from './findings/forget-function.ts';
import { getFindingOperation } from './findings/get-finding.ts';
import { listAdvisoriesOperation } from './findings/list-advisories.ts';
import { listFindingsOperation } from './findings/list-findings.ts';
import { listScannedFunctionsOperation } from './findings/list-scanned-functions.ts';
import { publishReportOperation } from './findings/publish-report.ts';
import { suppressFindingOperation, unsuppressFindingOperation } from './findings/suppress-finding.ts';
import { registerFunctionOperation } from './functions/register-function.ts';
import { revokeFunctionTokenOperation } from './functions/revoke-function-token.ts';
import { getHealthOperation } from './health/get-health.ts';
import { getModelOperation } from './models/get-model.ts';
import { listModelsOperation } from './models/list-models.ts';
import { resetModelOperation } from './models/reset-model.ts';
import { suggestRuleOperation } from './models/suggest-rule.ts';
import { explainPolicyOperation } from './policy/explain-policy.ts';
import { getPolicyOperation } from './policy/get-policy.ts';
import { getRevisionOperation } from './policy/get-revision.ts';
import { listRevisionsOperation } from './policy/list-revisions.ts';
import { putPolicyOperation } from './policy/put-policy.ts';
import { getRadarOperation } from './radar/get-radar.ts';
import { getSessionOperation } from './session/get-session.ts';
import { signInOperation } from './session/sign-in.ts';
import { signOutOperation } from './session/sign-out.ts';
import { getSettingsOperation } from './settings/get-settings.ts';
import { putSettingsOperation } from './settings/put-settings.ts';
import { createAdminOperation } from './setup/create-admin.ts';
import { listSigningKeysOperation } from './signing-keys/list-signing-keys.ts';
import { rotateSigningKeyOperation } from './signing-keys/rotate-signing-key.ts';
import { createTokenOperation } from './tokens/create-token.ts';
import { deleteTokenOperation } from './tokens/delete-token.ts';
import { listTokensOperation } from './tokens/list-tokens.ts';

/** Every operation for people and machines. Of two paths that fit, the first one answers. */
export const operations: Operation[] = [
  createAdminOperation,
  signInOperation,
  getSessionOperation,
  signOutOperation,
  listTokensOperation,
  createTokenOperation,
  deleteTokenOperation,
  getPolicyOperation,
  putPolicyOperation,
  listRevisionsOperation,
  getRevisionOperation,
  explainPolicyOperation,
  registerFunctionOperation,
  revokeFunctionTokenOperation,
  listDefendersOperation,
  listPostureFindingsOperation,
  listModelsOperation,
  getModelOperation,
  resetModelOperation,
  suggestRuleOperation,
  publishReportOperation,
  forgetFunctionOperation,
  listFindingsOperation,
  listScannedFunctionsOperation,
  listAdvisoriesOperation,
  getFindingOperation,
  suppressFindingOperation,
  unsuppressFindingOperation,
  getRadarOperation,
  listAuditsOperation,
  streamAuditsOperation,
  getAuditOperation,
  listSigningKeysOperation,
  rotateSigningKeyOperation,
  getSettingsOperation,
  putSettingsOperation,
  getHealthOperation,
];
