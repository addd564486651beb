import { comparePolicies, describeChange, type Policy } from '@ringfence/policy/schema';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { ApiProblem } from '../../api/api-problem.ts';
import { type PolicyDocument, policyQuery, savePolicy } from '../../api/policy.ts';

/**
 * The policy being edited: changes stay in this draft until `save`, which fails with `conflict` when
 * somebody else stored another revision since `base` was read.
 */
export function useDraft(stored: PolicyDocument) {
  const cache = useQueryClient();
  const [base, setBase] = useState(stored);
  const [draft, setDraft] = useState(stored.policy);
  const changes = useMemo(() => comparePolicies(base.policy, draft).map(describeChange), [base, draft]);
  // Whatever comes in the background replaces a draft without changes, never one with changes.
  if (changes.length === 0 && stored.revision !== base.revision) {
    setBase(stored);
    setDraft(stored.policy);
  }

  const save = useMutation({
    mutationFn: ({ overwrite }: { overwrite: boolean }) =>
      savePolicy(draft, overwrite ? undefined : base.revision),
    onSuccess: (saved) => {
      setBase(saved);
      setDraft(saved.policy);
      cache.setQueryData(policyQuery.queryKey, saved);
      void cache.invalidateQueries({ queryKey: ['policy', 'history'] });
    },
  });
  const conflict = save.error instanceof ApiProblem && save.error.status === 412;

  return {
    base,
    draft,
    changes,
    conflict,
    saving: save.isPending,
    problem: conflict ? null : save.error,
    savedRevision: save.data?.revision,
    update: (edit: (policy: Policy) => Policy) => {
      if (!save.isPending) setDraft(edit);
    },
    save: () => save.mutate({ overwrite: false }),
    overwrite: () => save.mutate({ overwrite: true }),
    keepEditing: () => save.reset(),
    discard: () => {
      save.reset();
      setBase(stored);
      setDraft(stored.policy);
    },
    reload: async () => {
      await cache.refetchQueries({ queryKey: policyQuery.queryKey, exact: true });
      const fresh = cache.getQueryData(policyQuery.queryKey) ?? stored;
      save.reset();
      setBase(fresh);
      setDraft(fresh.policy);
    },
  };
}

export type Draft = ReturnType<typeof useDraft>;
