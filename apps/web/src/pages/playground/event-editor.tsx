import type { DragEvent, ReactNode, Ref } from 'react';
import { Button } from '../../ui/button.tsx';
import { FileButton } from '../../ui/file-button.tsx';
import { formatBytes } from '../../ui/format-bytes.ts';

/** A text of more characters would make each key press slow: it is shown, and not edited. */
const EDITABLE = 200_000;
const SHOWN = 4000;

/** Whether the text is short enough to be typed in. */
export const isEditable = (text: string) => text.length <= EDITABLE;

type Props = {
  label: string;
  text: string;
  onChange: (text: string) => void;
  area: Ref<HTMLTextAreaElement>;
  children: ReactNode;
};

/** Where the event is typed, pasted, dropped or opened from a file; what is too long for a text box is shown in part. */
export function EventEditor({ label, text, onChange, area, children }: Props) {
  const open = async (file: File | undefined) => {
    if (file) onChange(await file.text());
  };
  const drop = (event: DragEvent) => {
    if (event.dataTransfer.files.length === 0) return;
    event.preventDefault();
    void open(event.dataTransfer.files[0]);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is for the pointer; the button opens the same file
    <div onDrop={drop} onDragOver={(event) => event.preventDefault()} className="flex flex-col gap-2">
      <div className="flex items-center gap-2">
        <span className="mr-auto">{children}</span>
        <FileButton label="File with an event" onFile={(file) => void open(file)}>
          Open file
        </FileButton>
        <Button small look="quiet" disabled={text === ''} onClick={() => onChange('')}>
          Clear
        </Button>
      </div>
      {!isEditable(text) ? (
        <div className="rounded-md border border-line-strong bg-surface">
          <p className="border-b border-line px-3 py-2 text-[13px] text-muted">
            {formatBytes(text.length)}: all of it is judged, and its beginning is shown. Clear it to type
            again.
          </p>
          <pre className="max-h-72 overflow-auto whitespace-pre-wrap break-all p-3 font-mono text-[12.5px]">
            {text.slice(0, SHOWN)}…
          </pre>
        </div>
      ) : (
        <textarea
          ref={area}
          aria-label={label}
          value={text}
          onChange={(event) => onChange(event.target.value)}
          onPaste={(event) => {
            const pasted = event.clipboardData.getData('text/plain');
            // The box would lay all of it out before anything could say that it is too long.
            if (isEditable(pasted)) return;
            event.preventDefault();
            const { selectionStart, selectionEnd } = event.currentTarget;
            onChange(text.slice(0, selectionStart) + pasted + text.slice(selectionEnd));
          }}
          rows={18}
          spellCheck={false}
          autoCapitalize="off"
          autoComplete="off"
          placeholder={'{ "body": "…" }'}
          className="control h-auto! min-h-40 resize-y py-2 font-mono text-[12.5px] leading-relaxed"
        />
      )}
    </div>
  );
}
