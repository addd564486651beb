import { inspect, stripVTControlCharacters } from 'node:util';

type Style = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan';

/** True when the stream is a terminal and the person has not asked for plain text (no-color.org). */
export function hasColour(stream: NodeJS.WriteStream): boolean {
  return stream.isTTY === true && !process.env.NO_COLOR && process.env.TERM !== 'dumb';
}

/** The text in a style when the stream is a terminal with colours; else the text alone. */
export function paint(style: Style, text: string, stream: NodeJS.WriteStream = process.stdout): string {
  const codes = inspect.colors[style];
  return codes && hasColour(stream) ? `\u001b[${codes[0]}m${text}\u001b[${codes[1]}m` : text;
}

/** Writes a line to stdout: results. Without colours where none are wanted. */
export function printLine(text = ''): void {
  process.stdout.write(`${hasColour(process.stdout) ? text : stripVTControlCharacters(text)}\n`);
}

/** Writes a line to stderr: what is going on, so that stdout stays clean for results. */
export function printNote(text: string): void {
  process.stderr.write(`${text}\n`);
}
