/** A function with these properties, in YAML. */
export const aFunction = (properties: string) => `
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Handler: index.handler
      ${properties}`;

/** A function, and a permission to invoke it with these properties, in YAML. */
export const aPermission = (properties: string) => `${aFunction('Timeout: 30')}
  Permission:
    Type: AWS::Lambda::Permission
    Properties:
      Action: lambda:InvokeFunction
      FunctionName: !Ref Orders
      ${properties}`;

/** A role with one statement, whose members are given in YAML, about the table Table. */
export const aRole = (statement: string) => `
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {}
      Policies:
        - PolicyName: own
          PolicyDocument:
            Statement:
              - { Effect: Allow, ${statement} }
  Table: { Type: AWS::DynamoDB::Table }`;

/** A function, and its role with one statement, whose members are given in YAML, about the table Table. */
export const aFunctionWithRole = (statement: string) => `${aRole(statement)}
  Orders:
    Type: AWS::Lambda::Function
    Properties: { Handler: index.handler, Role: !GetAtt Role.Arn }`;

/** A function that reads from the table Table, and its role with these actions there, in YAML. */
export const codeAndPolicy = (actions: string) => `
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Handler: index.handler
      Runtime: nodejs22.x
      Role: !GetAtt Role.Arn
      Environment: { Variables: { TABLE: !Ref Table } }
      Code:
        ZipFile: |
          const { DynamoDBClient, GetItemCommand } = require('@aws-sdk/client-dynamodb');
          const client = new DynamoDBClient({});
          exports.handler = ({ id }) =>
            client.send(new GetItemCommand({ TableName: process.env.TABLE, Key: { id: { S: id } } }));
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {}
      Policies:
        - PolicyName: own
          PolicyDocument:
            Statement:
              - { Effect: Allow, Action: ${actions}, Resource: !GetAtt Table.Arn }
  Table: { Type: AWS::DynamoDB::Table }`;
