export { Ringfence, type RingfenceProps } from './ringfence.ts';
