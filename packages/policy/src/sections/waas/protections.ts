import { z } from 'zod';
import { type SwitchedClass, waasEffects } from '../../compiled/waas-section.ts';

export const ProtectionEffect = z.enum(waasEffects);

const protection = (what: string) => ProtectionEffect.optional().describe(what);

export const Protections = z
  .strictObject({
    sqli: protection('SQL injection.'),
    cmdi: protection('Command injection: shells, cmd.exe, PowerShell.'),
    code: protection('Code injection: scripts, templates, expressions, serialised objects.'),
    xss: protection('Cross-site scripting.'),
    lfi: protection('Local file inclusion and path traversal.'),
    nosql: protection('Operators of document databases where a value is expected.'),
    ssrf: protection('Addresses of metadata services, of the function itself and of private networks.'),
    xxe: protection('XML that fetches entities or document types from elsewhere.'),
    ldap: protection('LDAP filter injection.'),
    xpath: protection('XPath injection.'),
    crlf: protection('Line breaks that add headers, responses or commands of mail.'),
    prototype: protection('Prototype pollution.'),
    redirect: protection('Redirection to a foreign host.'),
    scanner: protection('Programs that look for holes, by the name they give.'),
    malformed: protection('Input that is oversized or malformed.'),
    shape: protection('Input that differs from the shape its route asks for.'),
    custom: protection("The rule's own patterns."),
  } satisfies Record<SwitchedClass, z.ZodType>)
  .describe('The effect of single protections. One that is left out has the effect of the rule.');
export type Protections = z.infer<typeof Protections>;
