import type { LintWarning, ScopedRule } from '@ringfence/policy/schema';
import { type KeyboardEvent, type ReactNode, useRef } from 'react';
import { Badge } from '../../ui/badge.tsx';
import { classNames } from '../../ui/class-names.ts';
import { Icon } from '../../ui/icon.tsx';
import { IconButton } from '../../ui/icon-button.tsx';

type Props = {
  rule: ScopedRule;
  index: number;
  total: number;
  editable: boolean;
  warnings: LintWarning[];
  dragged: number | undefined;
  /** Shows and changes its effect. */
  effect: ReactNode;
  onDrag: (index: number | undefined) => void;
  onMove: (from: number, to: number) => void;
  onEdit: () => void;
  onDuplicate: () => void;
  onDelete: () => void;
  /** What it says, in short. */
  children: ReactNode;
};

/** One rule of the list, with what can be done to it. */
export function RuleRow(props: Props) {
  const { rule, index, total, editable, warnings, dragged } = props;
  const row = useRef<HTMLLIElement>(null);
  const onKey = (event: KeyboardEvent) => {
    if (!editable || !event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
    event.preventDefault();
    props.onMove(index, index + (event.key === 'ArrowUp' ? -1 : 1));
  };
  return (
    <li
      ref={row}
      onKeyDown={onKey}
      onDragOver={(event) => dragged !== undefined && event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        if (dragged !== undefined && dragged !== index) props.onMove(dragged, index);
        props.onDrag(undefined);
      }}
      onDragEnter={(event) => dragged !== undefined && event.currentTarget.setAttribute('data-over', '')}
      onDragLeave={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node))
          event.currentTarget.removeAttribute('data-over');
      }}
      onDragEnd={() => {
        for (const other of row.current?.parentElement?.children ?? []) other.removeAttribute('data-over');
        props.onDrag(undefined);
      }}
      className={classNames(
        'grid grid-cols-[auto_minmax(0,1fr)_auto] items-center gap-x-3 gap-y-1 border-t border-line px-3 py-2.5 first:border-t-0 data-over:bg-accent-soft sm:px-4 lg:grid-cols-[auto_minmax(0,1.2fr)_7rem_minmax(0,1.6fr)_auto]',
        dragged === index && 'opacity-40',
      )}
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dragging is for the pointer; the buttons and keys do the same */}
      <span
        draggable={editable}
        onDragStart={(event) => {
          event.dataTransfer.effectAllowed = 'move';
          event.dataTransfer.setData('text/plain', rule.name);
          if (row.current) event.dataTransfer.setDragImage(row.current, 12, 12);
          props.onDrag(index);
        }}
        className={classNames('flex items-center gap-1.5 text-muted', editable && 'cursor-grab')}
      >
        {editable && <Icon name="grip" />}
        <span className="min-w-4 text-right text-[13px] tabular-nums">{index + 1}</span>
      </span>
      <span className="min-w-0">
        <button
          type="button"
          onClick={props.onEdit}
          className="block max-w-full truncate text-left font-medium hover:text-accent hover:underline hover:underline-offset-2"
        >
          {rule.name}
        </button>
        <span className="mt-0.5 flex flex-wrap gap-1">
          {rule.collections.map((name) => (
            <Badge key={name} tone="neutral">
              {name}
            </Badge>
          ))}
        </span>
      </span>
      {props.effect}
      <span className="col-span-full flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1 text-[13px] text-muted lg:col-span-1">
        {props.children}
        {warnings.length > 0 && (
          <span
            className="flex items-center gap-1 text-warn"
            title={warnings.map(({ message }) => message).join('\n')}
          >
            <Icon name="alert" size={13} />
            {warnings.length === 1 ? 'one warning' : `${warnings.length} warnings`}
          </span>
        )}
      </span>
      {editable && (
        <span className="col-span-full -mx-1.5 flex justify-end lg:col-span-1 lg:mx-0">
          <IconButton
            icon="up"
            label={`Move rule ${rule.name} up`}
            disabled={index === 0}
            onClick={() => props.onMove(index, index - 1)}
          />
          <IconButton
            icon="down"
            label={`Move rule ${rule.name} down`}
            disabled={index === total - 1}
            onClick={() => props.onMove(index, index + 1)}
          />
          <IconButton icon="edit" label={`Edit rule ${rule.name}`} onClick={props.onEdit} />
          <IconButton icon="copy" label={`Duplicate rule ${rule.name}`} onClick={props.onDuplicate} />
          <IconButton icon="trash" label={`Delete rule ${rule.name}`} onClick={props.onDelete} />
        </span>
      )}
    </li>
  );
}
