import { isMembers, type Members } from '../graph/json.ts';
import { takeMembers } from './service.ts';

const ofCors = {
  AllowOrigins: 'allowedOrigins',
  AllowCredentials: 'allowCredentials',
  AllowHeaders: 'allowedHeaders',
  AllowMethods: 'allowedMethods',
};

/** What a function's address or an HTTP API lets pages of other sites do; `true` is everything but with credentials. */
export const corsOf = (cors: unknown): Members =>
  isMembers(cors)
    ? takeMembers(ofCors, [cors])
    : { AllowOrigins: ['*'], AllowHeaders: ['*'], AllowMethods: ['*'] };
