import { NetworkSettings } from '@ringfence/policy/schema';
import type { RuleCheck } from '../check-rule.ts';
import { Choice } from '../choice.tsx';
import { ListField } from '../list-field.tsx';
import { NETWORK_LISTS, type NetworkList, type RuleForm } from './rule-form.ts';
import { SectionFields } from './section-fields.tsx';

type Form = RuleForm['network'];
type Props = { form: Form; check: RuleCheck; onChange: (form: Form) => void };

const lists: Record<NetworkList, { label: string; placeholder: string }> = {
  outbound: {
    label: 'May connect to, one on each line',
    placeholder: 'my-bucket.s3.eu-west-1.amazonaws.com:443\ndb.internal:5432\n10.0.0.0/8:443',
  },
  listen: { label: 'May listen on ports, one on each line', placeholder: '8080\n3000-3010' },
  unix: { label: 'May use local sockets, one on each line', placeholder: '/tmp/*.sock\n@name' },
};

const metadataWords = {
  deny: { label: 'Deny', what: 'Whatever the list allows' },
  allow: { label: 'Allow', what: 'The function gets its credentials there' },
};

/** Where connections may go, and on which ports the function listens. */
export function NetworkFields({ form, check, onChange }: Props) {
  const set = (part: Partial<Form>) => onChange({ ...form, ...part });
  return (
    <SectionFields
      title="Network"
      when="When a connection, lookup or port is not allowed"
      effect={form.effect}
      onEffect={(effect) => set({ effect })}
    >
      {NETWORK_LISTS.map((list) => (
        <ListField
          key={list}
          {...lists[list]}
          hint={NetworkSettings.shape[list].description}
          text={form[list]}
          onChange={(text) => set({ [list]: text })}
          errors={check.lineErrors(form[list], 'network', list)}
          error={check.error('network', list)}
        />
      ))}
      <Choice
        label="Instance metadata and credentials"
        hint={NetworkSettings.shape.metadata.description}
        value={form.metadata}
        options={(['deny', 'allow'] as const).map((value) => ({ value, ...metadataWords[value] }))}
        onChange={(metadata) => set({ metadata })}
      />
    </SectionFields>
  );
}
