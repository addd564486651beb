locals {
  create      = var.create
  create_role = local.create && var.role_arn == null
  role_arn    = local.create_role ? aws_iam_role.this[0].arn : var.role_arn
  log_group   = "/aws/lambda/${var.name}"
}

data "archive_file" "this" {
  count = local.create ? 1 : 0

  type        = "zip"
  source_dir  = var.source_path
  output_path = "${path.module}/builds/${var.name}.zip"
}

resource "aws_lambda_function" "this" {
  count = local.create ? 1 : 0

  function_name                  = var.name
  role                           = local.role_arn
  handler                        = var.handler
  runtime                        = var.runtime
  architectures                  = var.architectures
  timeout                        = var.timeout
  memory_size                    = var.memory_size
  reserved_concurrent_executions = var.reserved_concurrency
  filename                       = data.archive_file.this[0].output_path
  source_code_hash               = data.archive_file.this[0].output_base64sha256
  layers                         = compact(var.layers)
  code_signing_config_arn        = var.code_signing_config_arn

  dynamic "environment" {
    for_each = length(keys(var.environment_variables)) == 0 ? [] : [true]
    content {
      variables = var.environment_variables
    }
  }

  dynamic "dead_letter_config" {
    for_each = var.dead_letter_queue_arn == null ? [] : [var.dead_letter_queue_arn]
    content {
      target_arn = dead_letter_config.value
    }
  }

  dynamic "tracing_config" {
    for_each = var.tracing_mode == null ? [] : [true]
    content {
      mode = var.tracing_mode
    }
  }

  dynamic "vpc_config" {
    for_each = var.subnet_ids != null && var.security_group_ids != null ? [true] : []
    content {
      subnet_ids         = var.subnet_ids
      security_group_ids = var.security_group_ids
    }
  }

  depends_on = [aws_cloudwatch_log_group.this]

  lifecycle {
    ignore_changes = [last_modified]
  }
}

resource "aws_cloudwatch_log_group" "this" {
  count = local.create ? 1 : 0

  name              = local.log_group
  retention_in_days = var.log_retention
  kms_key_id        = var.log_key
}

data "aws_iam_policy_document" "assume_role" {
  count = local.create_role ? 1 : 0

  statement {
    effect  = "Allow"
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = distinct(concat(["lambda.amazonaws.com"], var.trusted_services))
    }
  }
}

resource "aws_iam_role" "this" {
  count = local.create_role ? 1 : 0

  name               = coalesce(var.role_name, var.name)
  assume_role_policy = data.aws_iam_policy_document.assume_role[0].json
}

data "aws_iam_policy_document" "logs" {
  count = local.create_role ? 1 : 0

  statement {
    effect  = "Allow"
    actions = compact(["logs:CreateLogStream", "logs:PutLogEvents"])
    resources = flatten([
      for _ in ["%v:*", "%v:*:*"] : format(_, aws_cloudwatch_log_group.this[0].arn)
    ])
  }
}

data "aws_iam_policy_document" "own" {
  count = local.create_role && length(var.policy_statements) > 0 ? 1 : 0

  dynamic "statement" {
    for_each = var.policy_statements

    content {
      sid       = try(statement.value.sid, replace(statement.key, "/[^0-9A-Za-z]*/", ""))
      effect    = try(statement.value.effect, null)
      actions   = try(statement.value.actions, null)
      resources = try(statement.value.resources, null)

      dynamic "condition" {
        for_each = try(statement.value.condition, [])
        content {
          test     = condition.value.test
          variable = condition.value.variable
          values   = condition.value.values
        }
      }
    }
  }
}

data "aws_iam_policy_document" "dead_letter" {
  count = local.create_role && var.dead_letter_queue_arn != null ? 1 : 0

  statement {
    actions   = ["sqs:SendMessage"]
    resources = [var.dead_letter_queue_arn]
  }
}

resource "aws_iam_policy" "logs" {
  count = local.create_role ? 1 : 0

  name   = "${var.name}-logs"
  policy = data.aws_iam_policy_document.logs[0].json
}

resource "aws_iam_role_policy_attachment" "logs" {
  count = local.create_role ? 1 : 0

  role       = aws_iam_role.this[0].name
  policy_arn = aws_iam_policy.logs[0].arn
}

resource "aws_iam_role_policy" "own" {
  count = local.create_role && length(var.policy_statements) > 0 ? 1 : 0

  name   = "own"
  role   = one(aws_iam_role.this[*].name)
  policy = data.aws_iam_policy_document.own[0].json
}

resource "aws_iam_role_policy" "dead_letter" {
  count = local.create_role && var.dead_letter_queue_arn != null ? 1 : 0

  name   = "dead-letter"
  role   = aws_iam_role.this[0].name
  policy = data.aws_iam_policy_document.dead_letter[0].json
}

resource "aws_iam_role_policy_attachment" "tracing" {
  count = local.create_role && var.tracing_mode == "Active" ? 1 : 0

  role       = aws_iam_role.this[0].name
  policy_arn = "arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess"
}

resource "aws_iam_role_policy_attachment" "more" {
  for_each = local.create_role ? toset(var.policies) : toset([])

  role       = aws_iam_role.this[0].name
  policy_arn = each.value
}
