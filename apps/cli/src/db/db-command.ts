import { defineCommand } from 'citty';
import { statusCommand } from './status-command.ts';
import { updateCommand } from './update-command.ts';

export const dbCommand = defineCommand({
  meta: { name: 'db', description: 'Keep the database of advisories that scan looks into.' },
  subCommands: { update: updateCommand, status: statusCommand },
});
