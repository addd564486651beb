import { expect, test } from 'vitest';
import { callsIn, write } from '../../testing/compiled-code.ts';

test('Go: structs that the environment fills, generic types, and queues that are asked for by name', async () => {
  const folder = write({
    'main.go': `package main
import (
  "strings"
  "github.com/aws/aws-sdk-go-v2/service/dynamodb"
  "github.com/aws/aws-sdk-go-v2/service/sns"
  "github.com/aws/aws-sdk-go-v2/service/sqs"
  "github.com/aws/aws-sdk-go-v2/service/ssm"
  "github.com/kelseyhightower/envconfig"
)
type Mail struct { TopicArn string \`split_words:"true"\` }
type Config struct {
  Table string
  Stage string
  Queue string \`envconfig:"QUEUE_NAME"\`
  Mail Mail
}
type Table[T any] struct { client *dynamodb.Client; name string }
func NewTable[T any](client *dynamodb.Client, name string) *Table[T] { return &Table[T]{client, name} }
func (t *Table[T]) Get() { t.client.GetItem(ctx, &dynamodb.GetItemInput{TableName: &t.name}) }
func main() {
  var cfg Config
  envconfig.MustProcess("app", &cfg)
  NewTable[Order](client, cfg.Table).Get()
  topics.Publish(ctx, &sns.PublishInput{TopicArn: &cfg.Mail.TopicArn})
  found, err := queues.GetQueueUrl(ctx, &sqs.GetQueueUrlInput{QueueName: aws.String(cfg.Queue)})
  queues.SendMessage(ctx, &sqs.SendMessageInput{QueueUrl: found.QueueUrl})
  params.GetParameter(ctx, &ssm.GetParameterInput{Name: aws.String(strings.Join([]string{"", cfg.Stage, "key"}, "/"))})
}`,
  });
  const { calls } = await callsIn(folder, 'go', 'bootstrap');
  expect(calls.filter((call) => !call.startsWith('sqs:GetQueueUrl')).sort()).toEqual([
    'dynamodb:GetItem TableName=${env:APP_TABLE}',
    'sns:Publish TopicArn=${env:APP_MAIL_TOPIC_ARN}',
    'sqs:SendMessage QueueUrl=name:${env:QUEUE_NAME}',
    'ssm:GetParameter Name=/${env:APP_STAGE}/key',
  ]);
});
