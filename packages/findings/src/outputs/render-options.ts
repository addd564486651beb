import type { FailOn } from '../fail-on.ts';

export type TextStyle = 'bold' | 'dim' | 'red' | 'yellow' | 'cyan';
/** Puts a text into a style of the terminal. */
export type Paint = (style: TextStyle, text: string) => string;

export interface RenderOptions {
  paint: Paint;
  /** From which severity on a finding is a failure. */
  failOn: FailOn;
}
