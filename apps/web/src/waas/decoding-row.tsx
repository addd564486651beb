import { Icon } from '../ui/icon.tsx';
import { nameStep } from './waas-words.ts';

const chip = 'rounded border px-1.5 py-0.5 text-xs';

/** The way from the field to the form of it that was judged, decoding by decoding. */
export function DecodingRow({ path, decoding }: { path: string; decoding: string[] }) {
  return (
    <ol aria-label="Path through the decoders" className="flex flex-wrap items-center gap-1">
      <li className={`${chip} border-line-strong font-mono [overflow-wrap:anywhere]`}>
        {path || 'the text itself'}
      </li>
      {decoding.map((step, position) => {
        const [label, what] = nameStep(step);
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: the same decoding may come twice, and the list never changes
          <li key={position} className="flex items-center gap-1">
            <span className="text-muted">
              <Icon name="right" size={12} />
            </span>
            <span title={what} className={`${chip} border-info/30 bg-info-soft text-info`}>
              {label}
            </span>
          </li>
        );
      })}
    </ol>
  );
}
