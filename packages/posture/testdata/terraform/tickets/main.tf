locals {
  name    = "tickets-${var.environment}"
  is_prod = var.environment == "prod"
  tags = {
    Application = "tickets"
    Environment = var.environment
  }

  functions = {
    list = {
      route   = "GET /events"
      actions = ["dynamodb:Query"]
    }
    reserve = {
      route   = "POST /events/{event}/seats"
      actions = ["dynamodb:UpdateItem", "dynamodb:GetItem"]
      timeout = 20
    }
    # FAULT: all actions on the table.
    cancel = {
      route   = "DELETE /seats/{seat}"
      actions = ["dynamodb:*"]
    }
  }
}

resource "aws_dynamodb_table" "seats" {
  name         = "${local.name}-seats"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "event"
  range_key    = "seat"

  dynamic "attribute" {
    for_each = toset(["event", "seat", "holder"])
    content {
      name = attribute.value
      type = "S"
    }
  }

  global_secondary_index {
    name            = "holder"
    hash_key        = "holder"
    projection_type = "ALL"
  }

  point_in_time_recovery { enabled = local.is_prod }

  server_side_encryption {
    enabled     = true
    kms_key_arn = aws_kms_key.data.arn
  }
}

resource "aws_kms_key" "data" {
  description         = "Data of ${local.name}"
  enable_key_rotation = true
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Account"
        Effect    = "Allow"
        Principal = { AWS = "arn:${data.aws_partition.current.partition}:iam::${data.aws_caller_identity.current.account_id}:root" }
        Action    = "kms:*"
        Resource  = "*"
      },
    ]
  })
}

data "aws_caller_identity" "current" {}
data "aws_partition" "current" {}
data "aws_region" "current" {}

module "function" {
  source   = "./modules/lambda"
  for_each = local.functions

  name                  = "${local.name}-${each.key}"
  handler               = "${each.key}.handler"
  source_path           = "${path.root}/src"
  timeout               = lookup(each.value, "timeout", 10)
  reserved_concurrency  = try(var.reserved[each.key], -1)
  dead_letter_queue_arn = aws_sqs_queue.failed.arn

  environment_variables = merge(
    { TABLE = aws_dynamodb_table.seats.name, POWERTOOLS_SERVICE_NAME = each.key },
    local.is_prod ? { LOG_LEVEL = "WARN" } : { LOG_LEVEL = "DEBUG" },
  )

  policy_statements = {
    table = {
      effect  = "Allow"
      actions = each.value.actions
      resources = [
        aws_dynamodb_table.seats.arn,
        "${aws_dynamodb_table.seats.arn}/index/*",
      ]
    }
    key = {
      effect    = "Allow"
      actions   = ["kms:Decrypt", "kms:GenerateDataKey"]
      resources = [aws_kms_key.data.arn]
    }
  }
}

resource "aws_sqs_queue" "failed" {
  name                      = "${local.name}-failed"
  message_retention_seconds = 1209600
  kms_master_key_id         = aws_kms_key.data.id
}

resource "aws_apigatewayv2_api" "this" {
  name          = local.name
  protocol_type = "HTTP"

  cors_configuration {
    allow_origins = ["https://tickets.example"]
    allow_methods = ["GET", "POST", "DELETE"]
    allow_headers = ["authorization", "content-type"]
    max_age       = 300
  }
}

resource "aws_apigatewayv2_authorizer" "users" {
  api_id           = aws_apigatewayv2_api.this.id
  name             = "users"
  authorizer_type  = "JWT"
  identity_sources = ["$request.header.Authorization"]

  jwt_configuration {
    audience = ["tickets"]
    issuer   = "https://login.tickets.example/"
  }
}

resource "aws_apigatewayv2_integration" "this" {
  for_each = module.function

  api_id                 = aws_apigatewayv2_api.this.id
  integration_type       = "AWS_PROXY"
  integration_uri        = each.value.invoke_arn
  payload_format_version = "2.0"
}

resource "aws_apigatewayv2_route" "this" {
  for_each = local.functions

  api_id             = aws_apigatewayv2_api.this.id
  route_key          = each.value.route
  target             = "integrations/${aws_apigatewayv2_integration.this[each.key].id}"
  authorization_type = "JWT"
  authorizer_id      = aws_apigatewayv2_authorizer.users.id
}

resource "aws_apigatewayv2_stage" "default" {
  api_id      = aws_apigatewayv2_api.this.id
  name        = "$default"
  auto_deploy = true

  access_log_settings {
    destination_arn = aws_cloudwatch_log_group.api.arn
    format = jsonencode({
      requestId = "$context.requestId"
      ip        = "$context.identity.sourceIp"
      status    = "$context.status"
    })
  }

  default_route_settings {
    throttling_burst_limit = 100
    throttling_rate_limit  = 50
  }
}

resource "aws_cloudwatch_log_group" "api" {
  name              = "/aws/apigateway/${local.name}"
  retention_in_days = 90
}

resource "aws_lambda_permission" "api" {
  for_each = module.function

  statement_id  = "api"
  action        = "lambda:InvokeFunction"
  function_name = each.value.function_name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${aws_apigatewayv2_api.this.execution_arn}/*/*"
}

resource "aws_sns_topic" "alarms" {
  name              = "${local.name}-alarms"
  kms_master_key_id = "alias/aws/sns"
}

resource "aws_sns_topic_subscription" "alarms" {
  count = length(var.alarm_emails)

  topic_arn = aws_sns_topic.alarms.arn
  protocol  = "email"
  endpoint  = var.alarm_emails[count.index]
}

resource "aws_cloudwatch_metric_alarm" "errors" {
  for_each = module.function

  alarm_name          = "${each.value.function_name}-errors"
  comparison_operator = "GreaterThanThreshold"
  evaluation_periods  = 1
  metric_name         = "Errors"
  namespace           = "AWS/Lambda"
  period              = 60
  statistic           = "Sum"
  threshold           = 0
  alarm_actions       = [aws_sns_topic.alarms.arn]
  dimensions          = { FunctionName = each.value.function_name }
}

# Moved when the module came.
moved {
  from = aws_lambda_function.reserve
  to   = module.function["reserve"].aws_lambda_function.this[0]
}

output "endpoint" {
  description = "Where the API is."
  value       = aws_apigatewayv2_api.this.api_endpoint
}
