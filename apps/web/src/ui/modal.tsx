import { Dialog } from 'radix-ui';
import type { ReactNode } from 'react';

type Props = {
  title: string;
  onClose: () => void;
  children: ReactNode;
  footer?: ReactNode;
};

/** A dialog in the middle of the page. */
export function Modal({ title, onClose, children, footer }: Props) {
  return (
    <Dialog.Root open onOpenChange={(next) => next || onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 grid place-items-center overflow-y-auto bg-black/40 p-4">
          <Dialog.Content
            aria-describedby={undefined}
            className="relative z-50 w-full max-w-lg rounded-lg border border-line bg-surface p-5 shadow-2xl animate-[pop-in_120ms_ease-out]"
          >
            <Dialog.Title className="text-base font-semibold">{title}</Dialog.Title>
            <div className="mt-2 flex flex-col gap-3">{children}</div>
            {footer && <div className="mt-5 flex flex-wrap justify-end gap-2">{footer}</div>}
          </Dialog.Content>
        </Dialog.Overlay>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
