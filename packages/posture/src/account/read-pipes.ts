import { ListPipesCommand, PipesClient } from '@aws-sdk/client-pipes';
import type { AccountReader } from './account-reader.ts';

/** Pipes of EventBridge: where events come from, what is made of them, and where they go. */
export async function readPipes(reader: AccountReader): Promise<void> {
  const client = new PipesClient(reader.settings);
  const pipes = await reader.list('pipes:ListPipes', async (NextToken) => {
    const page = await client.send(new ListPipesCommand({ NextToken, Limit: 100 }));
    return { items: page.Pipes, next: page.NextToken };
  });
  for (const { Arn, Name, Source, Enrichment, Target } of pipes)
    reader.add(
      reader.id('pipe', Name),
      'AWS::Pipes::Pipe',
      { Name, Source, Enrichment, Target },
      { arn: Arn },
    );
}
