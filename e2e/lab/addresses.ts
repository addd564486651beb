/** Who lives where in the lab's network. But for the metadata endpoint's, the addresses are those that RFC 5737 and RFC 3849 keep free for examples. */
export const addresses = {
  dns: '192.0.2.53',
  api: '192.0.2.80',
  s3: '192.0.2.81',
  database: '192.0.2.82',
  api6: '2001:db8::80',
  /** Where AWS has its instance metadata. */
  metadata: '169.254.169.254',
  /** Somebody else's: no policy of the lab allows it. */
  stranger: '198.51.100.66',
  stranger6: '2001:db8:bad::66',
} as const;

export const domain = 'lab.test';

/** What the lab's DNS server knows: names by their addresses, or by another name. */
export const names: Record<string, { a?: string; aaaa?: string; cname?: string }> = {
  'api.lab.test': { a: addresses.api, aaaa: addresses.api6 },
  's3.lab.test': { a: addresses.s3 },
  'bucket.s3.lab.test': { cname: 's3.lab.test' },
  'db.lab.test': { a: addresses.database },
  'alias.lab.test': { cname: 'middle.elsewhere.test' },
  'middle.elsewhere.test': { cname: 'api.lab.test' },
  'stranger.test': { a: addresses.stranger, aaaa: addresses.stranger6 },
  'rebound.lab.test': { a: addresses.metadata },
};

export const ports = { http: 80, s3: 9000, database: 5432, dns: 53 } as const;
/** Where the stranger listens, TCP and UDP. */
export const strangerPorts = [53, 80, 443, 853, 3333, 4444] as const;
