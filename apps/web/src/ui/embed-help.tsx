import { Link } from '@tanstack/react-router';
import { CodeBlock } from './code-block.tsx';
import { embedCommand } from './embed-command.ts';

/** How a function gets its Defender: the command, the token it needs, and how to try the result. */
export function EmbedHelp() {
  return (
    <>
      <CodeBlock label="Protect a function" text={embedCommand()} />
      <p className="text-[13px]">
        Make the API token in{' '}
        <Link to="/settings" className="text-accent underline underline-offset-2">
          Settings
        </Link>
        . The command prints the environment variables to set. To try the result without a cloud:{' '}
        <code className="font-mono">ringfence run protected.zip --event event.json</code>
      </p>
    </>
  );
}
