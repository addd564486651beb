// Serves the account of 2,000 functions and 500 roles as AWS does, and says where: for `posture.ts`, as a process of its own.
import { startFakeAws } from '../src/testing/fake-aws.ts';
import { answersOfAccount } from './account-answers.ts';

const { address } = await startFakeAws(answersOfAccount());
process.send?.(address);
process.on('disconnect', () => process.exit());
