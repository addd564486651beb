import {
  EventBridgeClient,
  ListEventBusesCommand,
  ListRulesCommand,
  ListTargetsByRuleCommand,
  type Rule,
} from '@aws-sdk/client-eventbridge';
import type { AccountReader } from './account-reader.ts';
import { parseJson } from './parse-json.ts';

async function readRule(reader: AccountReader, client: EventBridgeClient, rule: Rule) {
  const { Name, EventBusName } = rule;
  const targets = await reader.list('events:ListTargetsByRule', async (NextToken) => {
    const page = await client.send(new ListTargetsByRuleCommand({ Rule: Name, EventBusName, NextToken }));
    return { items: page.Targets, next: page.NextToken };
  });
  reader.add(
    reader.id('rule', EventBusName, Name),
    'AWS::Events::Rule',
    { ...rule, Targets: targets },
    { arn: rule.Arn },
  );
}

/** Event buses with their policies, rules and targets. */
export async function readRules(reader: AccountReader): Promise<void> {
  const client = new EventBridgeClient(reader.settings);
  const buses = await reader.list('events:ListEventBuses', async (NextToken) => {
    const page = await client.send(new ListEventBusesCommand({ NextToken }));
    return { items: page.EventBuses, next: page.NextToken };
  });
  await reader.each('events:ListEventBuses', buses, async ({ Name, Arn, Policy }) => {
    const id = reader.id('event-bus', Name);
    reader.add(id, 'AWS::Events::EventBus', { Name, Policy: parseJson(Policy) }, { arn: Arn });
    const rules = await reader.list('events:ListRules', async (NextToken) => {
      const page = await client.send(new ListRulesCommand({ EventBusName: Name, NextToken }));
      return { items: page.Rules, next: page.NextToken };
    });
    await reader.each('events:ListRules', rules, (rule) => readRule(reader, client, rule));
  });
}
