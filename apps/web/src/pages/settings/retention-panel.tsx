import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { saveSettings, settingsQuery } from '../../api/settings.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Loading } from '../../ui/loading.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Panel } from '../../ui/panel.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';

/** How long audits are kept. */
export function RetentionPanel() {
  const cache = useQueryClient();
  const settings = useQuery(settingsQuery);
  const mutation = useMutation({
    mutationFn: saveSettings,
    onSuccess: (saved) => cache.setQueryData(settingsQuery.queryKey, saved),
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    mutation.mutate({ retentionDays: Number(new FormData(event.currentTarget).get('days')) });
  };
  const error = settings.error ?? mutation.error;
  return (
    <Panel title="Retention">
      {settings.isPending && <Loading />}
      {settings.data && (
        <form onSubmit={submit} className="flex flex-wrap items-start gap-3">
          <Field label="Keep audits for days" hint="From 1 to 3,650.">
            {(control) => (
              <input
                {...control}
                name="days"
                type="number"
                min={1}
                max={3650}
                required
                defaultValue={settings.data.retentionDays}
                className="control max-w-40"
              />
            )}
          </Field>
          <Button type="submit" busy={mutation.isPending} className="mt-6">
            Save
          </Button>
        </form>
      )}
      <div className="mt-2">
        {error && <ProblemNotice error={error} />}
        {mutation.isSuccess && <Notice tone="good">Saved.</Notice>}
      </div>
    </Panel>
  );
}
