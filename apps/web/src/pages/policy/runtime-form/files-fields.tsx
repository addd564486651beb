import { FILE_LISTS, FilesSettings } from '@ringfence/policy/schema';
import type { RuleCheck } from '../check-rule.ts';
import { ListField } from '../list-field.tsx';
import type { FileList, RuleForm } from './rule-form.ts';
import { SectionFields } from './section-fields.tsx';

type Form = RuleForm['files'];
type Props = { form: Form; check: RuleCheck; onChange: (form: Form) => void };

const labels: Record<FileList, string> = {
  read: 'May read',
  write: 'May write',
  execute: 'May run',
  denyRead: 'But not read',
  denyWrite: 'But not write',
  denyExecute: 'But not run',
  sealed: 'Sealed from the first event on',
};
const placeholders: Partial<Record<FileList, string>> = {
  denyRead: '/proc/*/environ',
  denyWrite: '${tmp}/keep/**',
  sealed: '${task}/**',
};

/** Which files may be read, written and run: what is allowed beside what is denied. */
export function FilesFields({ form, check, onChange }: Props) {
  const pairs = FILE_LISTS.filter((list) => list !== 'sealed');
  const field = (list: FileList) => (
    <ListField
      key={list}
      label={labels[list]}
      hint={FilesSettings.shape[list].description}
      text={form[list]}
      onChange={(text) => onChange({ ...form, [list]: text })}
      errors={check.lineErrors(form[list], 'files', list)}
      error={check.error('files', list)}
      placeholder={placeholders[list] ?? ''}
    />
  );
  return (
    <SectionFields
      title="Files"
      when="When an access to a file is not allowed"
      effect={form.effect}
      onEffect={(effect) => onChange({ ...form, effect })}
    >
      <div className="grid gap-4 sm:grid-flow-col sm:grid-cols-2 sm:grid-rows-3">{pairs.map(field)}</div>
      {field('sealed')}
    </SectionFields>
  );
}
