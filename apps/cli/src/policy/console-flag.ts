/** The flag that names the Console, shared by the commands that talk to one. */
export const consoleFlag = {
  type: 'string',
  description: 'Address of the Console (or RINGFENCE_CONSOLE), with an API token in RINGFENCE_TOKEN.',
  valueHint: 'URL',
} as const;

export const jsonFlag = { type: 'boolean', description: 'Print the result as JSON.' } as const;
