import { attempts, needsTheMachine } from './attempts.ts';
import { tryAttempts } from './try-attempts.ts';

tryAttempts(attempts.filter(needsTheMachine));
