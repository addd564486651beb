import type { Session } from '../../api/session.ts';
import { useTheme } from '../../app/theme.ts';
import { Facts } from '../../ui/facts.tsx';
import { Panel } from '../../ui/panel.tsx';
import { TimeText } from '../../ui/time-text.tsx';

/** Who is signed in, and how this browser shows the Console. */
export function AccountPanel({ session }: { session: Session }) {
  const [theme, setTheme] = useTheme();
  return (
    <Panel title="Account">
      <Facts
        rows={[
          ['Signed in as', session.name],
          ['Role', session.role === 'admin' ? 'Administrator' : 'Viewer: reads audits and the policy'],
          ['Session ends', session.expiresAt && <TimeText key="ends" value={session.expiresAt} />],
          [
            'Theme',
            <select
              key="theme"
              aria-label="Theme"
              value={theme}
              onChange={(event) => setTheme(event.target.value as typeof theme)}
              className="control w-auto!"
            >
              <option value="system">As the system</option>
              <option value="light">Light</option>
              <option value="dark">Dark</option>
            </select>,
          ],
        ]}
      />
    </Panel>
  );
}
