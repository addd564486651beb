import type { IconName } from '../ui/icon.tsx';

/** The pages in the navigation; `key` follows `g` as a shortcut. */
export const pages: {
  to: string;
  label: string;
  short: string;
  icon: IconName;
  key: string;
  admin?: true;
}[] = [
  { to: '/audits', label: 'Audits', short: 'Audits', icon: 'audits', key: 'a' },
  { to: '/findings', label: 'Findings', short: 'Findings', icon: 'findings', key: 'f' },
  { to: '/radar', label: 'Radar', short: 'Radar', icon: 'radar', key: 'r' },
  { to: '/policy', label: 'Policy', short: 'Policy', icon: 'policy', key: 'p' },
  { to: '/models', label: 'Models', short: 'Models', icon: 'models', key: 'm' },
  { to: '/playground', label: 'WAAS playground', short: 'Try', icon: 'playground', key: 't' },
  { to: '/defenders', label: 'Defenders', short: 'Defenders', icon: 'defenders', key: 'd', admin: true },
  { to: '/settings', label: 'Settings', short: 'Settings', icon: 'settings', key: 's' },
];
