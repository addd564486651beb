import { Modal } from '../ui/modal.tsx';

const shortcuts: [keys: string[], what: string][] = [
  [['/'], 'Search audits'],
  [['g', 'a'], 'Go to Audits'],
  [['g', 'p'], 'Go to Policy'],
  [['g', 'm'], 'Go to Models'],
  [['g', 't'], 'Go to WAAS playground'],
  [['g', 'd'], 'Go to Defenders'],
  [['g', 's'], 'Go to Settings'],
  [['l'], 'Pause or resume the live list of audits'],
  [['?'], 'Show this help'],
  [['Esc'], 'Close a dialog or the details'],
];

/** The keyboard shortcuts. */
export function HelpDialog({ onClose }: { onClose: () => void }) {
  return (
    <Modal title="Keyboard shortcuts" onClose={onClose}>
      <dl className="divide-y divide-line">
        {shortcuts.map(([keys, what]) => (
          <div key={what} className="flex items-center justify-between gap-4 py-2">
            <dt>{what}</dt>
            <dd className="flex gap-1">
              {keys.map((key) => (
                <kbd
                  key={key}
                  className="min-w-6 rounded border border-line-strong bg-raised px-1.5 text-center font-mono text-[13px]"
                >
                  {key}
                </kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </Modal>
  );
}
