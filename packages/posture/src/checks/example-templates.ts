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
