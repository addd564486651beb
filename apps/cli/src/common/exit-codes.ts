/** The exit codes of every command: the one table that docs/cli.md and the code share. */
export const exitCodes = {
  ok: { code: 0, meaning: 'All went well.' },
  finding: {
    code: 1,
    meaning:
      'The command worked, and what it looked at did not: a function failed, a policy has errors, a package has findings.',
  },
  usage: { code: 2, meaning: 'Wrong use or bad input: an unknown flag, a broken zip, an invalid policy.' },
  environment: {
    code: 3,
    meaning:
      'Something around the command is missing or refused: the Console cannot be reached or refuses the token, a port is taken, a file cannot be written.',
  },
  internal: { code: 70, meaning: 'A bug in Ringfence. RINGFENCE_DEBUG=1 shows where.' },
  interrupted: { code: 130, meaning: 'Stopped by Ctrl-C.' },
} as const;

export type ExitReason = keyof typeof exitCodes;
