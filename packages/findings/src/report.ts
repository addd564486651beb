import { z } from 'zod';
import { Finding } from './finding.ts';
import { PostureGraph } from './graph.ts';

/** A finding that an ignore file or the Console has suppressed. */
const Suppressed = Finding.extend({
  suppression: z.object({
    reason: z.string().max(1000),
    expires: z.iso.date().optional().describe('The last day on which it holds.'),
  }),
});

/** What one run of scan or posture found. */
export const Report = z
  .object({
    version: z.literal(1),
    tool: z.enum(['scan', 'posture', 'check']),
    target: z.object({
      name: z.string().max(4000).describe('The file or folder, as it was named.'),
      kind: z.enum(['zip', 'folder', 'layer', 'template', 'account', 'project']),
      digest: z.string().max(80).optional().describe('sha256 of a file, hexadecimal.'),
    }),
    time: z.iso.datetime().describe('When the run began.'),
    database: z.iso.datetime().optional().describe('The newest advisory that was known.'),
    packages: z
      .array(
        z.object({
          purl: z.string().max(1000),
          locations: z.array(z.string().max(4000)).max(64),
          dependencies: z.array(z.string().max(1000)).max(2000).describe('Package URLs.'),
          direct: z
            .boolean()
            .optional()
            .describe('Whether the function itself asks for it; left out where nothing says so.'),
        }),
      )
      .describe('What is inside.'),
    findings: z.array(Finding),
    suppressed: z.array(Suppressed).default([]),
    graph: PostureGraph.optional(),
    policy: z
      .string()
      .max(2_000_000)
      .optional()
      .describe('Rules suggested for the functions by what their code does, as YAML.'),
    notes: z.array(z.string().max(2000)).default([]).describe('What could not be read, and why.'),
  })
  .describe('What one run found.');
export type Report = z.infer<typeof Report>;
