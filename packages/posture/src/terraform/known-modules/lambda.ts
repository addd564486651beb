/** What terraform-aws-modules/lambda/aws makes of its inputs, as far as checks ask for it. */
export const lambda = `
locals {
  source  = try(var.source_path.path, var.source_path[0].path, var.source_path[0], var.source_path, var.local_existing_package, null)
  is_file = try(endswith(local.source, ".py") || endswith(local.source, ".js") || endswith(local.source, ".mjs") || endswith(local.source, ".ts"), false)
  is_made = var.create && var.create_function && !var.create_layer
  has_role = local.is_made && var.create_role
}
variable "create" { default = true }
variable "create_function" { default = true }
variable "create_layer" { default = false }
variable "create_role" { default = true }
variable "create_lambda_function_url" { default = false }
variable "create_async_event_config" { default = false }
variable "function_name" { default = "" }
variable "handler" { default = "" }
variable "runtime" { default = "" }
variable "package_type" { default = "Zip" }
variable "image_uri" { default = null }
variable "s3_existing_package" { default = null }
variable "source_path" { default = null }
variable "local_existing_package" { default = null }
variable "lambda_role" { default = "" }
variable "layers" { default = null }
variable "kms_key_arn" { default = null }
variable "timeout" { default = 3 }
variable "reserved_concurrent_executions" { default = -1 }
variable "environment_variables" { default = {} }
variable "dead_letter_target_arn" { default = null }
variable "tracing_mode" { default = null }
variable "vpc_subnet_ids" { default = null }
variable "vpc_security_group_ids" { default = null }
variable "code_signing_config_arn" { default = null }
variable "file_system_arn" { default = null }
variable "file_system_local_mount_path" { default = null }
variable "role_name" { default = null }
variable "role_permissions_boundary" { default = null }
variable "attach_cloudwatch_logs_policy" { default = true }
variable "attach_dead_letter_policy" { default = false }
variable "attach_network_policy" { default = false }
variable "attach_tracing_policy" { default = false }
variable "attach_async_event_policy" { default = false }
variable "attach_policy_json" { default = false }
variable "attach_policy_jsons" { default = false }
variable "attach_policy" { default = false }
variable "attach_policies" { default = false }
variable "attach_policy_statements" { default = false }
variable "policy_json" { default = null }
variable "policy_jsons" { default = [] }
variable "policy" { default = null }
variable "policies" { default = [] }
variable "policy_statements" { default = {} }
variable "allowed_triggers" { default = {} }
variable "event_source_mapping" { default = {} }
variable "authorization_type" { default = "NONE" }
variable "cors" { default = {} }
variable "destination_on_failure" { default = null }
variable "destination_on_success" { default = null }
variable "cloudwatch_logs_retention_in_days" { default = null }
variable "cloudwatch_logs_kms_key_id" { default = null }
variable "use_existing_cloudwatch_log_group" { default = false }

resource "aws_lambda_function" "this" {
  count         = local.is_made ? 1 : 0
  function_name = var.function_name
  role          = var.create_role ? aws_iam_role.lambda[0].arn : var.lambda_role
  handler       = var.package_type == "Zip" ? var.handler : null
  runtime       = var.package_type == "Zip" ? var.runtime : null
  package_type  = var.package_type
  image_uri     = var.image_uri
  filename      = local.is_file ? dirname(local.source) : local.source
  s3_bucket     = try(var.s3_existing_package.bucket, null)
  s3_key        = try(var.s3_existing_package.key, null)
  layers        = var.layers
  kms_key_arn   = var.kms_key_arn
  timeout       = var.timeout
  reserved_concurrent_executions = var.reserved_concurrent_executions
  code_signing_config_arn        = var.code_signing_config_arn
  dynamic "environment" {
    for_each = length(keys(var.environment_variables)) == 0 ? [] : [true]
    content { variables = var.environment_variables }
  }
  dynamic "dead_letter_config" {
    for_each = var.dead_letter_target_arn == null ? [] : [true]
    content { target_arn = var.dead_letter_target_arn }
  }
  dynamic "tracing_config" {
    for_each = var.tracing_mode == null ? [] : [true]
    content { mode = var.tracing_mode }
  }
  dynamic "vpc_config" {
    for_each = var.vpc_subnet_ids == null ? [] : [true]
    content {
      subnet_ids         = var.vpc_subnet_ids
      security_group_ids = var.vpc_security_group_ids
    }
  }
  dynamic "file_system_config" {
    for_each = var.file_system_arn == null ? [] : [true]
    content {
      arn              = var.file_system_arn
      local_mount_path = var.file_system_local_mount_path
    }
  }
}
resource "aws_lambda_layer_version" "this" {
  count    = var.create && var.create_layer ? 1 : 0
  filename = local.source
}
resource "aws_cloudwatch_log_group" "lambda" {
  count             = local.is_made && !var.use_existing_cloudwatch_log_group ? 1 : 0
  name              = format("/aws/lambda/%s", var.function_name)
  retention_in_days = var.cloudwatch_logs_retention_in_days
  kms_key_id        = var.cloudwatch_logs_kms_key_id
}
resource "aws_iam_role" "lambda" {
  count                = local.has_role ? 1 : 0
  name                 = coalesce(var.role_name, var.function_name, "*")
  permissions_boundary = var.role_permissions_boundary
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { Service = "lambda.amazonaws.com" }, Action = "sts:AssumeRole" }]
  })
}
resource "aws_iam_role_policy" "logs" {
  count  = local.has_role && var.attach_cloudwatch_logs_policy ? 1 : 0
  role   = aws_iam_role.lambda[0].name
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = ["logs:CreateLogStream", "logs:PutLogEvents", "logs:CreateLogGroup"], Resource = [format("arn:aws:logs:*:*:log-group:/aws/lambda/%s:*", var.function_name)] }] })
}
resource "aws_iam_role_policy" "dead_letter" {
  count  = local.has_role && var.attach_dead_letter_policy ? 1 : 0
  role   = aws_iam_role.lambda[0].name
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = strcontains(var.dead_letter_target_arn, "sqs") ? "sqs:SendMessage" : "sns:Publish", Resource = var.dead_letter_target_arn }] })
}
resource "aws_iam_role_policy" "async" {
  count  = local.has_role && var.attach_async_event_policy ? 1 : 0
  role   = aws_iam_role.lambda[0].name
  policy = jsonencode({ Statement = [for arn in compact([var.destination_on_failure, var.destination_on_success]) : { Effect = "Allow", Action = strcontains(arn, "sqs") ? "sqs:SendMessage" : strcontains(arn, "sns") ? "sns:Publish" : strcontains(arn, "event") ? "events:PutEvents" : "lambda:InvokeFunction", Resource = arn }] })
}
resource "aws_iam_role_policy_attachment" "vpc" {
  count      = local.has_role && var.attach_network_policy ? 1 : 0
  role       = aws_iam_role.lambda[0].name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AWSLambdaENIManagementAccess"
}
resource "aws_iam_role_policy_attachment" "tracing" {
  count      = local.has_role && var.attach_tracing_policy ? 1 : 0
  role       = aws_iam_role.lambda[0].name
  policy_arn = "arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess"
}
resource "aws_iam_role_policy" "additional_json" {
  count  = local.has_role && var.attach_policy_json ? 1 : 0
  role   = aws_iam_role.lambda[0].name
  policy = var.policy_json
}
resource "aws_iam_role_policy" "additional_jsons" {
  count  = local.has_role && var.attach_policy_jsons ? length(var.policy_jsons) : 0
  role   = aws_iam_role.lambda[0].name
  policy = var.policy_jsons[count.index]
}
resource "aws_iam_role_policy_attachment" "additional_one" {
  count      = local.has_role && var.attach_policy ? 1 : 0
  role       = aws_iam_role.lambda[0].name
  policy_arn = var.policy
}
resource "aws_iam_role_policy_attachment" "additional_many" {
  count      = local.has_role && var.attach_policies ? length(var.policies) : 0
  role       = aws_iam_role.lambda[0].name
  policy_arn = var.policies[count.index]
}
data "aws_iam_policy_document" "additional_inline" {
  dynamic "statement" {
    for_each = var.policy_statements
    content {
      effect        = try(statement.value.effect, "Allow")
      actions       = try(statement.value.actions, null)
      not_actions   = try(statement.value.not_actions, null)
      resources     = try(statement.value.resources, null)
      not_resources = try(statement.value.not_resources, null)
      dynamic "condition" {
        for_each = try(flatten([statement.value.condition]), [])
        content {
          test     = condition.value.test
          variable = condition.value.variable
          values   = condition.value.values
        }
      }
    }
  }
}
resource "aws_iam_role_policy" "additional_inline" {
  count  = local.has_role && var.attach_policy_statements ? 1 : 0
  role   = aws_iam_role.lambda[0].name
  policy = data.aws_iam_policy_document.additional_inline.json
}
resource "aws_lambda_permission" "triggers" {
  for_each       = local.is_made ? var.allowed_triggers : {}
  function_name  = aws_lambda_function.this[0].function_name
  action         = try(each.value.action, "lambda:InvokeFunction")
  principal      = try(each.value.principal, format("%s.amazonaws.com", each.value.service))
  source_arn     = try(each.value.source_arn, format("%s/*/*/*", each.value.arn), null)
  source_account = try(each.value.source_account, null)
  principal_org_id       = try(each.value.principal_org_id, null)
  event_source_token     = try(each.value.event_source_token, null)
  function_url_auth_type = try(each.value.function_url_auth_type, null)
}
resource "aws_lambda_event_source_mapping" "this" {
  for_each         = local.is_made ? var.event_source_mapping : {}
  function_name    = aws_lambda_function.this[0].arn
  event_source_arn = try(each.value.event_source_arn, null)
  dynamic "destination_config" {
    for_each = try(each.value.destination_arn_on_failure, null) == null ? [] : [true]
    content {
      on_failure { destination_arn = each.value.destination_arn_on_failure }
    }
  }
}
resource "aws_lambda_function_event_invoke_config" "this" {
  count         = local.is_made && var.create_async_event_config ? 1 : 0
  function_name = aws_lambda_function.this[0].function_name
  dynamic "destination_config" {
    for_each = var.destination_on_failure == null ? [] : [true]
    content {
      on_failure { destination = var.destination_on_failure }
    }
  }
}
resource "aws_lambda_function_url" "this" {
  count              = local.is_made && var.create_lambda_function_url ? 1 : 0
  function_name      = aws_lambda_function.this[0].function_name
  authorization_type = var.authorization_type
  dynamic "cors" {
    for_each = length(keys(var.cors)) == 0 ? [] : [var.cors]
    content {
      allow_origins     = try(cors.value.allow_origins, null)
      allow_credentials = try(cors.value.allow_credentials, null)
    }
  }
}
output "lambda_function_arn" { value = try(aws_lambda_function.this[0].arn, null) }
output "lambda_function_arn_static" { value = try(aws_lambda_function.this[0].arn, null) }
output "lambda_function_name" { value = try(aws_lambda_function.this[0].function_name, null) }
output "lambda_function_invoke_arn" { value = try(aws_lambda_function.this[0].invoke_arn, null) }
output "lambda_function_qualified_arn" { value = try(aws_lambda_function.this[0].qualified_arn, null) }
output "lambda_function_qualified_invoke_arn" { value = try(aws_lambda_function.this[0].invoke_arn, null) }
output "lambda_function_version" { value = try(aws_lambda_function.this[0].version, null) }
output "lambda_function_url" { value = try(aws_lambda_function_url.this[0].function_url, null) }
output "lambda_role_arn" { value = try(aws_iam_role.lambda[0].arn, var.lambda_role) }
output "lambda_role_name" { value = try(aws_iam_role.lambda[0].name, null) }
output "lambda_layer_arn" { value = try(aws_lambda_layer_version.this[0].arn, null) }
output "lambda_cloudwatch_log_group_name" { value = try(aws_cloudwatch_log_group.lambda[0].name, null) }
output "lambda_cloudwatch_log_group_arn" { value = try(aws_cloudwatch_log_group.lambda[0].arn, null) }
`;
