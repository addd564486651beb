import type { Severity } from '@ringfence/findings';

/** A way by which one who has some rights gets others. */
export interface Escalation {
  /** What must be allowed, all of it. */
  actions: readonly string[];
  /** What is done with it. */
  way: string;
  severity: Severity;
  /** The service that gets a role; then the role may be any that trusts it. */
  passedTo?: string;
}

const onPolicies = (way: string, ...actions: string[]): Escalation => ({
  actions,
  way,
  severity: 'critical',
});

const onCode = (way: string, ...actions: string[]): Escalation => ({ actions, way, severity: 'high' });

const pass = (service: string, way: string, ...actions: string[]): Escalation => ({
  actions: ['iam:PassRole', ...actions],
  way,
  severity: 'high',
  passedTo: `${service}.amazonaws.com`,
});

/**
 * The ways that are publicly known: those of Rhino Security Labs (AWS IAM Privilege Escalation, 2018), Bishop Fox (iam-vulnerable,
 * 2021) and DataDog (pathfinding.cloud, 2025).
 */
export const escalations: readonly Escalation[] = [
  onPolicies('give its role a policy', 'iam:PutRolePolicy'),
  onPolicies('attach any policy to its role', 'iam:AttachRolePolicy'),
  onPolicies('write a new version of a policy that it has', 'iam:CreatePolicyVersion'),
  onPolicies('go back to an older version of a policy', 'iam:SetDefaultPolicyVersion'),
  onPolicies('let itself assume a role', 'iam:UpdateAssumeRolePolicy'),
  onPolicies('give a user a policy', 'iam:PutUserPolicy'),
  onPolicies('attach any policy to a user', 'iam:AttachUserPolicy'),
  onPolicies('give a group a policy', 'iam:PutGroupPolicy'),
  onPolicies('attach any policy to a group', 'iam:AttachGroupPolicy'),
  onPolicies('put a user into a group of administrators', 'iam:AddUserToGroup'),
  onPolicies('make keys of another user', 'iam:CreateAccessKey'),
  onPolicies('give a user a password', 'iam:CreateLoginProfile'),
  onPolicies('change the password of a user', 'iam:UpdateLoginProfile'),
  onPolicies('take the boundary from its role', 'iam:DeleteRolePermissionsBoundary'),
  onPolicies('trust an identity provider of its own', 'iam:UpdateSAMLProvider'),
  onPolicies('give itself a permission set', 'sso:CreateAccountAssignment'),
  onPolicies('widen a permission set', 'sso:PutInlinePolicyToPermissionSet', 'sso:ProvisionPermissionSet'),
  onCode('assume any role that trusts the account', 'sts:AssumeRole'),
  onCode('run code with the role of another function', 'lambda:UpdateFunctionCode'),
  onCode('put a layer into another function', 'lambda:UpdateFunctionConfiguration'),
  onCode('run commands on instances, with their role', 'ssm:SendCommand'),
  onCode('open a shell on instances, with their role', 'ssm:StartSession'),
  onCode('log in to instances with a key of its own', 'ec2-instance-connect:SendSSHPublicKey'),
  onCode(
    'start an instance anew with a script of its own',
    'ec2:ModifyInstanceAttribute',
    'ec2:StopInstances',
    'ec2:StartInstances',
  ),
  onCode('build with commands of its own', 'codebuild:UpdateProject', 'codebuild:StartBuild'),
  onCode('change a stack with the role that the stack has', 'cloudformation:UpdateStack'),
  onCode('run a job with a script of its own', 'glue:UpdateJob', 'glue:StartJobRun'),
  onCode('put a key of its own on a development endpoint', 'glue:UpdateDevEndpoint'),
  onCode('open a notebook with its role', 'sagemaker:CreatePresignedNotebookInstanceUrl'),
  pass('lambda', 'make a function with any role', 'lambda:CreateFunction'),
  pass('ec2', 'start an instance with any role', 'ec2:RunInstances'),
  pass('ec2', 'give an instance any role', 'ec2:AssociateIamInstanceProfile'),
  pass('ecs-tasks', 'run a container with any role', 'ecs:RegisterTaskDefinition', 'ecs:RunTask'),
  pass('ecs-tasks', 'run a container with any role', 'ecs:RegisterTaskDefinition', 'ecs:CreateService'),
  pass('batch', 'run a job with any role', 'batch:RegisterJobDefinition', 'batch:SubmitJob'),
  pass('tasks.apprunner', 'run a container with any role', 'apprunner:CreateService'),
  pass('cloudformation', 'make a stack with any role', 'cloudformation:CreateStack'),
  pass('codebuild', 'build with any role', 'codebuild:CreateProject', 'codebuild:StartBuild'),
  pass('codepipeline', 'make a pipeline with any role', 'codepipeline:CreatePipeline'),
  pass(
    'datapipeline',
    'run a pipeline with any role',
    'datapipeline:CreatePipeline',
    'datapipeline:PutPipelineDefinition',
    'datapipeline:ActivatePipeline',
  ),
  pass('glue', 'make a development endpoint with any role', 'glue:CreateDevEndpoint'),
  pass('glue', 'run a job with any role', 'glue:CreateJob', 'glue:StartJobRun'),
  pass('sagemaker', 'make a notebook with any role', 'sagemaker:CreateNotebookInstance'),
  pass('sagemaker', 'train with any role', 'sagemaker:CreateTrainingJob'),
  pass('sagemaker', 'run a job with any role', 'sagemaker:CreateProcessingJob'),
  pass('states', 'run a state machine with any role', 'states:CreateStateMachine', 'states:StartExecution'),
  pass('scheduler', 'have any API called with any role', 'scheduler:CreateSchedule'),
  pass('ssm', 'run an automation with any role', 'ssm:StartAutomationExecution'),
  pass('elasticmapreduce', 'run a cluster with any role', 'elasticmapreduce:RunJobFlow'),
  pass('cognito-identity', 'give the users of an app any role', 'cognito-identity:SetIdentityPoolRoles'),
];
