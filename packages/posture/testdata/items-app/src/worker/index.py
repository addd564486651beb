import os, json, boto3
s3 = boto3.client('s3')
sns = boto3.resource('sns')
topic = sns.Topic(os.environ['TOPIC'])
sqs = boto3.client('sqs')
secrets = boto3.client('secretsmanager')
table = boto3.resource('dynamodb').Table(os.environ['TABLE_NAME'])
def handler(event, context):
    password = secrets.get_secret_value(SecretId=os.environ['SECRET'])['SecretString']
    for record in event['Records']:
        body = s3.get_object(Bucket=os.environ['BUCKET'], Key=record['key'])['Body'].read()
        s3.put_object(Bucket=os.environ['BUCKET'], Key='out/' + record['key'], Body=body)
        table.put_item(Item={'id': record['key']})
    topic.publish(Message='done')
    sqs.send_message(QueueUrl=os.environ['QUEUE_URL'], MessageBody='x')
