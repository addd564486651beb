import type { FindingKey } from '../../findings/find-finding.ts';
import { ApiError } from '../common/api-error.ts';

export const noFinding = ({ functionId, findingId }: FindingKey): ApiError =>
  new ApiError(404, `Function ${functionId} has no finding ${findingId}.`);
